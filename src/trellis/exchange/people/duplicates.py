"""Rows that may be somebody who is here already, side by side with them, for a person to say."""

from dataclasses import dataclass

from django.db.models import Prefetch

from trellis.core import clock
from trellis.exchange.models import PeopleImport
from trellis.exchange.people.fates import Fate
from trellis.exchange.people.plan import stage_of
from trellis.people.models import Membership, Person

MOST = 40
_ASKED = f"""
SELECT d.line, r.given, r.family, r.number, r.email, w.text, w.more
FROM $decided d JOIN $rows r ON r.line = d.line JOIN $words w ON w.id = r.place
WHERE d.fate = {Fate.ASKED} ORDER BY d.line LIMIT {MOST}
"""  # noqa: S608
_LIKELY = f"""
SELECT l.line, l.person FROM $likely l WHERE l.line IN (
  SELECT d.line FROM $decided d WHERE d.fate = {Fate.ASKED} ORDER BY d.line LIMIT {MOST})
ORDER BY l.line, l.score DESC, l.person
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who is here: their key, name, member ID, and units of today."""

    key: int
    name: str
    number: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row of the list, and who it may be."""

    line: int
    name: str
    number: str
    email: str
    place: str
    candidates: tuple[Candidate, ...]


def doubts(found: PeopleImport) -> list[Doubt]:
    """Return the first rows that are asked about; four queries."""
    with stage_of(found).open() as tables:
        rows = list(tables.ask(_ASKED))
        likely: dict[int, list[int]] = {}
        for line, person in tables.ask(_LIKELY):
            likely.setdefault(line, []).append(person)
    today = Membership.objects.active(clock.today()).select_related("unit").order_by("pk")
    persons = Person.objects.prefetch_related(Prefetch("memberships", today, to_attr="present")).in_bulk(
        {person for several in likely.values() for person in several}
    )
    return [
        Doubt(
            line, f"{given} {family}".strip(), number, email, ", ".join(filter(None, (worksite, local))),
            tuple(_candidate(persons[key]) for key in likely.get(line, ()) if key in persons),
        )
        for line, given, family, number, email, worksite, local in rows
    ]  # fmt: skip


def _candidate(person: Person) -> Candidate:
    units = tuple(membership.unit.name for membership in person.present)  # type: ignore[attr-defined]
    return Candidate(person.pk, person.name, person.member_number or "", units)
