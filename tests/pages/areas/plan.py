"""Who may open the plan's pages: its owner alone; ready plans are for everybody, and changed by who keeps them."""

from typing import Any

from tests.cast import Cast
from tests.pages.matrix import KEEPERS, NOBODY, OWN, SIGNED_IN, Row, a_theme
from trellis.core import clock
from trellis.framework.queries import main_edition, main_tree
from trellis.growth.journal_actions import reflect
from trellis.growth.models import Goal, PlanTemplate, Step
from trellis.growth.plan_actions import add_to_plan, remove_goal
from trellis.growth.step_actions import remove_step
from trellis.growth.template_actions import load_templates
from trellis.growth.weekly_mail import link_of


def _goal(cast: Cast) -> Goal:
    tree = main_tree()
    assert tree is not None
    return add_to_plan(tree.themes[0], tree, target=1, reason="", by=cast.own)


def a_goal(cast: Cast) -> dict[str, Any]:
    """A goal of a plan."""
    return {"uid": _goal(cast).uid}


def a_goal_taken_out(cast: Cast) -> dict[str, Any]:
    """A goal that was in a plan."""
    goal = _goal(cast)
    remove_goal(goal, by=cast.own)
    return {"uid": goal.uid}


def a_planned_theme(cast: Cast) -> dict[str, Any]:
    """For an address that names nothing, but needs the first theme in a plan."""
    _goal(cast)
    return {}


def a_step(cast: Cast) -> dict[str, Any]:
    """A step of a plan."""
    return {"uid": _goal(cast).steps.all()[0].uid}


def a_step_taken_out(cast: Cast) -> dict[str, Any]:
    """A step that was in a plan."""
    step: Step = _goal(cast).steps.all()[0]
    remove_step(step, by=cast.own)
    return {"uid": step.uid}


def a_thought(cast: Cast) -> dict[str, Any]:
    """An entry of a journal."""
    return {"uid": reflect("I have to wait.", goal=None, by=cast.own).uid}


def a_link(cast: Cast) -> dict[str, Any]:
    """The link at the end of a weekly mail."""
    return {"link": link_of(_goal(cast).plan)}


def _template(*, listed: bool = True) -> PlanTemplate:
    edition = main_edition()
    assert edition is not None
    load_templates(edition, by=None)
    PlanTemplate.objects.filter(key="first-steps").update(is_listed=listed)
    return PlanTemplate.objects.get(key="first-steps")


def a_template(cast: Cast) -> dict[str, Any]:
    """A ready plan that everybody is offered."""
    return {"uid": _template().uid}


def a_cohorts_template(cast: Cast) -> dict[str, Any]:
    """A ready plan that only a cohort gets."""
    return {"uid": _template(listed=False).uid}


def a_goal_of_it(cast: Cast) -> dict[str, Any]:
    """A goal of a ready plan."""
    template = _template()
    return {"uid": template.uid, "number": template.goals.all()[0].pk}


def a_step_of_it(cast: Cast) -> dict[str, Any]:
    """A step of a ready plan."""
    template = _template()
    return {"uid": template.uid, "number": template.goals.all()[0].steps.all()[0].pk}


_TODAY = clock.today().isoformat()
_CHOSEN = {"rhythm": "4", "sharing": "goals", "weekday": "0"}

