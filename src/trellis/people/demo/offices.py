"""Fills the offices of the fictional association: who holds which role where, and who held it before."""

import datetime as dt
import random

from trellis.core import clock
from trellis.people.demo.members import Members
from trellis.people.demo.units import Association, Local
from trellis.people.models import Membership, Person, Role, Sharing, Term, Unit

_THIS = dt.date(2024, 7, 1)
_BEFORE = (dt.date(2021, 7, 1), dt.date(2024, 6, 30))
_BOARD_SIZE, _BOARD_SHARES = 12, 9
# The local of the named persons; its board is the team that the demo's president looks at.
HOME_LOCAL = "Riverside ESP Association"
_SEEKING = "Stonebridge Teachers Association"
_SOON = dt.timedelta(days=150)


class Offices:
    """Collects terms, none of them stored yet."""

    def __init__(self) -> None:
        self._roles = {role.code: role for role in Role.objects.all()}
        self.terms: list[Term] = []

    def hold(self, person: Person, role: str, unit: Unit, *, ends: dt.date | None = None) -> Person:
        """Give a person a role, that goes on or ends."""
        self.terms.append(Term(person=person, role=self._roles[role], unit=unit, starts=_THIS, ends=ends))
        return person

    def held(self, person: Person, role: str, unit: Unit) -> None:
        """Note that a person had a role in the years before."""
        self.terms.append(Term(person=person, role=self._roles[role], unit=unit, starts=_BEFORE[0], ends=_BEFORE[1]))


def fill_offices(rng: random.Random, association: Association, members: Members) -> None:
    """Store the terms of every unit, and the board of the named persons' local; members must be stored already."""
    offices, cast = Offices(), members.cast
    for local in association.locals:
        _fill_local(rng, offices, local, members)
    for state in association.states:
        for person in members.of(state):
            offices.hold(person, "state-leadership-staff", state)
    offices.hold(cast["data-steward"], "data-steward", association.national)
    Term.objects.bulk_create(offices.terms)


def _fill_local(rng: random.Random, offices: Offices, local: Local, members: Members) -> None:
    cast = members.cast if local.unit.name == HOME_LOCAL else {}
    named = set(members.cast.values())
    everyone = dict.fromkeys(members.of(*local.worksites))
    free = [person for person in everyone if person not in named and person.created_at.date() < _THIS]
    rng.shuffle(free)
    president = offices.hold(cast.get("local-president") or free.pop(), "local-president", local.unit)
    offices.hold(cast.get("coach") or free.pop(), "coach", local.unit)
    # One local looks for a treasurer, and a part of each bargaining team is elected anew in the next months.
    gone = clock.today() - _SOON if local.unit.name == _SEEKING else None
    officers = [offices.hold(free.pop(), "local-treasurer", local.unit, ends=gone)]
    for place in range(rng.randint(3, 4)):
        ends = None if place else clock.today() + _SOON
        officers.append(offices.hold(free.pop(), "bargaining-team-member", local.unit, ends=ends))
    representatives = [_represent(offices, worksite, free, members, cast) for worksite in local.worksites]
    veterans = [person for person in free if person.created_at.date() < _BEFORE[0]]
    if rng.random() < 0.5:
        offices.held(veterans[0], "local-president", local.unit)
    offices.held(veterans[1], "building-representative", rng.choice(local.worksites))
    if cast:
        _seat_board(local, members, [president, *representatives, *officers, *free])


def _represent(
    offices: Offices, worksite: Unit, free: list[Person], members: Members, cast: dict[str, Person]
) -> Person:
    """Give a worksite its building representative, one of its own."""
    own = members.of(worksite)
    rosa = cast.get("building-representative")
    if rosa is not None and rosa in own:
        return offices.hold(rosa, "building-representative", worksite)
    chosen = next(person for person in free if person in own)
    free.remove(chosen)
    return offices.hold(chosen, "building-representative", worksite)


def _seat_board(local: Local, members: Members, candidates: list[Person]) -> None:
    """Seat twelve on the board, of whom nine share with leaders."""
    board = list(dict.fromkeys(candidates))[:_BOARD_SIZE]
    named = set(members.cast.values())
    shares = sum(person.sharing == Sharing.LEADERS for person in board if person in named)
    for person in board:
        if person not in named:
            person.sharing = Sharing.LEADERS if shares < _BOARD_SHARES else Sharing.COACH
            shares += person.sharing == Sharing.LEADERS
    Person.objects.bulk_update(board, ["sharing"])
    Membership.objects.bulk_create(Membership(person=person, unit=local.committees[0], since=_THIS) for person in board)
