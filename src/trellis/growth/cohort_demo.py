"""Plans for some members of the fictional association's running cohort, so that there is something to share."""

import random

from trellis.core import clock
from trellis.framework.tree import EditionTree
from trellis.growth.plan_actions import add_to_plan
from trellis.growth.step_actions import mark_step
from trellis.learning.models import CohortMember, PlanSharing

_SHARERS = 4


def load_cohort_plans(rng: random.Random, tree: EditionTree) -> None:
    """Give some who share their plan two goals of what the programme develops, with a step done here and there."""
    members = (
        CohortMember.objects.filter(cohort__starts_on__lte=clock.today(), cohort__ends_on__gte=clock.today())
        .exclude(shares_plan=PlanSharing.NOTHING)
        .exclude(person__plan__isnull=False)
        .select_related("person", "cohort__programme")
        .order_by("pk")
    )
    for member in members[:_SHARERS]:
        cells = list(member.cohort.programme.cells.all())
        for cell in rng.sample(cells, min(2, len(cells))):
            theme = tree.theme_by_code[cell.theme_code]
            goal = add_to_plan(theme, tree, target=cell.level, reason="", by=member.person)
            first = goal.steps.first()
            if first is not None and rng.random() < 0.6:
                mark_step(first, done=True, by=member.person)
