"""Reads of growth: standings of many at once, and what a person grows towards."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.assessment.answers import LAST_YEAR, everything, give, next_edition
from tests.cast import Cast
from trellis.core import clock
from trellis.framework.models import Edition
from trellis.framework.queries import edition_tree
from trellis.framework.tree import EditionTree
from trellis.growth.access import own_goals, own_plan, own_steps, visible_standings
from trellis.growth.actions import choose_focus
from trellis.growth.models import RoleProfile
from trellis.growth.plan_actions import add_to_plan
from trellis.growth.queries import aim_of, levels, standing_for, standing_with_bars
from trellis.growth.queries import profiles as profiles_for
from trellis.people.models import Person, Role, Term

Profiles = dict[str, RoleProfile]
PEOPLE = ("own", "coached", "private", "colleague", "neighbour")


def test_a_standing_takes_three_queries_and_two_more_for_an_earlier_edition(
    cast: Cast, framework: Edition, tree: EditionTree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = cast.own
    give(person, framework, everything(framework, 3))
    with django_assert_num_queries(2):
        standing_for(tree, person)
    with django_assert_num_queries(3):
        found = standing_with_bars(tree, person)
    assert {each.half_steps for each in found.themes} == {3}
    newer = edition_tree(next_edition(gone=["COM.1"]))
    with django_assert_num_queries(5):
        assert standing_with_bars(newer, person).known == 32


def test_levels_are_those_of_the_standings_for_one_query_less(
    cast: Cast, framework: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [cast.viewer(name) for name in PEOPLE]
    for person in people[:3]:
        give(person, framework, everything(framework, person.pk % 7) | {"ADV.1": None})
    tree = edition_tree(next_edition(gone=["COM.1"]))
    whole = {person.pk: standing_for(tree, person) for person in people}
    with django_assert_num_queries(4):
        found = levels(tree, people)
    for person in people:
        known = {each.theme.code: each.level for each in whole[person.pk].themes if each.is_known}
        assert found.get(person.pk, {}) == known
        assert bool(known) == (person in people[:3])


def test_where_the_new_edition_is_worded_anew_nothing_is_compared(cast: Cast, framework: Edition) -> None:
    give(cast.own, framework, {"ADV.1": 0, "ADV.2": 0}, on=LAST_YEAR)
    newer = next_edition(reworded=["ADV.1"])
    give(cast.own, newer, {"ADV.1": 6, "ADV.2": 6})
    found = {each.theme.code: each for each in standing_for(edition_tree(newer), cast.own).themes}
    assert (found["ADV.1"].previous, found["ADV.1"].change) == (None, 0)
    assert (found["ADV.2"].previous, found["ADV.2"].change) == (0, 1)


def test_the_crosswalk_says_which_theme_and_which_statements_are_the_same(cast: Cast, framework: Edition) -> None:
    give(cast.own, framework, {"ADV.1": 0, "ADV.2": 0, "ADV.3": 6}, on=LAST_YEAR)
    newer = next_edition(moved=["ADV.1", "ADV.2"], same=["ADV.1"])
    give(cast.own, newer, {"ADV.1": 6, "ADV.2": 6})
    tree = edition_tree(newer)
    found = {each.theme.code: each for each in standing_for(tree, cast.own).themes}
    # Both have new uids; only of the one in the crosswalk is it known what it was before.
    assert (found["ADV.1"].previous, found["ADV.1"].change) == (0, 1)
    assert (found["ADV.2"].previous, found["ADV.2"].change) == (None, 0)
    assert levels(tree, [cast.own])[cast.own.pk] == {"ADV.1": 3, "ADV.2": 3, "ADV.3": 3}


def test_an_answer_to_a_theme_that_is_the_same_counts_before_it_is_given_anew(cast: Cast, framework: Edition) -> None:
    give(cast.own, framework, {"ADV.1": 4, "ADV.2": 4})
    tree = edition_tree(next_edition(moved=["ADV.1", "ADV.2"], same=["ADV.1"]))
    assert levels(tree, [cast.own])[cast.own.pk] == {"ADV.1": 2}
    assert [each.theme.code for each in standing_for(tree, cast.own).themes if each.is_known] == ["ADV.1"]


def test_who_has_not_answered_or_not_finished_has_an_empty_standing(
    cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    give(cast.own, framework, everything(framework, 6), finished=False)
    assert [standing_for(tree, person).known for person in (cast.own, cast.private)] == [0, 0]


# what a person grows towards


def test_without_a_choice_the_role_of_today_says(cast: Cast, tree: EditionTree, profiles: Profiles) -> None:
    aim = aim_of(cast.president, tree)
    assert aim.profile == profiles["local-president"]
    assert (aim.targets["GOV.1"], aim.domain_code, aim.chosen) == (3, "", False)
    assert len(aim.targets) == 33


@pytest.mark.parametrize("name", ["own", "former_president", "coach"])
def test_without_a_role_of_today_that_has_a_profile_there_is_no_aim(
    cast: Cast, tree: EditionTree, profiles: Profiles, name: str
) -> None:
    aim = aim_of(cast.viewer(name), tree)
    assert (aim.profile, aim.targets, aim.domain_code, aim.chosen) == (None, {}, "", False)


def test_a_term_that_has_not_begun_gives_no_aim(cast: Cast, tree: EditionTree, profiles: Profiles) -> None:
    tomorrow = clock.today() + dt.timedelta(days=1)
    Term.objects.filter(person=cast.president).update(starts=tomorrow)
    assert aim_of(cast.president, tree).profile is None


def test_of_several_roles_the_first_in_the_associations_order_says(
    cast: Cast, tree: EditionTree, profiles: Profiles
) -> None:
    representative = Role.objects.get(code="building-representative")
    Term.objects.create(person=cast.president, role=representative, unit=cast.unit("Lincoln"), starts=clock.today())
    assert aim_of(cast.president, tree).profile == profiles["building-representative"]


def test_a_chosen_profile_goes_before_the_own_role(cast: Cast, tree: EditionTree, profiles: Profiles) -> None:
    choose_focus(by=cast.president, profile=profiles["local-treasurer"], domain_code="")
    aim = aim_of(cast.president, tree)
    assert (aim.profile, aim.chosen) == (profiles["local-treasurer"], True)
    assert aim.targets["SFH.2"] == 3


def test_a_chosen_domain_leaves_the_role_aside(cast: Cast, tree: EditionTree, profiles: Profiles) -> None:
    choose_focus(by=cast.president, profile=None, domain_code="ORG")
    aim = aim_of(cast.president, tree)
    assert (aim.profile, aim.targets, aim.domain_code, aim.chosen) == (None, {}, "ORG", True)


def test_a_chosen_domain_that_is_gone_is_no_domain(cast: Cast, tree: EditionTree) -> None:
    choose_focus(by=cast.own, profile=None, domain_code="OLD")
    assert aim_of(cast.own, tree).domain_code == ""


def test_choosing_the_own_role_again_is_no_choice_of_another(cast: Cast, tree: EditionTree, profiles: Profiles) -> None:
    choose_focus(by=cast.president, profile=profiles["local-treasurer"], domain_code="")
    choose_focus(by=cast.president, profile=None, domain_code="")
    aim = aim_of(cast.president, tree)
    assert (aim.profile, aim.chosen) == (profiles["local-president"], False)


def test_a_chosen_profile_that_is_gone_gives_way_to_the_own_role(
    cast: Cast, tree: EditionTree, profiles: Profiles
) -> None:
    choose_focus(by=cast.president, profile=profiles["local-treasurer"], domain_code="")
    profiles["local-treasurer"].delete()
    aim = aim_of(cast.president, tree)
    assert (aim.profile, aim.chosen) == (profiles["local-president"], False)


def test_an_aim_lasts_over_a_new_edition(cast: Cast, profiles: Profiles) -> None:
    tree = edition_tree(next_edition())
    assert aim_of(cast.president, tree).targets["GOV.1"] == 3


def test_profiles_come_in_the_roles_order_with_their_targets(
    tree: EditionTree, profiles: Profiles, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        found = [(profile.role.code, len(profile.targets.all())) for profile in profiles_for(tree)]
    assert [code for code, _ in found] == [
        "building-representative",
        "local-president",
        "local-treasurer",
        "bargaining-team-member",
        "state-leadership-staff",
    ]
    assert all(count >= 10 for _, count in found)


# whose


def test_a_plan_is_seen_by_its_person_and_nobody_else(cast: Cast, tree: EditionTree) -> None:
    goal = add_to_plan(tree.themes[0], tree, target=1, reason="", by=cast.own)
    assert list(own_goals(cast.own)) == [goal]
    assert own_plan(cast.own).count() == 1
    assert own_steps(cast.own).count() == 3
    for name in ("president", "coach", "steward", "colleague"):
        viewer: Person = cast.viewer(name)
        assert not own_plan(viewer).exists()
        assert not own_goals(viewer).exists()
        assert not own_steps(viewer).exists()


def test_a_standing_is_seen_by_those_who_see_the_file(cast: Cast) -> None:
    assert set(visible_standings(cast.president)) == {cast.president, cast.own}
    assert set(visible_standings(cast.colleague)) == {cast.colleague}
