"""The database itself refuses to change or remove an audit row."""

from django.db import migrations

from trellis.core import frozen

TABLE = "core_auditentry"


def forward(apps, editor):
    for event in ("update", "delete"):
        frozen.refuse(editor, table=TABLE, event=event, when="1 = 1", message="the audit trail is append-only")


def backward(apps, editor):
    for event in ("update", "delete"):
        frozen.lift(editor, table=TABLE, event=event)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
