"""Reads of people for other apps and pages."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from trellis.core import clock
from trellis.people.access import Viewer, visible_files
from trellis.people.demo.cast import CAST, CastMember
from trellis.people.models import Membership, Person, Sharing, Term, Unit, UnitKind, around, within
from trellis.people.models.role import FILE_KINDS
from trellis.people.nearness import FROM_NEAR_TO_FAR, home_units

# The fixed groups between which an instrument's fairness may be checked.
LANGUAGE, STATE = "language", "state"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person stands in the association; each part may be empty."""

    role: str
    occupation: str
    worksite: str
    local: str

    @property
    def work(self) -> str:
        """Role and job in words: "Building representative and paraeducator"."""
        if self.role and self.occupation:
            job = self.occupation
            # "Paraeducator" follows an "and", so it loses its capital; "ESP aide" keeps its own.
            job = job if job[1:2].isupper() else job[:1].lower() + job[1:]
            return _("%(role)s and %(job)s") % {"role": self.role, "job": job}
        return self.role or self.occupation

    def __str__(self) -> str:
        return " · ".join(part for part in (self.work, self.worksite, self.local) if part)


@dataclass(frozen=True, slots=True)
class Team:
    """The active members of a unit: how many there are, and those whose file the viewer may see."""

    unit: Unit
    size: int
    sharing: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Watchers:
    """Who could see a person's file today, by what the person chooses; the file's owner aside."""

    leaders: tuple[Term, ...]
    coaches: tuple[Term, ...]


def association_name() -> str:
    """Return what the whole association is called, empty before it is founded; one query."""
    top = Unit.objects.filter(kind=UnitKind.NATIONAL).order_by("tree_id", "lft").values_list("name", flat=True)
    return top.first() or ""


def people_of(unit: Unit) -> QuerySet[Person]:
    """Return the active persons who are members of the unit, or of a unit inside it, today; by family name."""
    members = Membership.objects.active(clock.today()).filter(within([unit], "unit__"))
    return Person.objects.filter(is_active=True, pk__in=members.values("person_id")).order_by(
        "family_name", "given_name", "pk"
    )


def home_unit(person: Person) -> Unit | None:
    """Return the unit that is the person's home: their worksite before their local and so on, the earliest first."""
    return home_units([person.pk]).get(person.pk)


def _home(memberships: Iterable[Membership]) -> Membership | None:
    def rank(held: Membership) -> tuple[int, dt.date, int]:
        return FROM_NEAR_TO_FAR.index(UnitKind(held.unit.kind)), held.since, held.pk

    return min(memberships, key=rank, default=None)


def _name_around(kind: UnitKind) -> Subquery:
    """The name of the unit of a kind that the membership's unit is, or is inside of."""
    around_it = Unit.objects.filter(
        kind=kind, tree_id=OuterRef("unit__tree_id"), lft__lte=OuterRef("unit__lft"), rgt__gte=OuterRef("unit__rgt")
    )
    return Subquery(around_it.order_by("-lft").values("name")[:1])


def place_of(person: Person) -> Place:
    """Return role, job, worksite and local of a person, as they stand under the name on a page; two queries.

    The terms are those read with the person: one query less where somebody has asked for them already.
    """
    memberships = Membership.objects.filter(person=person).active(clock.today()).select_related("unit")
    home = _home(memberships.annotate(worksite=_name_around(UnitKind.WORKSITE), local=_name_around(UnitKind.LOCAL)))
    term = person.current_terms[0] if person.current_terms else None
    worksite = (home.worksite or "") if home else ""  # type: ignore[attr-defined]
    local = (home.local or "") if home else ""  # type: ignore[attr-defined]
    return Place(
        role=term.role.name if term else "",
        occupation=person.occupation,
        worksite=worksite,
        # Who belongs to no local (state staff, say) stands where they belong.
        local=local or (home.unit.name if home and not worksite else ""),
    )


