"""Plans of a cohort side by side: each only as far as its owner lets the others of that cohort see."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from trellis.growth.models import Plan, PlanSharing
from trellis.growth.plan_queries import SharedGoal, shared_plans
from trellis.learning.cohort_access import own_places
from trellis.learning.models import CohortMember
from trellis.people.models import Person


@dataclass(frozen=True, slots=True)
class CohortPlan:
    """What one member shows the others; `name` is empty for who does not show it."""

    name: str
    is_own: bool
    goals: tuple[SharedGoal, ...]


@dataclass(frozen=True, slots=True)
class CohortPlans:
    """The plans that a cohort shares, the viewer's own first; and the themes that several work on, by name."""

    plans: tuple[CohortPlan, ...]
    together: tuple[str, ...]


def cohort_plans(viewer: Person, cohort: uuid.UUID) -> CohortPlans | None:
    """Return what the members of a cohort (its uid) show each other, or None for who is not in it. Five queries."""
    place = own_places(viewer).filter(cohort__uid=cohort).first()
    if place is None:
        return None
    members = list(
        CohortMember.objects.filter(cohort=place.cohort_id, left_on=None, person__is_active=True)
        .exclude(shares_plan=PlanSharing.NOTHING)
        .select_related("person")
    )
    goals = _goals_of({member.person_id: member.shares_plan for member in members})
    shown = [
        CohortPlan(
            member.person.given_name if member.shows_name else "", member.pk == place.pk, goals[member.person_id]
        )
        for member in members
        if goals.get(member.person_id)
    ]
    shown.sort(key=lambda one: (not one.is_own, not one.name, one.name))
    names = [goal.theme_name for plan in shown for goal in {goal.theme_code: goal for goal in plan.goals}.values()]
    together = sorted({name for name in names if names.count(name) > 1})
    return CohortPlans(tuple(shown), tuple(together))


def _goals_of(sharing: Mapping[int, str]) -> dict[int, tuple[SharedGoal, ...]]:
    """Return goals by person key, with the steps only of who shares them; three queries for any number."""
    found = shared_plans(Plan.objects.filter(person__in=sharing), sharing=PlanSharing.STEPS)
    return {
        person: plan.goals
        if sharing[person] == PlanSharing.STEPS
        else tuple(replace(goal, steps=()) for goal in plan.goals)
        for person, plan in found.items()
    }
