"""Whose directories a viewer keeps: those of units whose members they keep today, and of the affiliates just inside."""

from django.db.models import Q, QuerySet

from trellis.exchange.models import Directory, DirectoryToken
from trellis.people.access import Viewer, units_granting
from trellis.people.models import Unit, within
from trellis.people.models.role import ROSTER_KINDS


def directory_units(viewer: Viewer) -> QuerySet[Unit]:
    """Return the units for which the viewer may set up a directory, from the top down.

    Those of their office and one level inside; whoever keeps a level further down sets up its own.
    """
    held = units_granting(viewer, "keeps_members")
    levels = Q(pk__in=[])
    for unit in held:
        levels |= within([unit]) & Q(depth__lte=unit.depth + 1)
    return Unit.objects.filter(levels, kind__in=ROSTER_KINDS).order_by("tree_id", "lft")


def keeps_directories(viewer: Viewer) -> bool:
    """Say whether the viewer keeps any; asked of the database once per request."""
    return bool(units_granting(viewer, "keeps_members"))


def visible_directories(viewer: Viewer) -> QuerySet[Directory]:
    """Return the directories of units whose members the viewer keeps, with their unit; those further inside too."""
    held = units_granting(viewer, "keeps_members")
    return Directory.objects.filter(within(held, "unit__")).select_related("unit")


def visible_tokens(viewer: Viewer) -> QuerySet[DirectoryToken]:
    """Return the tokens of these directories, with directory and unit."""
    held = units_granting(viewer, "keeps_members")
    return DirectoryToken.objects.filter(within(held, "directory__unit__")).select_related("directory__unit")
