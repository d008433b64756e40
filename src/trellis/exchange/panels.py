"""What exchange registers elsewhere: the way to one's badges, and a line at home when one is ready."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trellis.core.registry import DemoPart, HomeTask, NavigationEntry, demo_parts, home_tasks, person_menu
from trellis.core.viewer import viewer_of
from trellis.exchange.demo import load
from trellis.growth.credential_queries import ready_evidence, ready_programmes
from trellis.people.access import can_keep_framework
from trellis.people.models import Person


def _signed_in(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated)


def _keeps(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and can_keep_framework(request.user)


def _ready(request: HttpRequest) -> dict[str, Any] | None:
    """How many badges the viewer could ask for."""
    viewer = viewer_of(request, Person)
    ready = len(ready_evidence(viewer)) + len(ready_programmes(viewer))
    return {"ready": ready} if ready else None


person_menu.register(NavigationEntry("badges", _("My badges"), "award", "badges:wallet", _signed_in, order=5))
person_menu.register(NavigationEntry("take-back", _("Take a badge back"), "x", "badges:take-back", _keeps, order=60))
home_tasks.register(HomeTask(key="badges", template="exchange/badges/home_ready.html", context=_ready, order=25))
demo_parts.register(DemoPart(key="exchange", load=load, order=60))
