"""Of which units a viewer may see how learning meets needs: those they arrange or run programmes for, and inside."""

from django.db.models import QuerySet

from trellis.growth.need_places import KINDS
from trellis.people.access import Viewer, units_granting
from trellis.people.models import Unit, within

_GRANTS = ("arranges", "runs_programmes")


def coverage_units(viewer: Viewer) -> QuerySet[Unit]:
    """Return the locals, states and the association that the viewer plans learning for today, from the top down.

    Nothing smaller: in a worksite or committee too few answer for any figure. One query, and that of the terms.
    """
    granted = {unit for grant in _GRANTS for unit in units_granting(viewer, grant)}
    return Unit.objects.filter(within(granted), kind__in=KINDS).order_by("tree_id", "lft")


def plans_learning(viewer: Viewer) -> bool:
    """Say whether the viewer plans learning for any unit today; asked of the database once per request."""
    return viewer.is_authenticated and not viewer.grants.isdisjoint(_GRANTS)