def team_of(viewer: Viewer, unit: Unit) -> Team:
    """Return the team of a unit: its size, and the persons who share with leaders and whose file the viewer may see.

    The unit must come from `access.led_units(viewer)`. Four queries at most.
    """
    people = people_of(unit)
    shared = visible_files(viewer).filter(sharing=Sharing.LEADERS).values("pk")
    return Team(unit, people.count(), tuple(people.filter(pk__in=shared)))


def watchers_of(person: Person) -> Watchers:
    """Return the terms of today whose holders could see the person's file, with `person` and `role`; two queries."""
    homes = Unit.objects.filter(memberships__in=Membership.objects.filter(person=person).active(clock.today()))
    terms = (
        Term.objects.active(clock.today())
        .filter(around(homes, "unit__"), person__is_active=True, unit__kind__in=FILE_KINDS)
        .exclude(person=person)
        .select_related("person", "role", "unit")
        .order_by("role__order", "person__family_name", "pk")
    )
    return Watchers(
        leaders=tuple(term for term in terms if "leads" in term.grants),
        coaches=tuple(term for term in terms if "coaches" in term.grants),
    )


def named_like(people: QuerySet[Person], words: str, *, most: int) -> list[Person]:
    """Return those of `people` in whose name every one of these words begins or stands, by family name; one query.

    Fewer than two letters find nobody, so that a list of everybody cannot be had by asking.
    """
    parts = words.split()
    if sum(map(len, parts)) < 2:
        return []
    for part in parts:
        people = people.filter(Q(given_name__icontains=part) | Q(family_name__icontains=part))
    return list(people.order_by("family_name", "given_name", "pk")[:most])


def person_at(address: str) -> Person | None:
    """Return whose e-mail address this is, one that they have confirmed among them, or None; one query."""
    confirmed = EmailAddress.objects.filter(email__iexact=address, verified=True)
    return Person.objects.filter(Q(email__iexact=address) | Q(pk__in=confirmed.values("user"))).first()


def coaches_of(person: Person) -> tuple[Person, ...]:
    """Return who coaches a unit of the person's today, each once, in the order of their terms; two queries."""
    return tuple(dict.fromkeys(term.person for term in watchers_of(person).coaches))


def demo_cast() -> tuple[CastMember, ...]:
    """Return the six persons whose part a visitor of the demo may take, or none before it is loaded; one query."""
    there = set(Person.objects.filter(email__in=[one.email for one in CAST]).values_list("email", flat=True))
    return tuple(one for one in CAST if one.email in there)


def groups_of(person_ids: Collection[int]) -> dict[str, dict[int, str]]:
    """Return the fixed groups that fairness may be checked between: by attribute, each person's group by their key.

    `language` is its code, `state` the uid of the state that the person belongs to today, the earliest of several; who
    belongs to none is left out. Three queries. Nothing of this is for showing but counts that passed the threshold.
    """
    languages = dict(Person.objects.filter(pk__in=person_ids).values_list("pk", "language"))
    states = {person: str(unit.uid) for person, unit in units_of(person_ids, UnitKind.STATE).items()}
    return {LANGUAGE: languages, STATE: states}


def units_of(person_ids: Collection[int], kind: UnitKind) -> dict[int, Unit]:
    """Return the state (or local ...) that each person belongs to today, by their key, the earliest of several.

    Who belongs to none is left out. Two queries.
    """
    units = list(Unit.objects.filter(kind=kind).order_by("tree_id", "lft"))
    places = [(unit.tree_id, unit.lft) for unit in units]
    found: dict[int, Unit] = {}
    homes = Membership.objects.filter(person_id__in=person_ids).active(clock.today()).order_by("since", "pk")
    for person, tree, left in homes.values_list("person_id", "unit__tree_id", "unit__lft"):
        place = bisect_right(places, (tree, left)) - 1
        if place >= 0 and units[place].tree_id == tree and left <= units[place].rgt:
            found.setdefault(person, units[place])
    return found
