"""What mentoring registers elsewhere: its line in the menu, a home task, daily jobs, its share of the demo."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trellis.core.later import later
from trellis.core.registry import (
    DailyJob,
    DemoPart,
    HomeTask,
    MenuPart,
    NavigationEntry,
    Panel,
    daily_jobs,
    demo_parts,
    home_tasks,
    navigation,
    person_menu,
    plan_panels,
)
from trellis.core.viewer import viewer_of
from trellis.growth.access import coaches_someone
from trellis.growth.asking_actions import lapse_asks
from trellis.growth.mentor_access import own_mentorships
from trellis.growth.mentor_expiry import end_past_mentorships, forget_mentoring
from trellis.growth.waiting import ASKS, SUGGESTIONS, rows_waiting, waiting_for
from trellis.people.models import Person


def _signed_in(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated)


def _task_rows(request: HttpRequest) -> list[QuerySet[Any]]:
    rows = rows_waiting(request)
    return [rows[name] for name in (ASKS, SUGGESTIONS)]


def _task(request: HttpRequest) -> dict[str, Any] | None:
    """Asks that wait for the viewer, and suggestions that they have not looked at."""
    found = waiting_for(request)
    waits = {name: found[name] for name in (ASKS, SUGGESTIONS)}
    return waits if any(waits.values()) else None


def _coaches(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and coaches_someone(request.user)


def _only_matches(request: HttpRequest) -> bool:
    """Who coaches finds it on the page of their people."""
    return isinstance(request.user, Person) and "runs_programmes" in request.user.grants and not _coaches(request)


def _plan_panel(request: HttpRequest, person_uid: uuid.UUID) -> dict[str, Any] | None:
    """The mentor of a plan's owner, or a way to find one."""
    found = own_mentorships(viewer_of(request, Person)).running().filter(mentee__uid=person_uid).first()
    return {"mentorship": found}


def register() -> None:
    """Register all of it; called once, by panels.py."""
    navigation.register(NavigationEntry("coaching", _("Coaching"), "users", "growth:coaching", _coaches, order=36))
    for entry in (
        NavigationEntry("mentors", _("Mentors"), "heart-handshake", "growth:mentors", _signed_in, order=8),
        NavigationEntry(
            "match",
            _("Suggest mentors"),
            "users",
            "growth:match-groups",
            _only_matches,
            order=9,
            part=MenuPart.FOR_OTHERS,
        ),
    ):
        person_menu.register(entry)
    plan_panels.register(Panel("mentors", "growth/mentors/plan_panel.html", _plan_panel, order=20))
    home_tasks.register(HomeTask("mentors", "growth/mentors/home_task.html", _task, order=17, waits=_task_rows))
    demo_parts.register(DemoPart(key="mentors", load=later("trellis.growth.mentor_demo.load"), order=32))
    daily_jobs.register(DailyJob(key="mentor-asks", run=lapse_asks, order=30))
    daily_jobs.register(DailyJob(key="mentorships", run=end_past_mentorships, order=31))
    daily_jobs.register(DailyJob(key="mentoring", run=forget_mentoring, order=71))
