"""The fictional association's profiles, and its building representative's closer looks."""

import random

import pytest

from trellis.assessment.instruments import DEEP_SELF
from trellis.assessment.models import Rating, Response
from trellis.framework.actions import retire_edition
from trellis.framework.models import Edition
from trellis.growth.demo import load
from trellis.growth.models import RoleProfile
from trellis.people.demo.cast import cast_member
from trellis.people.models import Person


@pytest.fixture
def rosa(framework: Edition) -> Person:
    """The building representative of the tour, alone in the association."""
    one = cast_member("building-representative")
    assert one is not None
    return Person.objects.create(email=one.email, given_name=one.given_name, family_name=one.family_name)


def test_it_is_the_same_every_time(rosa: Person) -> None:
    found = []
    for _ in range(2):
        load(random.Random("growth"))
        found.append(list(Rating.objects.order_by("pk").values_list("response__wave", "statement", "aspect", "value")))
        Response.objects.all().delete()
    assert found[0] == found[1]
    assert len(found[0]) > 30


def test_she_has_looked_closer_at_both_themes_twice_and_goes_on(rosa: Person) -> None:
    load(random.Random("growth"))
    looks = list(Response.objects.filter(subject=rosa, instrument__code=DEEP_SELF).order_by("wave"))
    planned = {"SFH.3", "SFH.4"}  # of her plan, see plan_demo
    assert [look.finished_at is not None for look in looks] == [True, True, False]
    assert [set(look.themes) for look in looks[:2]] == [planned, planned]
    assert all(look.ratings.exists() for look in looks)


def test_without_her_the_profiles_are_there_all_the_same(framework: Edition) -> None:
    load(random.Random("growth"))
    assert RoleProfile.objects.filter(is_suggestion=True).count() == 5


def test_without_a_framework_it_says_what_comes_first(framework: Edition) -> None:
    retire_edition(framework, by=None)
    with pytest.raises(LookupError, match="framework comes first"):
        load(random.Random("growth"))
