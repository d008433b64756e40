"""What mentoring registers elsewhere: its line in the menu, a home task, daily jobs, its share of the demo."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trellis.core.registry import DailyJob, HomeTask, NavigationEntry, daily_jobs, home_tasks, person_menu
from trellis.growth.asking_actions import lapse_asks
from trellis.growth.mentor_expiry import end_past_mentorships, forget_mentoring
from trellis.growth.waiting import ASKS, SUGGESTIONS, waiting_for


def _signed_in(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated)


def _task(request: HttpRequest) -> dict[str, Any] | None:
    """Asks that wait for the viewer, and suggestions that they have not looked at."""
    found = waiting_for(request)
    waits = {name: found[name] for name in (ASKS, SUGGESTIONS)}
    return waits if any(waits.values()) else None


def register() -> None:
    """Register all of it; called once, by panels.py."""
    person_menu.register(
        NavigationEntry("mentors", _("Mentors"), "heart-handshake", "growth:mentors", _signed_in, order=8)
    )
    home_tasks.register(HomeTask(key="mentors", template="growth/mentors/home_task.html", context=_task, order=17))
    daily_jobs.register(DailyJob(key="mentor-asks", run=lapse_asks, order=30))
    daily_jobs.register(DailyJob(key="mentorships", run=end_past_mentorships, order=31))
    daily_jobs.register(DailyJob(key="mentoring", run=forget_mentoring, order=71))
