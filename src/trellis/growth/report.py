"""A standing as PDF: the same content as the page, for paper and for a mentor's desk."""

from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trellis.core import pdf
from trellis.framework.tree import EditionTree
from trellis.growth.standing import Standing, ThemeStanding
from trellis.growth.what_next import WhatNext
from trellis.measure.ladder import in_halves
from trellis.people.models import Person
from trellis.people.queries import Place

_TEMPLATE = Path(__file__).parent / "data" / "standing.typ"


def standing_report(person: Person, place: Place, context: dict[str, Any]) -> bytes:
    """Return the person's standing as a tagged PDF; `context` is what the standing page shows."""
    standing: Standing = context["standing"]
    tree: EditionTree = context["tree"]
    following: WhatNext | None = context["next"]
    return pdf.render(
        _TEMPLATE,
        {
            "lang": (get_language() or "en")[:2],
            "title": _("Where I stand: %(name)s") % {"name": person.name},
            "name": person.name,
            "place": str(place),
            "as_of": date_format(standing.as_of, "DATE_FORMAT") if standing.as_of else "",
            "framework": f"{tree.framework_name}, {tree.name}",
            "levels": [f"{level.number} {level.name}" for level in tree.levels],
            "top": tree.top,
            "next": next_words(following) if following else None,
            "domains": [
                {
                    "name": domain.domain.name,
                    "count": _("%(count)d of %(all)d at level 2 or above")
                    % {"count": domain.mobilizing, "all": len(domain.themes)},
                    "themes": [_theme(theme) for theme in domain.themes],
                }
                for domain in standing.domains
            ],
            "words": {
                "next": _("One thing to do this month"),
                "theme": _("Theme"),
                "level": _("Level"),
                "bar": _("Probably"),
                "how": _(
                    "Levels stand on the person's own answers. The range is where they would probably land if they"
                    " answered again; it is provisional. There is no overall score, and nobody is ranked."
                ),
            },
        },
    )


def next_words(following: WhatNext) -> dict[str, str]:
    """Say what comes next as the pages do: for which theme (none for taking stock), and what."""
    if following.step is not None:
        return {"theme": following.step.goal.theme_name, "do": following.step.text}
    if following.gap is not None and following.activity is not None:
        return {"theme": following.gap.standing.theme.short, "do": following.activity.text}
    return {"theme": _("Take stock"), "do": _("What did you do, what got in the way, and what comes next?")}


def _theme(theme: ThemeStanding) -> dict[str, Any]:
    if not theme.is_known:
        said = _("no chance yet") if theme.no_chance else _("not answered")
        return {"name": theme.theme.short, "half_steps": 0, "said": said, "range": "–"}
    return {
        "name": theme.theme.short,
        "half_steps": theme.half_steps,
        "said": in_halves(theme.levels),
        "range": f"{in_halves(theme.low)} – {in_halves(theme.high)}",
    }
