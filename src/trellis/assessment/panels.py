"""What assessment registers elsewhere: navigation, tasks of the home page, daily jobs, its share of the demo."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trellis.assessment.access import coached_three_sixties, own_ladders, own_three_sixties
from trellis.assessment.ending import close_past, remind_all
from trellis.assessment.estimates import refresh_due
from trellis.assessment.models import ThreeSixty, ThreeSixtyState
from trellis.assessment.person_data import register_person_data
from trellis.assessment.queries import apart_pairs
from trellis.assessment.readiness_queries import owed_by, wording_of
from trellis.core import clock
from trellis.core.later import later
from trellis.core.registry import (
    DailyJob,
    DemoPart,
    HomeTask,
    KeptApart,
    MenuPart,
    NavigationEntry,
    daily_jobs,
    demo_parts,
    home_tasks,
    kept_apart,
    navigation,
    person_menu,
)
from trellis.core.viewer import viewer_of
from trellis.people.access import can_keep_framework
from trellis.people.models import Person

# How long the home page tells of a report.
_NEWS = dt.timedelta(days=14)


def _task(request: HttpRequest) -> dict[str, Any] | None:
    newest = own_ladders(viewer_of(request, Person)).order_by(F("finished_at").asc(nulls_first=True)).first()
    if newest is None:
        return {"going": None}
    return None if newest.finished_at else {"going": newest, "answered": newest.ratings.count()}


def _owed(request: HttpRequest) -> dict[str, Any] | None:
    """The next step that the person has promised for a unit's readiness, the earliest date first."""
    steps = list(owed_by(viewer_of(request, Person)))
    if not steps:
        return None
    due_on = steps[0].due_on
    return {
        "step": steps[0],
        "what": wording_of(steps[0].attribute),
        "late": bool(due_on and due_on < clock.today()),
        "more": len(steps) - 1,
    }


def _news(request: HttpRequest) -> QuerySet[ThreeSixty]:
    ready, returned = Q(released_at__gte=clock.now() - _NEWS), Q(state=ThreeSixtyState.CHOOSING) & ~Q(note="")
    return own_three_sixties(viewer_of(request, Person)).filter(ready | returned)


def _three_sixty(request: HttpRequest) -> dict[str, Any] | None:
    """A report that was released in these weeks, or a list that the coach gave back."""
    found = _news(request).order_by(F("released_at").desc(nulls_last=True), "-pk").first()
    if found is None:
        return None
    if found.released_at is not None:
        return {"ready": True, "href": reverse(settings.TRELLIS_THREE_SIXTY_REPORT, kwargs={"uid": found.uid})}
    return {"note": found.note, "href": reverse("assessment:three-sixty-people", kwargs={"uid": found.uid})}


def _lists(request: HttpRequest) -> dict[str, Any] | None:
    """Lists that wait for the viewer as a coach; everybody else is not asked of the database."""
    if not _coaches(request):
        return None
    waiting = coached_three_sixties(viewer_of(request, Person)).filter(state=ThreeSixtyState.WITH_COACH).count()
    return {"waiting": waiting} if waiting else None


def _coaches(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and "coaches" in request.user.grants


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
navigation.register(
    NavigationEntry(
        key="instruments",
        label=_("Instruments"),
        icon="scale",
        url_name="assessment:instruments",
        visible=lambda request: can_keep_framework(request.user),
        order=45,
        folds=True,
    )
)
home_tasks.register(HomeTask(key="assess", template="assessment/home_task.html", context=_task, order=10))
home_tasks.register(
    HomeTask(
        key="readiness",
        template="assessment/readiness/home_task.html",
        context=_owed,
        order=25,
        waits=lambda request: (owed_by(viewer_of(request, Person)),),
    )
)
person_menu.register(
    NavigationEntry(
        key="readiness",
        label=_("Readiness of my units"),
        icon="flag",
        url_name="assessment:readiness",
        visible=lambda request: request.user.is_authenticated,
        order=30,
        part=MenuPart.FOR_OTHERS,
    )
)
demo_parts.register(DemoPart(key="assessment", load=later("trellis.assessment.demo.load"), order=20))
demo_parts.register(DemoPart(key="readiness", load=later("trellis.assessment.readiness_demo.load"), order=22))
home_tasks.register(
    HomeTask(
        key="three-sixty",
        template="assessment/three_sixty/home_mine.html",
        context=_three_sixty,
        order=12,
        waits=lambda request: (_news(request),),
    )
)
home_tasks.register(
    HomeTask(key="three-sixty-coach", template="assessment/three_sixty/home_coach.html", context=_lists, order=14)
)
for _key, _label, _icon, _name, _part in (
    ("three-sixty", _("How others see me"), "users", "assessment:three-sixties", MenuPart.OWN),
    ("apart", _("Not about each other"), "eye-off", "assessment:apart", MenuPart.ACCOUNT),
):
    person_menu.register(
        NavigationEntry(
            key=_key,
            label=_label,
            icon=_icon,
            url_name=_name,
            visible=lambda request: request.user.is_authenticated,
            order=12,
            part=_part,
        )
    )
daily_jobs.register(DailyJob(key="three-sixty-remind", run=remind_all, order=10))
daily_jobs.register(DailyJob(key="three-sixty-close", run=close_past, order=20))
daily_jobs.register(DailyJob(key="instruments", run=refresh_due, order=60))
demo_parts.register(DemoPart(key="instruments", load=later("trellis.assessment.trial_demo.load"), order=28))
demo_parts.register(DemoPart(key="three-sixty", load=later("trellis.assessment.three_sixty_demo.load"), order=24))
kept_apart.register(KeptApart(key="three-sixty", pairs=apart_pairs))
register_person_data()
