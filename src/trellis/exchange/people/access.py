"""Who may bring members in: who keeps the members of a unit today, for it and for the units inside it."""

from django.db.models import QuerySet

from trellis.exchange.models import ImportState, PeopleImport
from trellis.people.access import Viewer, units_granting
from trellis.people.models import Unit, within
from trellis.people.models.role import ROSTER_KINDS


def keeps_members(viewer: Viewer) -> bool:
    """Say whether a term of today lets the viewer bring in members anywhere; as cheap as `viewer.grants`."""
    return viewer.is_authenticated and "keeps_members" in viewer.grants


def roster_units(viewer: Viewer) -> QuerySet[Unit]:
    """Return the units whose members the viewer keeps today: those of their terms and the locals and states inside."""
    granted = units_granting(viewer, "keeps_members")
    return Unit.objects.filter(within(granted), kind__in=ROSTER_KINDS).order_by("tree_id", "lft")


def own_imports(viewer: Viewer) -> QuerySet[PeopleImport]:
    """Return the viewer's own imports, as long as they keep the members of its unit; nobody else sees their rows."""
    if not viewer.is_authenticated:
        return PeopleImport.objects.none()
    return PeopleImport.objects.filter(made_by_id=viewer.pk, unit__in=roster_units(viewer)).select_related("unit")


def open_imports(viewer: Viewer) -> QuerySet[PeopleImport]:
    """Return those of the viewer's own imports that wait for their word: read, and not stored or given up."""
    return own_imports(viewer).filter(state=ImportState.PLANNED)
