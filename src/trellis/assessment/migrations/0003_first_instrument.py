"""The first instrument was stored before instruments said what they ask and how they are laid out."""

from django.db import migrations

ADDED = {
    "about_whom": "self",
    "asks": "theme",
    "layout": "ladder",
    "scale": {
        "kind": "half-steps",
        "not_yet": "Not yet",
        "begun": "Partly: I have begun the next step",
        "cannot_say": "No chance to do this",
    },
    "es": {
        "Short self-assessment": "Autoevaluación corta",
        "One answer for each theme, about 10 minutes in all.": "Una respuesta por tema, unos 10 minutos en total.",
        "Which is the highest step you have really done in the last 12 months?": (
            "¿Cuál es el peldaño más alto que realmente has subido en los últimos 12 meses?"
        ),
        "Not yet": "Todavía no",
        "Partly: I have begun the next step": "En parte: ya empecé el peldaño siguiente",
        "No chance to do this": "No he tenido ocasión de hacerlo",
    },
}


def forward(apps, editor):
    instruments = apps.get_model("assessment", "Instrument").objects
    for instrument in instruments.filter(code="short-self", version=1):
        if "asks" not in instrument.definition:
            kept = {key: value for key, value in instrument.definition.items() if key != "unit_of_question"}
            instrument.definition = kept | ADDED
            instrument.save(update_fields=["definition"])


class Migration(migrations.Migration):
    dependencies = [("assessment", "0002_engine")]
    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
