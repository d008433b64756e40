"""The fictional association's profiles, and the plan that its building representative has begun."""

import random

import pytest

from trellis.framework.actions import retire_edition
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.growth.demo import load
from trellis.growth.models import Goal, Plan, RoleProfile, Step
from trellis.people.demo.cast import cast_member
from trellis.people.models import Person


@pytest.fixture
def rosa(framework: Edition) -> Person:
    """The building representative of the tour, alone in the association."""
    one = cast_member("building-representative")
    assert one is not None
    return Person.objects.create(email=one.email, given_name=one.given_name, family_name=one.family_name)


def test_she_has_a_goal_with_its_first_step_done(rosa: Person, tree: EditionTree) -> None:
    load(random.Random("growth"))
    goal = Goal.objects.get(plan__person=rosa)
    assert goal.theme_code in tree.theme_by_code
    assert [step.done_at is not None for step in goal.steps.all()] == [True, False, False]
    assert RoleProfile.objects.filter(is_suggestion=True).count() == 5


def test_it_is_the_same_every_time(rosa: Person) -> None:
    found = []
    for _ in range(2):
        load(random.Random("growth"))
        found.append(list(Step.objects.order_by("pk").values_list("goal__theme_code", "text", "activity_uid")))
        Plan.objects.all().delete()
    assert found[0] == found[1]
    assert len(found[0]) == 3


def test_without_her_the_profiles_are_there_all_the_same(framework: Edition) -> None:
    load(random.Random("growth"))
    assert (RoleProfile.objects.count(), Plan.objects.count()) == (5, 0)


def test_without_a_framework_it_says_what_comes_first(framework: Edition) -> None:
    retire_edition(framework, by=None)
    with pytest.raises(LookupError, match="framework comes first"):
        load(random.Random("growth"))
