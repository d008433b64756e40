"""The transcript as a PDF, for reading: what counts is the signed one beside it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trellis.core import clock, pdf
from trellis.exchange.badges.held import Held
from trellis.people.models import Person
from trellis.people.queries import association_name

_TEMPLATE = Path(__file__).parent / "data" / "transcript.typ"


def transcript_paper(person: Person, held: Sequence[Held]) -> bytes:
    """Return the badges that a person holds as a tagged PDF, by domain, in the reader's language."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for badge in held:
        groups.setdefault(badge.domain, []).append(_row(badge))
    association = association_name()
    return pdf.render(
        _TEMPLATE,
        {
            "lang": (get_language() or "en")[:2],
            "title": _("Leadership transcript"),
            "name": person.name,
            "made": date_format(clock.today(), "DATE_FORMAT"),
            "association": association,
            "groups": [{"name": name, "badges": rows} for name, rows in groups.items()],
            "words": {
                "heads": [_("Badge"), _("Level"), _("Earned"), _("Holds until")],
                "how": _(
                    "Each badge stands on evidence that a coach has read, or on a program that was completed. This page"
                    " is for reading. To check a badge, ask its holder for the file, and bring it to the site of the"
                    " association."
                ),
            },
        },
    )


def _row(badge: Held) -> dict[str, Any]:
    credential = badge.credential
    return {
        "title": badge.title,
        "rung": badge.rung,
        "level": credential.level or 0,
        "rungs": badge.rungs,
        "earned": date_format(credential.earned_on, "DATE_FORMAT"),
        "until": date_format(credential.valid_until, "DATE_FORMAT") if credential.valid_until else "–",
    }
