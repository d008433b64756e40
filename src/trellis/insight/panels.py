"""What insight registers elsewhere: its entry in the navigation, a daily job, and its share of the demo."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trellis.core.registry import DailyJob, DemoPart, NavigationEntry, daily_jobs, demo_parts, navigation
from trellis.insight.access import sees_insight
from trellis.insight.demo import load
from trellis.insight.view_actions import forget_deleted
from trellis.people.models import Person


def _sees(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and sees_insight(request.user)


navigation.register(
    NavigationEntry("insight", _("Insight"), "layout-grid", "insight:home", _sees, order=38, folds=True)
)
demo_parts.register(DemoPart(key="insight", load=load, order=70))
daily_jobs.register(DailyJob(key="insight-views", run=forget_deleted, order=70))
