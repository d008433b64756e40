"""What a viewer may see of people: nothing, unless a membership or a term of today says so.

Views get persons, units and files through these functions only; what they leave out is answered with "not found".
"""

from collections.abc import Iterable
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from trellis.core import clock
from trellis.people.models import Look, Membership, Person, Sharing, Term, Unit, around, within
from trellis.people.models.role import FILE_KINDS, TermQuerySet

Viewer: TypeAlias = Person | AnonymousUser
_SHOW_OTHERS = frozenset({"leads", "coaches", "arranges", "runs_programmes", "endorses", "keeps_members"})


def active_terms(viewer: Viewer) -> TermQuerySet:
    """Return the viewer's terms that hold today; none for a visitor or a person who is not active."""
    if not viewer.is_authenticated or not viewer.is_active:
        return Term.objects.none()
    return Term.objects.filter(person_id=viewer.pk).active(clock.today())


def visible_units(viewer: Viewer) -> QuerySet[Unit]:
    """Return the units that the viewer belongs to with all they are inside of, and all units inside those of a term.

    Two queries, and one more when the result is read.
    """
    if not viewer.is_authenticated or not viewer.is_active:
        return Unit.objects.none()
    own = Unit.objects.filter(memberships__in=Membership.objects.filter(person_id=viewer.pk).active(clock.today()))
    held = Unit.objects.filter(terms__in=active_terms(viewer))
    return Unit.objects.filter(around(own) | within(held))


def led_units(viewer: Viewer) -> QuerySet[Unit]:
    """Return the locals and worksites that the viewer leads today, and all inside them; one query, and one to read.

    The first is that of the viewer's terms, which a request asks for once.
    """
    return Unit.objects.filter(within(units_granting(viewer, "leads")))


def visible_files(viewer: Viewer) -> QuerySet[Person]:
    """Return the active persons whose competency file the viewer may see today: their own, and what is shared.

    Sharing with leaders opens a file to who leads a local or worksite that the person belongs to; sharing with a coach
    to who coaches there. Two queries at most, and one to read.
    """
    if not viewer.is_authenticated or not viewer.is_active:
        return Person.objects.none()
    condition = Q(pk=viewer.pk)
    if "leads" in viewer.grants:
        condition |= Q(sharing=Sharing.LEADERS, pk__in=_members(units_granting(viewer, "leads")).values("person_id"))
    if "coaches" in viewer.grants:
        condition |= Q(sharing=Sharing.COACH, pk__in=_members(units_granting(viewer, "coaches")).values("person_id"))
    return Person.objects.filter(condition, is_active=True)


def known_people(viewer: Viewer) -> QuerySet[Person]:
    """Return the other active persons of the viewer's own worksite and local today; nobody for a visitor.

    One query, and one to read.
    """
    if not viewer.is_authenticated or not viewer.is_active:
        return Person.objects.none()
    own = Unit.objects.filter(memberships__in=Membership.objects.filter(person_id=viewer.pk).active(clock.today()))
    near = Unit.objects.filter(around(own), kind__in=FILE_KINDS)
    return Person.objects.filter(is_active=True, pk__in=_members(near).values("person_id")).exclude(pk=viewer.pk)


def coached_people(viewer: Viewer) -> QuerySet[Person]:
    """Return the other active persons of a unit that the viewer coaches today, whatever they share; as cheap."""
    coached = units_granting(viewer, "coaches")
    people = Person.objects.filter(is_active=True, pk__in=_members(coached).values("person_id"))
    return people.exclude(pk=viewer.pk) if viewer.is_authenticated else people.none()


def units_granting(viewer: Viewer, grant: str) -> tuple[Unit, ...]:
    """Return the units in which a term of today grants the viewer this (see Term.grants); read with their terms."""
    if not viewer.is_authenticated or not viewer.is_active:
        return ()
    return tuple(term.unit for term in viewer.current_terms if grant in term.grants)


def leads_someone(viewer: Viewer) -> bool:
    """Say whether the viewer leads a local or worksite today; asked of the database once per request."""
    return viewer.is_authenticated and "leads" in viewer.grants


def opens_files(viewer: Viewer) -> bool:
    """Say whether a term of today can open the files of others, as a leader or a coach; as cheap as leads_someone."""
    return viewer.is_authenticated and not viewer.grants.isdisjoint({"leads", "coaches"})


def sees_others(viewer: Viewer) -> bool:
    """Say whether a term of today shows the viewer anything of others: a file, a sign-up, an application; as cheap."""
    return viewer.is_authenticated and not viewer.grants.isdisjoint(_SHOW_OTHERS)


def own_looks(viewer: Person) -> QuerySet[Look]:
    """Return who looked at what of the viewer's, newest first; each person sees the looks at their own file only."""
    return Look.objects.filter(person=viewer).select_related("by").order_by("-at", "-pk")


def can_keep_framework(viewer: Viewer) -> bool:
    """Say whether the viewer may import and publish editions and edit role profiles today."""
    return viewer.is_authenticated and viewer.keeps_framework


def _members(units: Iterable[Unit]) -> QuerySet[Membership]:
    return Membership.objects.active(clock.today()).filter(within(units, "unit__"))
