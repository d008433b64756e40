"""The fictional association's plans: one lived in, some begun, the same every time but for the days."""

import datetime as dt
import random

import pytest

from tests.assessment.answers import everything, give
from tests.cast import Cast
from tests.growth.plan.sessions import offering
from trellis.core import clock
from trellis.framework.actions import retire_edition
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.growth.actions import load_profiles
from trellis.growth.models import CheckIn, Goal, GoalStatus, Plan, PlanTemplate, Reflection, Step, StepKind
from trellis.growth.own_words import own_words
from trellis.growth.plan_demo import load_plans
from trellis.growth.what_next import Way
from trellis.growth.what_next_queries import what_next_for
from trellis.people.demo.cast import CAST
from trellis.people.models import Membership, Person, Unit


@pytest.fixture
def people(framework: Edition, cast: Cast) -> dict[str, Person]:
    """The six of the tour, and twelve members of their local who have said where they stand."""
    local = Unit.objects.filter(pk=cast.unit("Riverside").pk)
    local.update(name="Riverside ESP Association")
    found = {one.key: Person.objects.create(email=one.email, given_name=one.given_name) for one in CAST}
    for number in range(12):
        member = Person.objects.create(email=f"member{number}@example.org", family_name=f"M{number:02}")
        Membership.objects.create(person=member, unit=local.get(), since=dt.date(2024, 1, 1))
        give(member, framework, everything(framework, number % 5))
    return found


@pytest.fixture
def rosa(people: dict[str, Person]) -> Person:
    """The building representative, her plan loaded."""
    load_plans(random.Random("plans"))
    return people["building-representative"]


def test_she_has_a_why_goals_in_every_state_and_steps_of_several_kinds(rosa: Person) -> None:
    plan = Plan.objects.get(person=rosa)
    assert own_words(rosa).read(plan.sealed).keys() == {"why", "what", "for_whom"}
    statuses = [goal.status for goal in plan.goals.all()]
    assert sorted(statuses) == sorted([GoalStatus.OPEN] * 3 + [GoalStatus.PAUSED, GoalStatus.REACHED])
    assert set(Step.objects.filter(goal__plan=plan).values_list("kind", flat=True)) >= {StepKind.ACTIVITY, StepKind.OWN}
    assert CheckIn.objects.filter(plan=plan).count() == 2
    assert Reflection.objects.filter(plan=plan).count() == 1
    assert plan.check_in_on is not None
    assert plan.check_in_on > clock.today()


def test_her_next_step_is_a_little_late(rosa: Person) -> None:
    found = what_next_for(rosa)
    assert found is not None
    assert found.way == Way.LATE


def test_where_the_catalogue_teaches_her_theme_a_session_is_among_her_steps(
    people: dict[str, Person], cast: Cast, tree: EditionTree
) -> None:
    theme = tree.theme_by_code["ORG.4"]
    found = offering(cast, theme, theme.cell(2), title="Actions that work", format="self-paced")
    load_plans(random.Random("plans"))
    step = Step.objects.get(kind=StepKind.SESSION)
    assert (step.offering, step.text) == (found, "Actions that work")


def test_others_have_begun_and_some_share(rosa: Person) -> None:
    others = Plan.objects.exclude(person__email__in=[one.email for one in CAST])
    assert others.count() == 12
    assert all(1 <= plan.goals.count() <= 2 for plan in others)
    assert len(set(others.values_list("shared_with_mentors", flat=True))) == 3


def test_it_is_the_same_every_time(people: dict[str, Person]) -> None:
    found = []
    for _ in range(2):
        load_plans(random.Random("plans"))
        steps = Step.objects.order_by("goal__plan__person__email", "goal__pk", "order").values_list(
            "uid", "text", "due_on", "kind"
        )
        found.append(list(steps))
        Plan.objects.all().delete()
    assert found[0] == found[1]
    assert len(found[0]) > 30


def test_nobody_of_the_tour_is_needed(framework: Edition, db: None) -> None:
    load_profiles(framework, by=None)
    load_plans(random.Random("plans"))
    assert Plan.objects.count() == 0
    assert PlanTemplate.objects.exists()
    assert Goal.objects.count() == 0


def test_without_a_framework_it_says_what_comes_first(framework: Edition) -> None:
    retire_edition(framework, by=None)
    with pytest.raises(LookupError, match="framework comes first"):
        load_plans(random.Random("plans"))
