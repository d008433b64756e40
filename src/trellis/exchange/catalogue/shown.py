"""The plan of an import, in words for its page and for the command line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.exchange.catalogue.actions import Done
from trellis.exchange.catalogue.columns import BY_KEY
from trellis.exchange.catalogue.plan import Change, Fate, OfferingStep, Plan, SessionStep
from trellis.exchange.tables.place import Place
from trellis.learning.actions import SessionContent
from trellis.learning.when import there
from trellis.learning.zones import zone_name

# A plan of thousands of lines is read in its sums and its first lines; what is refused is there as a file, whole.
MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A step in words: what it is about, where it comes from, what changes (each with the column's name)."""

    title: str
    when: str
    place: Place
    changes: tuple[tuple[str, Change], ...]


def shown_plan(plan: Plan) -> dict[str, Any]:
    """Return what the page of a plan shows, by name."""
    lines = {fate: list(lines_of(plan, fate)) for fate in Fate}
    return {
        "tallies": [(fate.value, *plan.count(fate)) for fate in Fate],
        "new": lines[Fate.NEW][:MOST_LINES],
        "changed": lines[Fate.CHANGED][:MOST_LINES],
        "same": lines[Fate.SAME][:MOST_LINES],
        "refused": plan.refusals[:MOST_LINES],
        "more": {
            "new": max(0, len(lines[Fate.NEW]) - MOST_LINES),
            "changed": max(0, len(lines[Fate.CHANGED]) - MOST_LINES),
            "same": max(0, len(lines[Fate.SAME]) - MOST_LINES),
            "refused": max(0, len(plan.refusals) - MOST_LINES),
        },
        "run_words": run_words(plan),
        "open_columns": any(sheet.names_nothing or sheet.header.twins for sheet in plan.sheets.sheets),
    }


def lines_of(plan: Plan, fate: Fate) -> Iterator[Line]:
    """Yield the lines of one fate, each offering before its sessions."""
    sessions: dict[int, list[SessionStep]] = {}
    for step in plan.sessions:
        if step.fate is fate:
            sessions.setdefault(id(step.offering), []).append(step)
    for offering in plan.offerings:
        if offering.fate is fate:
            yield _line(offering.content.title, "", offering)
        for session in sessions.get(id(offering), ()):
            yield _line(offering.content.title, _when(session.content), session)


def _line(title: str, when: str, step: OfferingStep | SessionStep) -> Line:
    return Line(title, when, step.place, tuple((str(BY_KEY[change.key].label), change) for change in step.changes))


def _when(session: SessionContent) -> str:
    begins = there(session.starts_at, session.zone)
    return f"{date_format(begins, 'DATETIME_FORMAT')}, {zone_name(session.zone)}"


def run_words(plan: Plan) -> str:
    """Return what running a plan would do, in one line."""
    new, changed = plan.count(Fate.NEW), plan.count(Fate.CHANGED)
    return _joined([*_counted(_NEW, new), *_counted(_CHANGED, changed)])


def done_words(done: Done) -> str:
    """Return what was done, in one line."""
    new, changed = (done.new_offerings, done.new_sessions), (done.changed_offerings, done.changed_sessions)
    parts = [*_counted(_NEW, new), *_counted(_CHANGED, changed)]
    return _("Stored: %(parts)s.") % {"parts": _joined(parts)} if parts else _("Nothing had to change.")


def _joined(parts: Sequence[str]) -> str:
    return ", ".join(parts)


_NEW, _CHANGED = "new", "changed"


def _counted(kind: str, counts: tuple[int, int]) -> list[str]:
    offerings, sessions = counts
    if kind == _NEW:
        words = (
            ngettext("%(n)d new offering", "%(n)d new offerings", offerings) % {"n": offerings},
            ngettext("%(n)d new session", "%(n)d new sessions", sessions) % {"n": sessions},
        )
    else:
        words = (
            ngettext("%(n)d changed offering", "%(n)d changed offerings", offerings) % {"n": offerings},
            ngettext("%(n)d changed session", "%(n)d changed sessions", sessions) % {"n": sessions},
        )
    return [word for word, count in zip(words, counts, strict=True) if count]
