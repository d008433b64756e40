"""Of which units a viewer may see figures about groups: those that a term of today gives them, and all inside."""

import datetime as dt

from django.db.models import QuerySet

from trellis.core import clock
from trellis.insight.models import SavedView
from trellis.insight.models.saved_view import UNDO_DAYS
from trellis.people.access import Viewer, units_granting
from trellis.people.models import Person, Unit, UnitKind, around, within

# Nothing smaller has figures of its own.
KINDS = (UnitKind.NATIONAL, UnitKind.STATE, UnitKind.LOCAL)
_GRANTS = ("leads", "coaches", "arranges", "runs_programmes", "keeps_framework")


def insight_units(viewer: Viewer) -> QuerySet[Unit]:
    """Return the association, states and locals of which the viewer may see figures today, from the top down.

    One query, and that of the terms, which a request asks for once.
    """
    return Unit.objects.filter(within(_granted(viewer)), kind__in=KINDS).order_by("tree_id", "lft")


def beside(unit: Unit) -> QuerySet[Unit]:
    """Return the unit directly above one that the viewer may see: its totals, and no more, are shown for comparison.

    It may lie outside of the viewer's scope: what a release says of it as a whole was made to be read beside its parts.
    """
    return Unit.objects.filter(around([unit]), kind__in=KINDS).exclude(pk=unit.pk).order_by("-lft")[:1]


def own_views(viewer: Person) -> QuerySet[SavedView]:
    """Return the views that a person has saved and not deleted, by name, each with its unit."""
    return SavedView.objects.filter(person=viewer, removed_at=None).select_related("unit")


def deleted_views(viewer: Person) -> QuerySet[SavedView]:
    """Return the views that a person has deleted and may bring back, the latest first, each with its unit."""
    since = clock.now() - dt.timedelta(days=UNDO_DAYS)
    found = SavedView.objects.filter(person=viewer, removed_at__gt=since)
    return found.select_related("unit").order_by("-removed_at", "-pk")


def openable_views(viewer: Viewer) -> QuerySet[SavedView]:
    """Return the views, whoever saved them, about units of which the viewer may see figures; each with its unit.

    Who has a link to one sees what their own scope allows, and nothing where it does not reach.
    """
    return SavedView.objects.filter(removed_at=None, unit__in=insight_units(viewer).order_by()).select_related("unit")


def sees_insight(viewer: Viewer) -> bool:
    """Say whether there is any such unit; asked of the database once per request."""
    return bool(_granted(viewer))


def _granted(viewer: Viewer) -> set[Unit]:
    units = {unit for grant in _GRANTS for unit in units_granting(viewer, grant)}
    return {unit for unit in units if unit.kind in KINDS}
