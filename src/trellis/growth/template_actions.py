"""Writes of plan templates: load ours, adopt one into a plan, change one. Each is atomic and leaves an audit row."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.framework.models import Edition
from trellis.framework.queries import edition_tree
from trellis.framework.tree import ActivityNode, EditionTree
from trellis.growth.models import Goal, PlanTemplate, Step, StepKind, TemplateGoal, TemplateStep
from trellis.growth.plan_actions import MONTH, held_plan
from trellis.growth.plan_templates import shipped
from trellis.growth.template_proposal import ProposedStep, proposal
from trellis.learning.models import Offering
from trellis.people.models import Person, Role

_LANGUAGES = ("es",)


@transaction.atomic
def load_templates(edition: Edition, *, by: audit.Actor | None) -> int:
    """Store the plans that come with Trellis for an edition's framework; returns how many are new. Known ones stay."""
    roles = {role.code: role for role in Role.objects.all()}
    tree, new = edition_tree(edition), 0
    for content in shipped():
        role = roles.get(content.get("role", ""))
        if content["framework"] != edition.framework.code or ("role" in content and role is None):
            continue
        template, is_new = PlanTemplate.objects.get_or_create(
            framework=edition.framework,
            key=content["key"],
            defaults={
                "role": role,
                "title": content["title"],
                "about": content["about"],
                "words": {code: content[code] for code in _LANGUAGES if code in content},
                "is_suggestion": True,
            },
        )
        if is_new:
            _store(template, tree, content["goals"])
            audit.record(by=by, action="growth.template.load", target=f"template:{template.uid}")
            new += 1
    return new


def _store(template: PlanTemplate, tree: EditionTree, goals: list[dict[str, Any]]) -> None:
    for place, content in enumerate(goals, 1):
        theme = tree.theme_by_code.get(content["theme"])
        if theme is None:
            continue
        goal = TemplateGoal.objects.create(
            template=template,
            theme_code=theme.code,
            level=content["level"],
            reason=content["reason"],
            order=place,
        )
        steps = []
        for number, step in enumerate(content["steps"], 1):
            kept = TemplateStep(goal=goal, days=step["after"], order=number, text=step.get("text", ""))
            if "activity" in step:
                activity = theme.cell(step["level"]).activities[step["activity"] - 1]
                kept.kind, kept.activity_uid, kept.text = StepKind.ACTIVITY, activity.uid, activity.text
            steps.append(kept)
        TemplateStep.objects.bulk_create(steps)


@transaction.atomic
def adopt_template(template: PlanTemplate, tree: EditionTree, *, by: Person) -> int:
    """Put a template into somebody's own plan, with days counted from today; returns how many steps are new.

    What is in the plan already stays as it is, and is not added twice.
    """
    plan = held_plan(by)
    goals = list(Goal.objects.filter(plan=plan).prefetch_related("steps"))
    new = 0
    for proposed in proposal(template, tree, goals, today=clock.today()):
        fresh = [step for step in proposed.steps if not step.is_there]
        goal = proposed.known
        if goal is None:
            goal = Goal.objects.create(
                plan=plan,
                theme_code=proposed.theme.code,
                theme_name=proposed.theme.short,
                target_level=proposed.level,
                reason=proposed.reason,
                due_on=max((step.due_on for step in fresh), default=clock.today() + MONTH),
            )
        last = Step.every.filter(goal=goal).aggregate(last=Max("order"))["last"] or 0
        Step.objects.bulk_create(_step(goal, one, last + place) for place, one in enumerate(fresh, 1))
        new += len(fresh)
    audit.record(
        by=by,
        action="growth.template.adopt",
        target=f"plan:{plan.uid}",
        detail={"template": str(template.uid), "steps": new},
    )
    return new


def _step(goal: Goal, proposed: ProposedStep, order: int) -> Step:
    kept = proposed.step
    return Step(
        goal=goal,
        kind=kept.kind,
        activity_uid=kept.activity_uid,
        offering=kept.offering,
        tool_key=kept.tool_key,
        text=proposed.text,
        due_on=proposed.due_on,
        order=order,
    )


@dataclass(frozen=True, slots=True)
class About:
    """What a template is: its title and text, for which role, and whether everybody is offered it."""

    title: str
    about: str
    role: Role | None
    is_listed: bool


@transaction.atomic
def make_template(edition: Edition, about: About, *, by: Person) -> PlanTemplate:
    """Begin a new template, without goals."""
    found = PlanTemplate.objects.create(
        framework=edition.framework,
        title=about.title,
        about=about.about,
        role=about.role,
        is_listed=about.is_listed,
    )
    audit.record(by=by, action="growth.template.new", target=f"template:{found.uid}")
    return found


@transaction.atomic
def change_template(template: PlanTemplate, about: About, *, by: Person) -> None:
    """Change what a template is; from then on it is the association's own."""
    template.title, template.about = about.title, about.about
    template.role, template.is_listed, template.is_suggestion = about.role, about.is_listed, False
    template.save(update_fields=["title", "about", "role", "is_listed", "is_suggestion"])
    _changed(template, by=by, what="about")


@transaction.atomic
def add_template_goal(template: PlanTemplate, *, theme_code: str, level: int, reason: str, by: Person) -> TemplateGoal:
    """Add a goal to a template; raises ValidationError when it has one for the theme already."""
    if template.goals.filter(theme_code=theme_code).exists():
        raise ValidationError(_("There is a goal for this theme already."))
    last = template.goals.aggregate(last=Max("order"))["last"] or 0
    goal = TemplateGoal.objects.create(
        template=template, theme_code=theme_code, level=level, reason=reason, order=last + 1
    )
    _changed(template, by=by, what="goal")
    return goal


@transaction.atomic
def remove_template_goal(goal: TemplateGoal, *, by: Person) -> None:
    """Take a goal and its steps out of a template; plans that adopted it keep theirs."""
    _changed(goal.template, by=by, what="goal")
    goal.delete()


@transaction.atomic
def add_template_step(
    goal: TemplateGoal, *, days: int, by: Person, text: str = "",
    activity: ActivityNode | None = None, offering: Offering | None = None,
) -> TemplateStep:  # fmt: skip
    """Add a step to a goal of a template: an activity, an offering, or words of one's own."""
    last = goal.steps.aggregate(last=Max("order"))["last"] or 0
    step = TemplateStep(goal=goal, days=days, order=last + 1, text=text)
    if activity is not None:
        step.kind, step.activity_uid, step.text = StepKind.ACTIVITY, activity.uid, activity.text
    elif offering is not None:
        step.kind, step.offering, step.text = StepKind.SESSION, offering, offering.title
    step.save()
    _changed(goal.template, by=by, what="step")
    return step


@transaction.atomic
def remove_template_step(step: TemplateStep, *, by: Person) -> None:
    """Take a step out of a template."""
    _changed(step.goal.template, by=by, what="step")
    step.delete()


def _changed(template: PlanTemplate, *, by: Person, what: str) -> None:
    PlanTemplate.objects.filter(pk=template.pk).update(is_suggestion=False)
    audit.record(by=by, action="growth.template.change", target=f"template:{template.uid}", detail={"what": what})
