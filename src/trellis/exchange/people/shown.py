"""The plan of an import in words, for its page and for the command line."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.exchange.people.deciding import Tally
from trellis.exchange.people.fates import Fate
from trellis.exchange.people.places import Spelling
from trellis.exchange.people.plan import Plan
from trellis.exchange.people.reading import Reading


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
