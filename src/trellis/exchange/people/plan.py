"""The plan of an import: what it would do in numbers, and what a person has to say first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from trellis.exchange.catalogue.moments import DateOrder
from trellis.exchange.models import ColumnChoice, PeopleImport, UnitSpelling
from trellis.exchange.people.deciding import Tally, decide
from trellis.exchange.people.places import Spelling, open_spellings, place_all
from trellis.exchange.people.said import Meanings, Open, read_words
from trellis.exchange.people.stage import Stage, Tables

MOST_SPELLINGS = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done, what is open, and the places that nobody knows (the first hundred of them)."""

    tally: Tally
    open: Open
    spellings: tuple[Spelling, ...]

    @property
    def codes(self) -> dict[str, int]:
        """The numbers by code; a plan with the same ones is the same for who has read it."""
        return self.tally.as_codes()


def stage_of(found: PeopleImport) -> Stage:
    """Return where the rows of an import wait."""
    return Stage(found.uid.hex)


def plan_of(found: PeopleImport) -> Plan:
    """Work out the plan anew from the staged rows, in the database as it is now; stores nothing of the site's."""
    with stage_of(found).open() as tables:
        return plan_on(tables, found)


def plan_on(tables: Tables, found: PeopleImport) -> Plan:
    """Do the same on tables that are open."""
    with transaction.atomic():
        known = UnitSpelling.objects.filter(scope=found.unit).values_list("spelling", "unit__uid")
        answers = {spelling: str(uid) for spelling, uid in known} | dict(found.said.get("places", {}))
        places = place_all(tables, found.unit, answers)
        open_words = read_words(tables, meanings_of(found))
        counted = decide(tables, found.unit, is_whole=found.is_whole, answers=found.said.get("persons", {}))
        return Plan(counted, open_words, tuple(open_spellings(tables, places, MOST_SPELLINGS)))


def meanings_of(found: PeopleImport) -> Meanings:
    """Return what a person has said of dates and states, for this list or one like it before."""
    order, states = found.said.get("order", ""), dict(found.said.get("states", {}))
    return Meanings(DateOrder(order) if order in set(DateOrder) else None, states)


def learned_columns(found: PeopleImport, header: str) -> ColumnChoice | None:
    """Return what was said of a list with this header before."""
    return ColumnChoice.objects.filter(scope=found.unit, header=header).first()


def with_answers(found: PeopleImport, **answers: Mapping[str, Any] | str) -> None:
    """Add answers to those of an import; what was said before stays where nothing new is."""
    for key, answer in answers.items():
        before = found.said.get(key)
        found.said[key] = {**before, **answer} if isinstance(before, dict) and isinstance(answer, Mapping) else answer
