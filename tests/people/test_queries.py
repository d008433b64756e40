"""Reads of people: who belongs where, how they are called, whom a team is made of, who could see a file."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import NAMES, Cast
from trellis.core import clock
from trellis.people.access import visible_files
from trellis.people.models import Membership, Person, Sharing, Term
from trellis.people.queries import demo_cast, home_unit, people_of, place_of, team_of, watchers_of


def test_people_of_a_local_are_all_active_members_inside_it(cast: Cast) -> None:
    there = {"own", "coached", "private", "colleague", "representative", "treasurer", "president", "former_president"}
    people = set(people_of(cast.unit("Riverside")))
    assert people == {cast.viewer(name) for name in there | {"coach"}}


def test_people_with_two_memberships_are_counted_once(cast: Cast) -> None:
    Membership.objects.create(person=cast.persons["own"], unit=cast.unit("Harbor"), since=clock.today())
    assert people_of(cast.unit("Riverside")).filter(pk=cast.persons["own"].pk).count() == 1


def test_home_is_the_worksite_and_not_the_committee(cast: Cast) -> None:
    long_ago = dt.date(2001, 1, 1)
    Membership.objects.create(person=cast.persons["own"], unit=cast.unit("Riverside board"), since=long_ago)
    assert home_unit(cast.own) == cast.unit("Lincoln")
    assert home_unit(cast.gone) is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("representative", "Building representative and paraeducator · Lincoln · Riverside"),
        ("own", "Paraeducator · Lincoln · Riverside"),
        ("state_staff", "State leadership staff and paraeducator · Alder"),
        ("gone", "Paraeducator"),
        ("former_president", "Paraeducator · Lincoln · Riverside"),
    ],
)
def test_a_place_reads_as_it_stands_under_the_name(
    cast: Cast, name: str, words: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person = cast.viewer(name)
    with django_assert_max_num_queries(3):
        assert str(place_of(person)) == words


def test_a_job_that_begins_with_an_abbreviation_keeps_its_capitals(cast: Cast) -> None:
    person = cast.representative
    person.occupation = "ESP aide"
    assert place_of(person).work == "Building representative and ESP aide"


def test_a_team_has_its_size_and_those_who_share(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = cast.president
    with django_assert_max_num_queries(4):
        team = team_of(viewer, cast.unit("Riverside"))
    assert (team.size, team.sharing) == (9, (cast.own,))


def test_a_leaders_own_private_file_is_no_part_of_the_team(cast: Cast) -> None:
    assert cast.president not in team_of(cast.president, cast.unit("Riverside")).sharing


def test_a_team_asked_for_by_one_who_does_not_lead_it_shows_nobody(cast: Cast) -> None:
    for name in set(NAMES) - {"president", "own"}:
        assert team_of(cast.viewer(name), cast.unit("Riverside")).sharing == ()


@pytest.mark.parametrize("sharing", list(Sharing))
def test_who_is_named_as_watcher_is_exactly_who_can_see_the_file(cast: Cast, sharing: Sharing) -> None:
    Person.objects.update(sharing=sharing)
    viewers = [cast.viewer(name) for name in NAMES]
    for name in set(NAMES) - {"anonymous", "suspended"}:
        person = cast.viewer(name)
        watchers = watchers_of(person)
        told = {Sharing.ME: (), Sharing.COACH: watchers.coaches, Sharing.LEADERS: watchers.leaders}[sharing]
        can = {viewer.pk for viewer in viewers if viewer != person and person in visible_files(viewer)}
        assert {term.person_id for term in told} == can, name


def test_watchers_are_found_with_two_queries(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = cast.own
    with django_assert_num_queries(2):
        watchers = watchers_of(person)
        assert [term.person.given_name for term in watchers.leaders] == ["President"]
        assert [term.role.name for term in watchers.coaches] == ["Coach"]


def test_a_president_whose_term_is_over_is_no_watcher(cast: Cast) -> None:
    Term.objects.filter(person=cast.persons["president"]).update(ends=clock.today() - dt.timedelta(days=1))
    assert watchers_of(cast.own).leaders == ()


def test_before_the_demo_is_loaded_there_is_no_part_to_take(db: None) -> None:
    assert demo_cast() == ()
