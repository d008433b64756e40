"""What insight registers elsewhere: its entry in the navigation, a daily job, and its share of the demo."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trellis.core.later import later
from trellis.core.registry import (
    ApiPart,
    DailyJob,
    DemoPart,
    NavigationEntry,
    api_parts,
    daily_jobs,
    demo_parts,
    navigation,
)
from trellis.insight.access import sees_insight
from trellis.insight.person_data import register_person_data
from trellis.insight.view_actions import forget_deleted
from trellis.people.models import Person


def _sees(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and sees_insight(request.user)


navigation.register(
    NavigationEntry("insight", _("Insight"), "layout-grid", "insight:home", _sees, order=38, folds=True)
)
demo_parts.register(DemoPart(key="insight", load=later("trellis.insight.demo.load"), order=70))
daily_jobs.register(DailyJob(key="insight-views", run=forget_deleted, order=70))
register_person_data()
api_parts.register(
    ApiPart(
        "insight",
        "/insight",
        "trellis.insight.api_routes.router",
        "insight",
        _("Released figures of my units"),
        order=50,
    )
)
