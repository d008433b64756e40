"""The plan of an import in words, for its page and for the command line."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.exchange.models import PeopleImport
from trellis.exchange.people.actions import print_of
from trellis.exchange.people.columns import BY_KEY
from trellis.exchange.people.deciding import Tally
from trellis.exchange.people.fates import Fate
from trellis.exchange.people.places import Spelling
from trellis.exchange.people.plan import Plan
from trellis.exchange.people.reading import Reading
from trellis.exchange.people.refused import refused_words

# From so many on, a page asks twice whether people have really left.
MANY = 20


def done_words(tally: Tally) -> str:
    """Return what was stored: "Stored: 3 new, 1 moved."."""
    return _("Stored: %(what)s.") % {"what": counted(tally)}


def counted(tally: Tally) -> str:
    """Return what is done, in numbers: "3 new, 1 changed, 2 moved, 1 left"."""
    new, changed, moved, left = (
        tally.of(Fate.NEW) + tally.of(Fate.BACK),
        *map(tally.of, (Fate.CHANGED, Fate.MOVED)),
        tally.leaving,
    )
    said = (
        (new, _("%(n)s new")), (changed, _("%(n)s changed")), (moved, _("%(n)s moved")), (left, _("%(n)s left")),
    )  # fmt: skip
    return ", ".join(words % {"n": f"{count:,}"} for count, words in said if count) or _("nothing new")


def shown_import(found: PeopleImport) -> dict[str, Any]:
    """Return what the page of an import shows, by name; all of it was worked out before, so that it costs nothing."""
    counts, read = found.counts, found.read
    new = counts.get("new", 0) + counts.get("back", 0)
    leaving, same = counts.get("left", 0) + counts.get("missing", 0), counts.get("same", 0) + counts.get("repeated", 0)
    refused, asked = counts.get("refused", 0), counts.get("asked", 0)
    return {
        "tallies": (
            ("new", _("New"), new),
            ("changed", _("Changed"), counts.get("changed", 0)),
            ("moved", _("Moved"), counts.get("moved", 0)),
            ("left", _("Left"), leaving),
            ("same", _("As they are"), same),
            ("refused", _("Left out"), refused + asked),
        ),
        "asked": asked,
        "left_out": refused + asked + counts.get("without_email", 0),
        "first": [refused_words(row, read.get("columns", {})) for row in read.get("first", ())],
        "without_email": counts.get("without_email", 0),
        "leaves_many": leaving > MANY and leaving > (same + counts.get("changed", 0) + counts.get("moved", 0)) // 4,
        "leaving": leaving,
        "does_something": bool(new + leaving + counts.get("changed", 0) + counts.get("moved", 0)),
        "spellings": len(read.get("spellings", ())),
        "means": [(BY_KEY[key].label, heading) for key, heading in read.get("columns", {}).items() if key in BY_KEY],
        "print": print_of(counts),
    }


def place_words(spelling: Spelling) -> str:
    """Return a place as its list writes it: "Lincoln Elem., Riverside"."""
    return ", ".join(part for part in (spelling.worksite, spelling.local) if part)


def plan_lines(plan: Plan, reading: Reading) -> Iterator[str]:
    """Yield the plan as lines of text; no names of people are in it."""
    yield from reading.notes
    for spelling in plan.spellings:
        may = ", ".join(f"{unit.name} ({score})" for unit, score in spelling.likely[:3])
        rows = ngettext("%(n)s row", "%(n)s rows", spelling.rows) % {"n": f"{spelling.rows:,}"}
        perhaps = _("perhaps %(names)s") % {"names": may} if may else _("like no unit")
        yield f"? {place_words(spelling)}: {rows}; {perhaps}"
    for state in plan.open.states:
        yield _("? Status “%(state)s”: nobody has said whether this means a member") % {"state": state}
    yield _("%(rows)s rows: %(what)s; as they are: %(same)s; left out: %(out)s") % {
        "rows": f"{reading.rows:,}",
        "what": counted(plan.tally),
        "same": f"{plan.tally.of(Fate.SAME) + plan.tally.of(Fate.REPEATED):,}",
        "out": f"{plan.tally.left_out:,}",
    }
