"""What assessment registers elsewhere: navigation, the home page's task, and its share of the fictional association."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trellis.assessment.access import own_responses
from trellis.assessment.demo import load
from trellis.assessment.queries import open_response
from trellis.core.registry import DemoPart, HomeTask, NavigationEntry, demo_parts, home_tasks, navigation
from trellis.core.viewer import viewer_of
from trellis.people.models import Person


def _task(request: HttpRequest) -> dict[str, Any] | None:
    viewer = viewer_of(request, Person)
    going = open_response(viewer)
    if going is not None:
        return {"going": going, "answered": going.ratings.count()}
    if own_responses(viewer).exists():
        return None
    return {"going": None}


navigation.register(
    NavigationEntry(
        key="assess",
        label=_("Assess"),
        icon="clipboard-check",
        url_name="assessment:start",
        visible=lambda request: request.user.is_authenticated,
        order=20,
    )
)
home_tasks.register(HomeTask(key="assess", template="assessment/home_task.html", context=_task, order=10))
demo_parts.register(DemoPart(key="assessment", load=load, order=20))
