"""A small association in the database whose members answer in waves: for the facts, and for releases."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tests.cast import _planted
from trellis.assessment.actions import instrument_for
from trellis.assessment.instruments import SHORT_SELF, THREE_SIXTY
from trellis.assessment.models import Instrument, Rating, Relation, Response
from trellis.framework.models import Edition, Theme
from trellis.framework.queries import main_edition
from trellis.insight.actions import close_wave, open_wave
from trellis.insight.facts.marks import midnight
from trellis.insight.models import Wave
from trellis.people.models import Membership, Person, Unit, UnitKind

TREE = (
    "Nation", UnitKind.NATIONAL, (
        ("Alder", UnitKind.STATE, (("Riverside", UnitKind.LOCAL, ()), ("Millbrook", UnitKind.LOCAL, ()))),
        ("Tamarack", UnitKind.STATE, (
            ("Harrow", UnitKind.LOCAL, (("Driftwood", UnitKind.WORKSITE, ()),)), ("Linden", UnitKind.LOCAL, ()),
        )),
    ),
)  # fmt: skip
SPANS = {
    "fall-2024": (dt.date(2024, 10, 1), dt.date(2024, 11, 15)),
    "fall-2025": (dt.date(2025, 10, 1), dt.date(2025, 11, 15)),
}


@dataclass
class Association:
    """Its units and people by name; people are added with where they belong, and answer on a day."""

    edition: Edition
    units: dict[str, Unit]
    people: dict[str, Person] = field(default_factory=dict)
    _instruments: dict[str, Instrument] = field(default_factory=dict)

    def join(self, unit: str, *names: str, since: dt.date = dt.date(2020, 1, 1), language: str = "en") -> None:
        """Add members of a unit."""
        new = [
            Person(email=f"{name}@example.org", given_name=name, family_name="Test", language=language, password="!")
            for name in names
        ]
        Person.objects.bulk_create(new)
        Membership.objects.bulk_create(Membership(person=one, unit=self.units[unit], since=since) for one in new)
        self.people |= {one.given_name: one for one in new}

    def answer(
        self,
        name: str,
        halves: Sequence[int | None],
        on: dt.date = dt.date(2025, 10, 20),
        *,
        rater: str = "",
        turn: int = 1,
    ) -> Response:
        """Let a person answer about themselves, or another about them: half-steps, theme by theme from the first."""
        person = self.people[name]
        response = Response.objects.create(
            instrument=self.instrument(THREE_SIXTY if rater else SHORT_SELF),
            subject=person,
            rater=self.people[rater] if rater else person,
            relation=Relation.PEER if rater else Relation.SELF,
            wave=turn,
            finished_at=midnight(on) + dt.timedelta(hours=12),
        )
        Rating.objects.bulk_create(
            Rating(response=response, theme=theme, value=half, cannot_say=half is None)
            for theme, half in zip(self.themes, halves, strict=False)
        )
        return response

    def instrument(self, code: str) -> Instrument:
        """Return the instrument of a code."""
        if code not in self._instruments:
            self._instruments[code] = instrument_for(self.edition, code, by=None)
        return self._instruments[code]

    @cached_property
    def themes(self) -> list[Theme]:
        """The themes in the order of their columns."""
        return list(Theme.objects.filter(edition=self.edition).order_by("domain__order", "order"))

    def crowd(self, sizes: Mapping[str, int], on: Sequence[dt.date] = (dt.date(2025, 10, 20),)) -> None:
        """Add many members to units, by the unit's name; all answer on these days, each in another way."""
        for unit, size in sizes.items():
            names = [f"{unit}-{number}" for number in range(len(self.people), len(self.people) + size)]
            self.join(unit, *names)
            for number, name in enumerate(names):
                for turn, day in enumerate(on, 1):
                    self.answer(name, [(number + turn) % 7, (number + 3) % 7], day, turn=turn)


def association() -> Association:
    """Store an association without people; the framework must be loaded."""
    edition = main_edition()
    assert edition is not None
    return Association(edition, {unit.name: unit for unit in Unit.objects.bulk_create(_planted(TREE))})


def wave(code: str = "fall-2025", *, closed: bool = True) -> Wave:
    """Open a wave, and close it."""
    opens_on, closes_on = SPANS[code]
    found = open_wave(code=code, name=code.replace("-", " ").title(), opens_on=opens_on, closes_on=closes_on, by=None)
    return close_wave(found, by=None) if closed else found
