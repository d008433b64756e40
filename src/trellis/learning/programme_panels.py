"""What programmes register elsewhere: tasks of the home page, lines of the menu, daily jobs, a part of the demo."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trellis.core.later import later
from trellis.core.registry import (
    DailyJob,
    DemoPart,
    HomeTask,
    MenuPart,
    NavigationEntry,
    daily_jobs,
    demo_parts,
    home_tasks,
    person_menu,
)
from trellis.core.viewer import viewer_of
from trellis.learning.news import post_waiting
from trellis.learning.offer_actions import lapse_offers
from trellis.learning.programme_access import ENDORSES, runs_somewhere
from trellis.learning.programme_jobs import close_past, forget_old
from trellis.learning.programme_tasks import open_drafts, open_offers, rows_waiting, waiting_for
from trellis.people.models import Person


def _waiting(request: HttpRequest) -> dict[str, Any] | None:
    """What waits in programmes, all of it in one look; what is there is read only when something is."""
    viewer = viewer_of(request, Person)
    waiting = waiting_for(viewer)
    if not any(
        (waiting.offer, waiting.draft, waiting.readings, waiting.capstones, waiting.returned, waiting.endorsements)
    ):
        return None
    return {
        "waiting": waiting,
        "offer": open_offers(viewer).order_by("answer_by").first() if waiting.offer else None,
        "draft": open_drafts(viewer).order_by("call__closes_on").first() if waiting.draft else None,
    }


def _signed_in(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated)


def _endorses(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and ENDORSES in request.user.grants


def _runs(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and runs_somewhere(request.user)


def register() -> None:
    """Register all of it; called once, by panels.py."""
    home_tasks.register(
        HomeTask(
            key="programmes",
            template="learning/programmes/home_tasks.html",
            context=_waiting,
            order=13,
            waits=lambda request: rows_waiting(viewer_of(request, Person)),
        )
    )
    person_menu.register(NavigationEntry("programmes", _("Programs"), "users", "programmes:home", _signed_in, order=2))
    person_menu.register(
        NavigationEntry(
            "endorsements",
            _("Endorse members"),
            "hand",
            "programmes:endorsements",
            _endorses,
            8,
            part=MenuPart.FOR_OTHERS,
        )
    )
    person_menu.register(
        NavigationEntry(
            "run-programmes", _("Run programs"), "list-checks", "programmes:run", _runs, 7, part=MenuPart.FOR_OTHERS
        )
    )
    daily_jobs.register(DailyJob(key="programmes-close", run=close_past, order=30))
    daily_jobs.register(DailyJob(key="programmes-offers", run=lapse_offers, order=31))
    daily_jobs.register(DailyJob(key="programmes-mails", run=post_waiting, order=32))
    daily_jobs.register(DailyJob(key="programmes-forget", run=forget_old, order=33))
    demo_parts.register(DemoPart(key="programmes", load=later("trellis.learning.programme_demo.load"), order=27))
