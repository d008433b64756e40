"""Seats and who could fill them: vacant ones of today for whoever sees the unit, people only for who leads it.

Seats are places and no people: which units have nobody in a role is told by the list of offices alone.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from trellis.core import clock
from trellis.framework.tree import EditionTree
from trellis.growth.models import ProfileTarget, RoleProfile
from trellis.growth.queries import levels
from trellis.people.access import units_granting
from trellis.people.models import Person, Role, Term, Unit, within
from trellis.people.queries import team_of

_YEAR = dt.timedelta(days=365)
# Who is short in no more themes than this is nearly ready, as in the released figures.
NEARLY = 3


@dataclass(frozen=True, slots=True)
class Vacant:
    """A role that every unit of a kind needs: how many such units there are inside, and which have nobody."""

    role: Role
    seats: int
    units: tuple[Unit, ...]
    more: int

    @property
    def count(self) -> int:
        """How many seats are vacant."""
        return len(self.units) + self.more


def vacant_seats(unit: Unit, *, most: int) -> list[Vacant]:
    """Return the vacant seats of a unit and everything inside it, by role, with so many units at most named.

    Two queries, and two for each role that every unit of some kind needs.
    """
    found = []
    today = clock.today()
    for role in Role.objects.exclude(one_in_each=""):
        held = Term.objects.active(today).filter(role=role, unit=OuterRef("pk"), person__is_active=True)
        seats = Unit.objects.filter(within([unit]), kind=role.one_in_each)
        empty = seats.filter(~Exists(held)).order_by("tree_id", "lft")
        counts = seats.aggregate(all=Count("pk"), empty=Count("pk", filter=~Exists(held)))
        if counts["all"]:
            units = tuple(empty[:most]) if counts["empty"] else ()
            found.append(Vacant(role, counts["all"], units, counts["empty"] - len(units)))
    return found


def ending_terms(viewer: Person, unit: Unit) -> QuerySet[Term] | None:
    """Return the terms in a unit that end within a year, the first to end before the others; None for who leads it not.

    The office of others is shown to who leads the unit, with their names. One query to read, and that of the terms.
    """
    if not _leads(viewer, unit):
        return None
    today = clock.today()
    terms = Term.objects.active(today).filter(within([unit], "unit__"), ends__lte=today + _YEAR, person__is_active=True)
    return terms.select_related("person", "role", "unit").order_by("ends", "role__order", "pk")


def _leads(viewer: Person, unit: Unit) -> bool:
    """Whether a term of today makes the viewer lead the unit; no query but that of the terms."""
    led = units_granting(viewer, "leads")
    return any(one.tree_id == unit.tree_id and one.lft <= unit.lft <= one.rgt for one in led)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who shares their file with the viewer, and in how many themes they are short of what a role asks for."""

    person: Person
    short: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """Of a role: who is ready and who is nearly, of those who share; by family name."""

    profile: RoleProfile
    ready: tuple[Candidate, ...]
    nearly: tuple[Candidate, ...]


def candidates(viewer: Person, unit: Unit, tree: EditionTree) -> list[Candidates] | None:
    """Return who is ready for which role, of those in a unit who share with its leaders; None for who leads it not.

    Who holds the role already is left out. Nine queries at most.
    """
    if not _leads(viewer, unit):
        return None
    people = team_of(viewer, unit).sharing
    known = levels(tree, people)
    targets = Prefetch("targets", ProfileTarget.objects.order_by("theme_code"), to_attr="asked")
    profiles = RoleProfile.objects.filter(edition=tree.id).select_related("role").prefetch_related(targets)
    holding = set(Term.objects.active(clock.today()).filter(person__in=people).values_list("role", "person").order_by())
    return [_of_role(profile, people, known, holding) for profile in profiles]


def _of_role(
    profile: RoleProfile, people: Iterable[Person], known: dict[int, dict[str, int]], holding: set[tuple[int, int]]
) -> Candidates:
    asked: list[ProfileTarget] = vars(profile)["asked"]
    found = [
        Candidate(person, sum(known[person.pk].get(one.theme_code, 0) < one.level for one in asked))
        for person in people
        if known.get(person.pk) and (profile.role_id, person.pk) not in holding
    ]
    nearly = sorted((one for one in found if 0 < one.short <= NEARLY), key=lambda one: one.short)
    return Candidates(profile, tuple(one for one in found if not one.short), tuple(nearly))
