"""What adopting a plan template would add to somebody's plan, shown before it is done; nothing is ever overwritten."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from trellis.framework.tree import EditionTree, ThemeNode
from trellis.growth.models import Goal, GoalStatus, PlanTemplate, Step, StepKind, TemplateStep
from trellis.growth.plan_templates import spoken
from trellis.learning.models import OfferingStatus


@dataclass(frozen=True, slots=True)
class ProposedStep:
    """A step with the day it would get; `is_there` when the plan has it already."""

    step: TemplateStep
    text: str
    due_on: dt.date
    is_there: bool


@dataclass(frozen=True, slots=True)
class ProposedGoal:
    """A goal, the one of the plan that it would be added to (None for a new one), and its steps."""

    theme: ThemeNode
    level: int
    reason: str
    known: Goal | None
    steps: tuple[ProposedStep, ...]  # none for a goal that is reached: it is not opened again

    @property
    def adds(self) -> bool:
        """Whether adopting would change anything here."""
        return self.known is None or any(not step.is_there for step in self.steps)

    @property
    def is_reached(self) -> bool:
        """Whether the person has called it reached."""
        return self.known is not None and self.known.status == GoalStatus.REACHED


def proposal(
    template: PlanTemplate, tree: EditionTree, goals: Iterable[Goal], *, today: dt.date
) -> tuple[ProposedGoal, ...]:
    """Return what a template (with its goals and steps read) proposes beside the goals of a plan, with their steps.

    Themes, levels and activities that the edition lacks are left out, and so is what the catalogue offers no more.
    """
    known = {(goal.theme_code, goal.target_level): goal for goal in goals}
    texts = {
        activity.uid: activity.text for theme in tree.themes for cell in theme.cells for activity in cell.activities
    }
    found = []
    for goal in template.goals.all():
        theme = tree.theme_by_code.get(goal.theme_code)
        if theme is None or goal.level > tree.top:
            continue
        here = known.get((goal.theme_code, goal.level))
        there = list(here.steps.all()) if here is not None else []
        steps = tuple(
            ProposedStep(
                step,
                _text(template, step, texts),
                today + dt.timedelta(days=step.days),
                _is_there(step, there, template),
            )
            for step in goal.steps.all()
            if _is_offered(step, texts) and not (here is not None and here.status == GoalStatus.REACHED)
        )
        found.append(ProposedGoal(theme, goal.level, spoken(template, goal.reason), here, steps))
    return tuple(found)


def _is_offered(step: TemplateStep, texts: Mapping[UUID, str]) -> bool:
    if step.kind == StepKind.ACTIVITY:
        return step.activity_uid in texts
    return step.offering is None or step.offering.status == OfferingStatus.LISTED


def _text(template: PlanTemplate, step: TemplateStep, texts: Mapping[UUID, str]) -> str:
    return texts[step.activity_uid] if step.activity_uid is not None else spoken(template, step.text)


def _is_there(step: TemplateStep, there: Iterable[Step], template: PlanTemplate) -> bool:
    if step.kind == StepKind.ACTIVITY:
        return any(each.activity_uid == step.activity_uid for each in there)
    if step.kind == StepKind.SESSION:
        return any(each.offering_id == step.offering_id for each in there)
    if step.kind == StepKind.TOOL:
        return any(each.tool_key == step.tool_key for each in there)
    return any(each.text in (step.text, spoken(template, step.text)) for each in there)
