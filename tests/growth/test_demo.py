"""The fictional association's profiles, and the plan that its building representative has begun."""

import random

import pytest

from trellis.assessment.instruments import DEEP_SELF
from trellis.assessment.models import Rating, Response
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


def test_she_has_goals_and_the_first_step_of_one_is_done(rosa: Person, tree: EditionTree) -> None:
    load(random.Random("growth"))
    goals = list(Goal.objects.filter(plan__person=rosa))
    assert all(goal.theme_code in tree.theme_by_code for goal in goals)
    assert [step.done_at is not None for step in goals[0].steps.all()] == [True, False, False]
    assert RoleProfile.objects.filter(is_suggestion=True).count() == 5


def test_it_is_the_same_every_time(rosa: Person) -> None:
    found = []
    for _ in range(2):
        load(random.Random("growth"))
        steps = list(Step.objects.order_by("pk").values_list("goal__theme_code", "text", "activity_uid"))
        answers = list(Rating.objects.order_by("pk").values_list("response__wave", "statement", "aspect", "value"))
        found.append((steps, answers))
        Plan.objects.all().delete()
        Response.objects.all().delete()
    assert found[0] == found[1]
    assert len(found[0][0]) == 6


def test_she_has_looked_closer_at_both_themes_twice_and_goes_on(rosa: Person) -> None:
    load(random.Random("growth"))
    looks = list(Response.objects.filter(subject=rosa, instrument__code=DEEP_SELF).order_by("wave"))
    planned = set(Goal.objects.filter(plan__person=rosa).values_list("theme_code", flat=True))
    assert [look.finished_at is not None for look in looks] == [True, True, False]
    assert [set(look.themes) for look in looks[:2]] == [planned, planned]
    assert all(look.ratings.exists() for look in looks)


def test_without_her_the_profiles_are_there_all_the_same(framework: Edition) -> None:
    load(random.Random("growth"))
    assert (RoleProfile.objects.count(), Plan.objects.count()) == (5, 0)


def test_without_a_framework_it_says_what_comes_first(framework: Edition) -> None:
    retire_edition(framework, by=None)
    with pytest.raises(LookupError, match="framework comes first"):
        load(random.Random("growth"))
