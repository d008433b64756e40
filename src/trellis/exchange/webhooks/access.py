"""Whose webhooks a viewer sees: those of units for which they run programmes or arrange sessions today."""

from django.db.models import QuerySet

from trellis.exchange.models import Webhook
from trellis.people.access import Viewer, units_granting
from trellis.people.models import Unit, UnitKind, within

_GRANTS = ("runs_programmes", "arranges")
_KINDS = (UnitKind.NATIONAL, UnitKind.STATE, UnitKind.LOCAL)


def webhook_units(viewer: Viewer) -> QuerySet[Unit]:
    """Return the association, states and locals whose webhooks the viewer keeps, from the top down."""
    held = [unit for grant in _GRANTS for unit in units_granting(viewer, grant)]
    return Unit.objects.filter(within(held), kind__in=_KINDS).order_by("tree_id", "lft")


def keeps_webhooks(viewer: Viewer) -> bool:
    """Say whether the viewer keeps any; asked of the database once per request."""
    return any(unit.kind in _KINDS for grant in _GRANTS for unit in units_granting(viewer, grant))


def visible_webhooks(viewer: Viewer) -> QuerySet[Webhook]:
    """Return the webhooks of these units, with their unit."""
    return Webhook.objects.filter(unit__in=webhook_units(viewer).order_by()).select_related("unit")
