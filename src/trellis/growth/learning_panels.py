"""What joins learning with growth on other pages: what fits, what was asked, what it changed, who needs it."""

import uuid
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
    Panel,
    catalogue_panels,
    cell_panels,
    daily_jobs,
    demo_parts,
    home_tasks,
    offering_panels,
    person_menu,
    session_panels,
)
from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.coverage_access import coverage_units, plans_learning
from trellis.growth.effect import GREW
from trellis.growth.evaluation_access import asked_offerings, own_asked_sign_ups
from trellis.growth.evaluation_actions import close_evaluations, make_evaluations
from trellis.growth.evaluation_queries import effects_of, effects_of_session, waiting_evaluations, written_of
from trellis.growth.for_you_queries import fit_of, for_you, with_words
from trellis.growth.need_actions import refresh_needs
from trellis.growth.need_queries import released_needs
from trellis.growth.session_steps import steps_after
from trellis.learning.access import arranged_offerings, arranges, run_sessions
from trellis.learning.models import Session
from trellis.people.models import Person

_MOST = 3


def _for_you(request: HttpRequest, viewer_uid: uuid.UUID) -> dict[str, Any] | None:
    """The best of what fits the viewer."""
    tree = main_tree()
    if tree is None or not isinstance(request.user, Person):
        return None
    found = for_you(request.user, tree, most=_MOST)
    return {"picks": with_words(found, tree), "is_known": found.is_known}


def _why_it_fits(request: HttpRequest, offering_uid: uuid.UUID) -> dict[str, Any] | None:
    """Why one offering fits the viewer, or what stands between."""
    tree = main_tree()
    if tree is None or not isinstance(request.user, Person):
        return None
    return fit_of(request.user, tree, offering_uid)


def _effect_of_offering(request: HttpRequest, offering_uid: uuid.UUID) -> dict[str, Any] | None:
    """All figures for who arranges it; for everybody else the themes in which growth may be claimed."""
    if not isinstance(request.user, Person):
        return None
    offering = asked_offerings(request.user).filter(uid=offering_uid).first()
    tree = main_tree() if offering is not None else None
    if offering is None or tree is None:
        return None
    effects = effects_of([offering], tree)[offering.pk]
    if arranges(request.user) and arranged_offerings(request.user).filter(pk=offering.pk).exists():
        return {"effects": effects}
    grew = [one for one in effects if one.shown.says == GREW]
    return {"grew": grew} if grew else None


def _asked_at_session(request: HttpRequest, session_uid: uuid.UUID) -> dict[str, Any] | None:
    """The questions before or after, as long as the viewer is asked."""
    viewer = viewer_of(request, Person)
    waiting = waiting_evaluations(viewer, session_uid=session_uid)
    return {"asked": waiting[0]} if waiting else None


def _effect_of_session(request: HttpRequest, session_uid: uuid.UUID) -> dict[str, Any] | None:
    """What one session changed and what was written, for who arranges or leads it; once its answers are closed."""
    viewer = viewer_of(request, Person)
    session: Session | None = run_sessions(viewer).select_related("offering").filter(uid=session_uid).first()
    written = written_of(session) if session is not None else None
    tree = main_tree() if written is not None else None
    if session is None or written is None or tree is None:
        return None
    return {"effects": effects_of_session(session, tree), **written}


def _steps(request: HttpRequest, session_uid: uuid.UUID) -> dict[str, Any] | None:
    """Steps of the viewer's plan that this session was, and cells that having been there may support."""
    return steps_after(viewer_of(request, Person), session_uid)


def _need_of_cell(request: HttpRequest, cell_uid: uuid.UUID) -> dict[str, Any] | None:
    """How many want a cell, in the units that the viewer plans learning for, as far as it is released."""
    if not isinstance(request.user, Person) or not plans_learning(request.user):
        return None
    tree = main_tree()
    if tree is None:
        return None
    found = next(((theme, cell) for theme in tree.themes for cell in theme.cells if cell.uid == cell_uid), None)
    if found is None:
        return None
    theme, cell = found
    units = list(coverage_units(request.user)[:_MOST])
    needs = [
        row
        for row in released_needs(units, tree)
        if (row.theme_code, row.level) == (theme.code, cell.level) and row.people is not None
    ]
    return {"needs": needs, "cell": cell} if needs else None


def _waiting(request: HttpRequest) -> dict[str, Any] | None:
    """The next session that asks the viewer before or after, and that they have not answered."""
    waiting = [one for one in waiting_evaluations(viewer_of(request, Person)) if not one.is_answered]
    return {"asked": waiting[0]} if waiting else None


def _plans(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and plans_learning(request.user)


def _arranges(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and arranges(request.user)


# After the programmes, whose sessions are asked about too.
demo_parts.register(DemoPart("effects", later("trellis.growth.effect_demo.load"), order=55))
catalogue_panels.register(Panel("for-you", "growth/for_you/panel.html", _for_you, order=10))
offering_panels.register(Panel("fits", "growth/for_you/offering_panel.html", _why_it_fits, order=10))
offering_panels.register(Panel("effect", "growth/effect/offering_panel.html", _effect_of_offering, order=20))
session_panels.register(Panel("evaluation", "growth/evaluation/session_panel.html", _asked_at_session, order=10))
session_panels.register(Panel("steps", "growth/evaluation/steps_panel.html", _steps, order=20))
session_panels.register(Panel("effect", "growth/effect/session_panel.html", _effect_of_session, order=30))
cell_panels.register(Panel("need", "growth/coverage/cell_panel.html", _need_of_cell, order=40))
home_tasks.register(
    HomeTask(
        "evaluation",
        "growth/evaluation/home_task.html",
        _waiting,
        order=11,
        waits=lambda request: (own_asked_sign_ups(viewer_of(request, Person)),),
    )
)
person_menu.register(
    NavigationEntry(
        "coverage",
        _("Where training meets need"),
        "layout-grid",
        "growth:coverages",
        _plans,
        8,
        part=MenuPart.FOR_OTHERS,
    )
)
person_menu.register(
    NavigationEntry(
        "effects", _("What sessions changed"), "trending-up", "growth:effects", _arranges, 9, part=MenuPart.FOR_OTHERS
    )
)
daily_jobs.register(DailyJob("evaluations-make", make_evaluations, order=30))
daily_jobs.register(DailyJob("evaluations-close", close_evaluations, order=31))
daily_jobs.register(DailyJob("needs", refresh_needs, order=70))
