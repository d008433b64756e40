"""Writes of growth: profiles, focus, plans. Each is atomic and leaves an audit row."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree, ThemeNode
from trellis.growth.models import Focus, Goal, Plan, ProfileTarget, RoleProfile, Step
from trellis.growth.profiles import suggested
from trellis.people.models import Person, Role

# A first goal starts small: three things to do, a month apart.
FIRST_STEPS = 3
MONTH = dt.timedelta(days=30)


@transaction.atomic
def load_profiles(edition: Edition, *, by: audit.Actor | None) -> int:
    """Store the suggested role profiles of an edition's framework; returns how many are new. Known ones stay."""
    roles = {role.code: role for role in Role.objects.all()}
    new = 0
    for content in suggested():
        role = roles.get(content["role"])
        if role is None or content["framework"] != edition.framework.code:
            continue
        if RoleProfile.objects.filter(edition__framework=edition.framework, role=role).exists():
            continue
        profile = RoleProfile.objects.create(edition=edition, role=role)
        _set_targets(profile, content["targets"])
        audit.record(by=by, action="growth.profile", target=f"profile:{profile.uid}")
        new += 1
    return new


@transaction.atomic
def change_profile(profile: RoleProfile, targets: Mapping[str, int], *, by: Person) -> None:
    """Replace a profile's targets (level by theme code); from then on it is the association's own."""
    profile.targets.all().delete()
    _set_targets(profile, targets)
    RoleProfile.objects.filter(pk=profile.pk).update(is_suggestion=False)
    audit.record(by=by, action="growth.profile.change", target=f"profile:{profile.uid}", detail=dict(targets))


def _set_targets(profile: RoleProfile, targets: Mapping[str, int]) -> None:
    ProfileTarget.objects.bulk_create(
        [ProfileTarget(profile=profile, theme_code=code, level=level) for code, level in targets.items()]
    )


@transaction.atomic
def choose_focus(*, by: Person, profile: RoleProfile | None, domain_code: str) -> Focus:
    """Keep what the person wants to grow towards: a role profile, or a domain, or (both empty) what their role asks."""
    focus, _new = Focus.objects.update_or_create(person=by, defaults={"profile": profile, "domain_code": domain_code})
    audit.record(by=by, action="growth.focus", target=f"person:{by.uid}", detail={"domain": domain_code})
    return focus


@transaction.atomic
def add_to_plan(theme: ThemeNode, tree: EditionTree, *, target: int, reason: str, by: Person) -> Goal:
    """Add a goal for a theme and its first steps from the activities of the target level, a month apart.

    A goal that is there already is returned as it is. Raises ValidationError for a level that the theme lacks.
    """
    if not 1 <= target <= tree.top:
        raise ValidationError(_("There is no such level."))
    # Held, so that the same goal sent twice at once is one goal.
    plan, is_new = Plan.objects.select_for_update().get_or_create(person=by)
    goal = Goal.objects.filter(plan=plan, theme_code=theme.code, target_level=target).first()
    if goal is not None:
        return goal
    today = clock.today()
    activities = theme.cell(target).activities[:FIRST_STEPS]
    goal = Goal.objects.create(
        plan=plan,
        theme_code=theme.code,
        theme_name=theme.short,
        target_level=target,
        reason=reason,
        due_on=today + MONTH * max(1, len(activities)),
    )
    Step.objects.bulk_create(
        Step(goal=goal, activity_uid=activity.uid, text=activity.text, due_on=today + MONTH * place, order=place)
        for place, activity in enumerate(activities, 1)
    )
    audit.record(
        by=by, action="growth.goal.add", target=f"goal:{goal.uid}", detail={"theme": theme.code, "new_plan": is_new}
    )
    return goal


@transaction.atomic
def add_step(goal: Goal, *, text: str, due_on: dt.date | None, by: Person) -> Step:
    """Add a step of one's own to the end of a goal."""
    last = goal.steps.aggregate(last=Max("order"))["last"] or 0
    step = Step.objects.create(goal=goal, text=text, due_on=due_on, order=last + 1)
    audit.record(by=by, action="growth.step.add", target=f"step:{step.uid}")
    return step


@transaction.atomic
def mark_step(step: Step, *, done: bool, by: Person) -> None:
    """Mark a step as done, or as not done after all; one that is so already keeps its date."""
    if (step.done_at is not None) == done:
        return
    step.done_at = clock.now() if done else None
    step.save(update_fields=["done_at"])
    audit.record(by=by, action="growth.step.done" if done else "growth.step.undone", target=f"step:{step.uid}")


@transaction.atomic
def move_step(step: Step, *, due_on: dt.date | None, by: Person) -> None:
    """Give a step another date, or none."""
    step.due_on = due_on
    step.save(update_fields=["due_on"])
    audit.record(by=by, action="growth.step.move", target=f"step:{step.uid}")


@transaction.atomic
def remove_goal(goal: Goal, *, by: Person) -> None:
    """Take a goal and its steps out of the plan."""
    audit.record(by=by, action="growth.goal.remove", target=f"goal:{goal.uid}", detail={"theme": goal.theme_code})
    goal.delete()
