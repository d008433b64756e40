"""Everything that is held about a person, as JSON for another program and as a PDF for reading."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trellis.core import clock, pdf
from trellis.core.registry import erasures
from trellis.exchange.own_data.gathering import Holding, Row, everything_about, withheld
from trellis.people.models import Person
from trellis.people.queries import association_name

_TEMPLATE = Path(__file__).parent / "data" / "own_data.typ"
# More than anybody reads on paper; the other file has them all.
_ON_PAPER = 100
_FOR_PROGRAMS = frozenset({"uid", "document", "edition"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00")


def as_json(person: Person) -> bytes:
    """Return it as JSON: by kind the rows with their fields, what is not given and why, what stays after erasure."""
    content = {
        "what": "Everything that Trellis holds about one person",
        "made_at": clock.now().isoformat(),
        "held": [
            {"what": holding.label, "model": holding.model, "rows": [_row(row) for row in holding.rows]}
            for holding in everything_about(person)
        ],
        "not_given": [{"what": what, "why": why} for what, why in withheld()],
        "stays_after_erasure": stays(),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def as_pdf(person: Person) -> bytes:
    """Return it as a tagged PDF, without the numbers that only programs need."""
    return pdf.render(
        _TEMPLATE,
        {
            "lang": (get_language() or "en")[:2],
            "title": _("What Trellis holds about %(name)s") % {"name": person.name},
            "name": person.name,
            "made": date_format(clock.today(), "DATE_FORMAT"),
            "association": association_name(),
            "kinds": [_kind(holding) for holding in everything_about(person)],
            "withheld": [list(one) for one in withheld()],
            "stays": stays(),
            "words": {
                "withheld": _("What is not in here, and why"),
                "stays": _("What stays when you have yourself erased, and why"),
                "how": _(
                    "This is for reading. The other file, for programs, holds the same and more: every row, and the"
                    " numbers of each. Files that you uploaded are on the page of your evidence."
                ),
            },
        },
    )


def stays() -> list[str]:
    """Return what stays of a person after erasure, and why, in whole sentences."""
    return [str(entry.keeps) for entry in erasures if entry.keeps]


def _row(row: Row) -> dict[str, Any]:
    parts = {name: [_row(each) for each in rows] for name, rows in row.parts.items()}
    return {**row.values, **({"parts": parts} if parts else {})}


def _kind(holding: Holding) -> dict[str, Any]:
    rows = [list(_lines(row, holding.labels)) for row in holding.rows[:_ON_PAPER]]
    left = len(holding.rows) - len(rows)
    more = _("And %(count)d more, in the file for programs.") % {"count": left} if left else ""
    return {"label": holding.label, "rows": rows, "more": more}


def _lines(row: Row, labels: Mapping[str, str], depth: int = 0) -> Iterator[list[Any]]:
    """Yield what a row says: how far in, the field, what it holds. What hangs on it is one line each."""
    said = [
        (labels.get(name, _label(name)), _text(value)) for name, value in row.values.items() if _is_read(name, value)
    ]
    if depth:
        yield [depth, "", " · ".join(f"{label}: {text}" for label, text in said)]
    else:
        yield from ([0, f"{label}: ", text] for label, text in said)
    for rows in row.parts.values():
        for each in rows:
            yield from _lines(each, {}, depth + 1)


def _is_read(name: str, value: Any) -> bool:
    """Whether it says something to a reader: not what is empty, and not the numbers of programs."""
    return name not in _FOR_PROGRAMS and not name.endswith("_uid") and value not in (None, "", [], {}, False)


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_text(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return date_format(timezone.localtime(dt.datetime.fromisoformat(value)), "SHORT_DATETIME_FORMAT")
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date_format(dt.date.fromisoformat(value), "DATE_FORMAT")
    return str(value)
