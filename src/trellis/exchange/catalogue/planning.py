"""Plans an import: what each row of a file would do to the offerings and sessions of a unit, without doing it."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from trellis.exchange.catalogue.contents import (
    FieldError,
    cancelling,
    offering_changes,
    offering_content,
    session_changes,
    session_content,
)
from trellis.exchange.catalogue.grouping import Group, Grouping
from trellis.exchange.catalogue.known import KnownOfferings, KnownSessions
from trellis.exchange.catalogue.moments import DateOrder, is_ambiguous, order_of
from trellis.exchange.catalogue.plan import Change, Fate, OfferingStep, Plan, SessionStep
from trellis.exchange.catalogue.said import Reading, Said, date_cells, read_row
from trellis.exchange.catalogue.sheets import Refusal, Sheets
from trellis.exchange.tables.mapping import Record, plain
from trellis.exchange.tables.place import Place, TableError
from trellis.framework.tree import EditionTree
from trellis.learning.models import Offering, OfferingStatus, Session, SessionStatus
from trellis.people.models import Unit


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person has said beside the file: the zone of times that name none, what comes first in dates, whether new
    offerings go into the catalogue at once, and by token which offering one of a likely name is (its uid, or "new").
    """

    zone: str
    order: DateOrder | None = None
    lists_new: bool = False
    same: Mapping[str, str] = field(default_factory=dict)


def plan_import(sheets: Sheets, *, unit: Unit, tree: EditionTree, answers: Answers) -> Plan:
    """Return the plan of a file for a unit. Rows that cannot be are refused, each by itself; half a dozen queries.

    Where nobody has said yet what comes first in its dates, the plan shows them with the month first, and asks. Raises
    TableError when some dates have the month first and others the day.
    """
    records = tuple(sheets.records)
    order, ambiguous = _order(sheets.file, records, answers.order)
    refusals = list(sheets.refusals)
    said = []
    for record in records:
        with _refusing(record, refusals):
            said.append(read_row(record, Reading(tree, answers.zone, order)))
    known = KnownOfferings(unit, [row.offering["uid"] for row in said if "uid" in row.offering])
    sessions = KnownSessions(unit)
    grouping, grouped = Grouping(known, sessions, answers.same), list[tuple[Said, Group]]()
    for row in said:
        with _refusing(row.record, refusals):
            grouped.append((row, grouping.add(row)))
    steps: dict[int, OfferingStep] = {}
    planner = _Planner(known, sessions, tree, answers)
    session_steps = []
    for row, group in grouped:
        with _refusing(row.record, refusals):
            step = (
                steps[id(group)]
                if id(group) in steps
                else planner.offering(group, [r for r, g in grouped if g is group])
            )
            steps[id(group)] = step
            if row.session:
                session_steps.append(planner.session(row, step))
    order_of_sheets = [sheet.header.sheet for sheet in sheets.sheets]
    refusals.sort(key=lambda refusal: (order_of_sheets.index(refusal.place.sheet), refusal.record.row.number))
    return Plan(
        sheets,
        unit,
        tuple(steps.values()),
        tuple(session_steps),
        tuple(refusals),
        tuple(grouping.likenesses),
        ambiguous,
    )


@contextmanager
def _refusing(record: Record, refusals: list[Refusal]) -> Iterator[None]:
    try:
        yield
    except TableError as error:
        refusals.append(Refusal(record, error.place, error.reason))


def _order(
    file: str, records: Sequence[Record], answered: DateOrder | None
) -> tuple[DateOrder | None, tuple[Place, ...]]:
    """Return what comes first in the dates of a file, and the first cell of each column where only a person can say."""
    cells = [(record, key, text) for record in records for key, text in date_cells(record)]
    try:
        found = order_of(text for _record, _key, text in cells)
    except ValueError as error:
        raise TableError(str(error), Place(file)) from error
    if found is not None or answered is not None:
        return found or answered, ()
    asked: dict[tuple[str, str], Place] = {}
    for record, key, text in cells:
        if is_ambiguous(text):
            asked.setdefault((record.header.sheet, key), record.place(key))
    return DateOrder.MONTH_FIRST, tuple(asked.values())