ROWS: dict[str, tuple[Row, ...]] = {
    # each sees their own, and nobody else's
    "growth:plan": (Row(SIGNED_IN),),
    "growth:plan-pdf": (Row(OWN, args=a_planned_theme, no=302),),
    "growth:why": (Row(SIGNED_IN), Row(SIGNED_IN, "post", data={"why": "For them"}, yes=302)),
    "growth:plan-settings": (Row(SIGNED_IN), Row(SIGNED_IN, "post", data=_CHOSEN, yes=302)),
    "growth:check-in": (Row(SIGNED_IN), Row(SIGNED_IN, "post", data={"did": "Much"}, yes=302)),
    "growth:journal": (Row(SIGNED_IN), Row(SIGNED_IN, "post", data={"text": "Hm"}, yes=302)),
    "growth:journal-remove": (Row(OWN, args=a_thought), Row(OWN, "post", a_thought, yes=302)),
    # goals
    "growth:goal-new": (
        Row(SIGNED_IN),
        Row(SIGNED_IN, "post", data={"theme": "ORG.1", "level": "1"}, yes=302),
    ),
    "growth:add-goal": (
        Row(SIGNED_IN, "post", a_theme, yes=302),
        Row(NOBODY, "post", lambda cast: {"code": "XXX.1"}, of="nothing"),
    ),
    "growth:goal": (
        Row(OWN, args=a_goal),
        Row(OWN, "post", a_goal, {"reason": "For them"}, yes=302),
        Row(NOBODY, args=a_goal_taken_out, of="taken out"),
    ),
    "growth:goal-status": (Row(OWN, "post", a_goal, {"status": "paused"}, yes=302),),
    "growth:remove-goal": (Row(OWN, "post", a_goal, yes=302),),
    "growth:restore-goal": (
        Row(OWN, "post", a_goal_taken_out, yes=302),
        Row(NOBODY, "post", a_goal, of="in the plan"),
    ),
    "growth:closer-look": (
        Row(OWN, "post", a_planned_theme, {"theme": "ADV.1"}, yes=302),
        Row(NOBODY, "post", a_planned_theme, {"theme": "SFH.5"}, of="not in the plan"),
    ),
    # steps
    "growth:add-step": (
        Row(OWN, "post", a_goal, {"text": "Ask a colleague"}, yes=302, of="own"),
        Row(NOBODY, "post", a_goal, {"tool": "no-such"}, of="no such tool"),
    ),
    "growth:step": (
        Row(OWN, "post", a_step, {"done": "1"}, yes=302, of="tick"),
        Row(OWN, "post", a_step, {"due_on": _TODAY}, yes=302, of="date"),
    ),
    "growth:step-edit": (
        Row(OWN, args=a_step),
        Row(OWN, "post", a_step, {"notes": "Bring cake"}, yes=302),
        Row(NOBODY, args=a_step_taken_out, of="taken out"),
    ),
    "growth:shift-step": (Row(OWN, "post", a_step, {"way": "down"}, yes=302),),
    "growth:remove-step": (Row(OWN, "post", a_step, yes=302),),
    "growth:restore-step": (
        Row(OWN, "post", a_step_taken_out, yes=302),
        Row(NOBODY, "post", a_step, of="in the plan"),
    ),
    # ready plans: a cohort's own are shown by the cohort
    "growth:templates": (Row(SIGNED_IN),),
    "growth:template": (
        Row(SIGNED_IN, args=a_template, of="listed"),
        Row(SIGNED_IN, "post", a_template, yes=302, of="listed"),
        Row(KEEPERS, args=a_cohorts_template, of="for a cohort"),
    ),
    "growth:template-new": (Row(KEEPERS), Row(KEEPERS, "post", data={"title": "Ours"}, yes=302)),
    "growth:template-edit": (
        Row(KEEPERS, args=a_template),
        Row(KEEPERS, "post", a_template, {"title": "Ours"}, yes=302, of="about"),
        Row(KEEPERS, "post", a_template, {"theme": "SFH.5", "level": "1"}, yes=302, of="a goal"),
    ),
    "growth:template-goal": (
        Row(KEEPERS, args=a_goal_of_it),
        Row(KEEPERS, "post", a_goal_of_it, {"text": "Call", "days": "9"}, yes=302),
    ),
    "growth:template-goal-remove": (Row(KEEPERS, "post", a_goal_of_it, yes=302),),
    "growth:template-step-remove": (Row(KEEPERS, "post", a_step_of_it, yes=302),),
    # whoever holds the link, signed in or not
    "growth:weekly-mail": (
        Row(SIGNED_IN, args=a_link, visitor=200),
        Row(SIGNED_IN, "post", a_link, visitor=200),
        Row(NOBODY, args=lambda cast: {"link": "made:up"}, visitor=404, of="made up"),
    ),
}
