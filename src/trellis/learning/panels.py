"""What learning registers elsewhere: navigation, home tasks, a cell's panel, daily jobs, its share of the demo."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.later import later
from trellis.core.registry import (
    DailyJob,
    DemoPart,
    HomeTask,
    MenuPart,
    NavigationEntry,
    Panel,
    cell_panels,
    daily_jobs,
    demo_parts,
    home_tasks,
    navigation,
    person_menu,
)
from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.learning.access import arranges
from trellis.learning.catalogue_search import Wanted
from trellis.learning.forgetting import forget_due
from trellis.learning.letters import post_waiting
from trellis.learning.person_data import register_person_data
from trellis.learning.programme_panels import register as register_programmes
from trellis.learning.queries import at_hand, next_sessions, offerings_teaching, sessions_at_hand
from trellis.learning.reminding import remind_all
from trellis.learning.when import there
from trellis.people.models import Person

_SHOWN = 3


def _signed_in(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated)


def _arranges(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and arranges(request.user)


def _at_hand(request: HttpRequest) -> dict[str, Any] | None:
    """The next seat within a week, and the latest session that the viewer led and where it is open who came."""
    near, to_mark = at_hand(viewer_of(request, Person))
    if near is None and to_mark is None:
        return None
    days = (there(near.starts_at, near.zone).date() - there(clock.now(), near.zone).date()).days if near else 0
    return {"near": near, "days": days, "to_mark": to_mark}


def _teaching(request: HttpRequest, cell_uid: uuid.UUID) -> dict[str, Any] | None:
    """What teaches this cell and when, for who is signed in."""
    if not isinstance(request.user, Person):
        return None
    tree = main_tree()
    places = ((theme, cell) for theme in (tree.themes if tree else ()) for cell in theme.cells)
    place = next(((theme, cell) for theme, cell in places if cell.uid == cell_uid), None)
    found = list(offerings_teaching(request.user, cell_uid).select_related("unit")[: _SHOWN + 1])
    if not found or place is None:
        return None
    coming = next_sessions(found, most=1)
    query = Wanted(about=place[0].code, level=place[1].level).query()
    rows = [(offering, next(iter(coming.get(offering.pk, ())), None)) for offering in found[:_SHOWN]]
    return {"rows": rows, "query": query, "more": len(found) > _SHOWN}


navigation.register(NavigationEntry("learn", _("Learn"), "graduation-cap", "learning:catalogue", _signed_in, order=33))
person_menu.register(NavigationEntry("my-sessions", _("My sessions"), "calendar", "learning:mine", _signed_in, order=1))
person_menu.register(
    NavigationEntry(
        "arrange", _("Arrange sessions"), "presentation", "learning:arrange", _arranges, 6, part=MenuPart.FOR_OTHERS
    )
)
cell_panels.register(Panel(key="learning", template="learning/cell_panel.html", context=_teaching, order=20))
home_tasks.register(
    HomeTask(
        key="sessions",
        template="learning/home_sessions.html",
        context=_at_hand,
        order=8,
        waits=lambda request: (sessions_at_hand(viewer_of(request, Person)),),
    )
)
daily_jobs.register(DailyJob(key="session-reminders", run=remind_all, order=12))
daily_jobs.register(DailyJob(key="session-letters", run=post_waiting, order=14))
daily_jobs.register(DailyJob(key="session-needs", run=forget_due, order=40))
demo_parts.register(DemoPart(key="learning", load=later("trellis.learning.demo.load"), order=26))
register_programmes()
register_person_data()