class _Planner:
    """Turns groups and rows into steps, and remembers which sessions it has met."""

    def __init__(self, known: KnownOfferings, sessions: KnownSessions, tree: EditionTree, answers: Answers) -> None:
        self.known = known
        self.sessions = sessions
        self.tree = tree
        self.answers = answers
        self.met: dict[Hashable, Place] = {}

    def offering(self, group: Group, rows: Sequence[Said]) -> OfferingStep:
        """Return the step of an offering; raises TableError with the column that keeps it from being."""
        values = dict(group.values)
        if group.known is not None and not {"uid", "key"} & values.keys() and _names_it(group.known, values):
            del values["title"]  # it says which one is meant, and not how its title is to be written from now on
        if group.known is None and "minutes" not in values:
            values |= _length_of_sessions(rows)
        try:
            content = offering_content(group.known, values, self.tree)
            status = self._status(group, values)
        except FieldError as error:
            key, reason = error.args
            raise group.sources.get(key, group.first).refuse(key, reason) from error
        place = group.first.record.place()
        if group.known is None:
            return OfferingStep(place, Fate.NEW, content, status)
        changes = offering_changes(group.known, content, status)
        if changes and not self.known.may_change(group.known):
            reason = _("this offering belongs to %(unit)s, so only its sessions can be planned here.")
            source = group.sources.get(changes[0].key, group.first)
            raise source.refuse(changes[0].key, reason % {"unit": group.known.unit.name})
        fate = Fate.CHANGED if changes else Fate.SAME
        return OfferingStep(place, fate, content, status, group.known, changes)

    def _status(self, group: Group, values: Mapping[str, Any]) -> str:
        said = values.get("status")
        if group.known is None:
            if said == OfferingStatus.RETIRED:
                raise FieldError("status", _("a new offering is a draft, or in the catalog."))
            return said or (OfferingStatus.LISTED if self.answers.lists_new else OfferingStatus.DRAFT)
        now = group.known.status
        if said == OfferingStatus.DRAFT and now != said:
            raise FieldError("status", _("what was in the catalog cannot be a draft again; it can be taken out."))
        if said == OfferingStatus.RETIRED and now == OfferingStatus.DRAFT:
            raise FieldError("status", _("a draft was never in the catalog, so it cannot be taken out."))
        return said or now

    def session(self, row: Said, offering: OfferingStep) -> SessionStep:
        """Return the step of a session; raises TableError with the column that keeps it from being."""
        known = self._known(row, offering)
        self._meet(row, known, offering)
        try:
            content = session_content(known, row.session, minutes=offering.content.minutes, zone=self.answers.zone)
            cancels = self._cancels(row, known)
            changes = cancelling() if cancels else session_changes(known, content) if known else ()
            _check_against(known, changes, content.seats)
        except FieldError as error:
            key, reason = error.args
            raise row.refuse(key, reason) from error
        fate = Fate.NEW if known is None else Fate.CHANGED if changes else Fate.SAME
        return SessionStep(row.record.place(), fate, offering, content, cancels, known, changes)

    def _known(self, row: Said, offering: OfferingStep) -> Session | None:
        uid, key, starts_at = (row.session.get(name) for name in ("session_uid", "session_key", "starts_at"))
        found = self.sessions.named(row.session)
        if uid is not None and found is None:
            raise row.refuse("session_uid", _("there is no session of this ID; leave it empty for a new one."))
        if found is None and uid is None and offering.known is not None and starts_at is not None:
            at_that_time = self.sessions.by_start.get((offering.known.pk, starts_at))
            found = at_that_time if at_that_time and (key is None or not at_that_time.key) else None
        if found is not None and (offering.known is None or found.offering_id != offering.known.pk):
            raise row.refuse("session_uid" if uid else "session_key", _("this session belongs to another offering."))
        return found

    def _meet(self, row: Said, known: Session | None, offering: OfferingStep) -> None:
        met: Hashable = (
            known.pk if known else (id(offering), row.session.get("session_key"), row.session.get("starts_at"))
        )
        earlier = self.met.setdefault(met, row.record.place())
        if earlier != row.record.place():
            raise row.refuse("starts", _("the same session stands in %(place)s already.") % {"place": earlier.cell})

    def _cancels(self, row: Said, known: Session | None) -> bool:
        said = row.session.get("session_status")
        if known is None:
            if said == SessionStatus.CANCELLED:
                raise FieldError("session_status", _("a session that is not here yet need not be cancelled."))
            return False
        if known.is_cancelled and said == SessionStatus.PLANNED:
            raise FieldError("session_status", _("this session is cancelled for good; plan a new one."))
        cancels = said == SessionStatus.CANCELLED and not known.is_cancelled
        if cancels and known.has_begun:
            raise FieldError("session_status", _("this session has begun, so it cannot be cancelled any more."))
        return cancels


def _names_it(known: Offering, values: Mapping[str, Any]) -> bool:
    return plain(values.get("title", "")) == plain(known.title)


def _length_of_sessions(rows: Sequence[Said]) -> dict[str, int]:
    """Return how long a new offering takes when only its sessions say it, and all say the same."""
    said = [row.session for row in rows if {"starts_at", "ends_at"} <= row.session.keys()]
    lengths = {round((each["ends_at"] - each["starts_at"]).total_seconds() / 60) for each in said}
    return {"minutes": lengths.pop()} if len(lengths) == 1 else {}


def _check_against(known: Session | None, changes: Sequence[Change], seats: int | None) -> None:
    if known is None or not changes:
        return
    if known.is_cancelled:
        raise FieldError(changes[0].key, _("this session is cancelled, so it cannot change any more."))
    taken: int = known.taken  # type: ignore[attr-defined]  # counted by KnownSessions
    if seats is not None and seats < taken:
        raise FieldError("seats", _("%(taken)d people have a seat already.") % {"taken": taken})
