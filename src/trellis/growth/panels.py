"""What growth registers elsewhere: navigation, home tasks, a cell's panel, its share of the fictional association."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trellis.assessment.instruments import SHORT_SELF
from trellis.assessment.models import Instrument
from trellis.core import clock
from trellis.core.later import later
from trellis.core.registry import (
    DailyJob,
    DemoPart,
    HomeTask,
    NavigationEntry,
    Panel,
    cell_panels,
    cohort_panels,
    daily_jobs,
    demo_parts,
    home_tasks,
    instrument_panels,
    navigation,
    offering_panels,
    person_menu,
    settings_panels,
)
from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth import learning_panels as _learning_panels  # noqa: F401  (registers, too)
from trellis.growth.access import coaches_someone, evidence_waiting, own_goals, own_plan
from trellis.growth.cohort_plans import cohort_plans
from trellis.growth.evidence_queries import second_reading_agreement
from trellis.growth.evidence_rules import LEAST_DOUBLE_READ
from trellis.growth.mentor_panels import register as register_mentoring
from trellis.growth.person_data import register_person_data
from trellis.growth.plan_actions import forget_taken_out
from trellis.growth.queries import standing_for
from trellis.growth.session_choices import goals_taught_by
from trellis.growth.waiting import RETURNED, rows_waiting, waiting_for
from trellis.growth.weekly_mail import send_due
from trellis.growth.what_next_queries import what_next_for
from trellis.people.access import leads_someone
from trellis.people.models import Person


def _signed_in(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated)


def _leads(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and leads_someone(request.user)


def _coaches(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and coaches_someone(request.user)


def _next_step(request: HttpRequest) -> dict[str, Any] | None:
    """The one thing that comes next, as on the plan and on the standing; nothing before there is either."""
    found = what_next_for(viewer_of(request, Person))
    return {"next": found, "today": clock.today()} if found is not None else None


def _offering_panel(request: HttpRequest, offering_uid: uuid.UUID) -> dict[str, Any] | None:
    """The viewer's own goals that an offering teaches for, each with whether it is among the steps already."""
    goals = goals_taught_by(viewer_of(request, Person), offering_uid)
    return {"goals": goals, "offering": offering_uid} if goals else None


def _settings_panel(request: HttpRequest, viewer_uid: uuid.UUID) -> dict[str, Any] | None:
    """Whether the weekly mail comes, for who has a plan."""
    plan = own_plan(viewer_of(request, Person)).first()
    return {"is_on": plan.mails_weekly} if plan is not None else None


def _team(request: HttpRequest) -> dict[str, Any] | None:
    """A way to the team for who leads one."""
    return {} if _leads(request) else None


def _returned_evidence(request: HttpRequest) -> dict[str, Any] | None:
    """What a coach has sent back to the viewer."""
    returned = waiting_for(request)[RETURNED]
    return {"returned": returned} if returned else None


def _evidence_queue(request: HttpRequest) -> dict[str, Any] | None:
    """What waits for the viewer as a coach; everybody else is not asked of the database."""
    waiting = evidence_waiting(viewer_of(request, Person)).count() if _coaches(request) else 0
    return {"waiting": waiting} if waiting else None


def _second_readings(request: HttpRequest, instrument_uid: uuid.UUID) -> dict[str, Any] | None:
    """How alike coaches read evidence, beside the one instrument that asks about the same themes of everybody."""
    if not Instrument.objects.filter(uid=instrument_uid, code=SHORT_SELF).exists():
        return None
    return {"agreement": second_reading_agreement(), "least": LEAST_DOUBLE_READ}


def _cell_panel(request: HttpRequest, cell_uid: uuid.UUID) -> dict[str, Any] | None:
    """The viewer's own standing in the cell's theme, and a way to put it in the plan."""
    if not isinstance(request.user, Person):
        return None
    tree = main_tree()
    if tree is None:
        return None
    for theme in tree.themes:
        for cell in theme.cells:
            if cell.uid == cell_uid:
                mine = next(each for each in standing_for(tree, request.user).themes if each.theme.code == theme.code)
                goal = own_goals(request.user).filter(theme_code=theme.code, target_level=cell.level)
                return {"theme": theme, "cell": cell, "mine": mine, "planned": goal.exists()}
    return None


def _cohort_panel(request: HttpRequest, cohort_uid: uuid.UUID) -> dict[str, Any] | None:
    """Plans side by side, for the members of a cohort."""
    found = cohort_plans(viewer_of(request, Person), cohort_uid)
    return {"found": found} if found is not None else None


navigation.register(NavigationEntry("growth", _("Where I stand"), "sprout", "growth:standing", _signed_in, order=30))
navigation.register(NavigationEntry("plan", _("My plan"), "list-checks", "growth:plan", _signed_in, order=32))
navigation.register(NavigationEntry("team", _("My team"), "users", "growth:teams", _leads, order=35))
home_tasks.register(HomeTask(key="next-step", template="growth/home_task.html", context=_next_step, order=20))
home_tasks.register(HomeTask(key="team", template="growth/home_team.html", context=_team, order=30))
home_tasks.register(
    HomeTask(
        key="evidence",
        template="growth/home_evidence.html",
        context=_returned_evidence,
        order=15,
        waits=lambda request: (rows_waiting(request)[RETURNED],),
    )
)
home_tasks.register(
    HomeTask(key="evidence-queue", template="growth/home_evidence_queue.html", context=_evidence_queue, order=16)
)
person_menu.register(
    NavigationEntry("evidence", _("My evidence"), "clipboard-check", "growth:evidence", _signed_in, order=4)
)
instrument_panels.register(
    Panel(key="growth", template="growth/second_readings.html", context=_second_readings, order=10)
)
cell_panels.register(Panel(key="growth", template="growth/cell_panel.html", context=_cell_panel, order=10))
cohort_panels.register(Panel(key="growth", template="growth/cohort_plans.html", context=_cohort_panel, order=10))
demo_parts.register(DemoPart(key="growth", load=later("trellis.growth.demo.load"), order=30))
register_mentoring()
# After the catalogue, of which some steps are.
demo_parts.register(DemoPart(key="plans", load=later("trellis.growth.plan_demo.load_plans"), order=50))
offering_panels.register(
    Panel(key="plan", template="growth/plan/offering_panel.html", context=_offering_panel, order=20)
)
settings_panels.register(Panel(key="weekly-mail", template="growth/settings_panel.html", context=_settings_panel))
daily_jobs.register(DailyJob(key="plan-forget", run=forget_taken_out, order=50))
daily_jobs.register(DailyJob(key="weekly-mail", run=send_due, order=70))
register_person_data()
