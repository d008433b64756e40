"""The fixed groups between which fairness may be checked."""

import datetime as dt

from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from trellis.core import clock
from trellis.people.models import Membership, Person
from trellis.people.queries import LANGUAGE, STATE, groups_of


def test_a_person_is_in_the_group_of_their_language_and_of_their_state(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Person.objects.filter(pk=cast.own.pk).update(language="es")
    keys = {name: cast.persons[name].pk for name in ("own", "neighbour", "other_state_president", "state_staff")}
    with django_assert_num_queries(3):
        found = groups_of(list(keys.values()))
    assert {name: found[LANGUAGE][key] for name, key in keys.items()} == {
        "own": "es",
        "neighbour": "en",
        "other_state_president": "en",
        "state_staff": "en",
    }
    alder, tamarack = (str(cast.unit(name).uid) for name in ("Alder", "Tamarack"))
    assert {name: found[STATE][key] for name, key in keys.items()} == {
        "own": alder,
        "neighbour": alder,
        "other_state_president": tamarack,
        "state_staff": alder,
    }


def test_who_belongs_to_no_state_today_is_in_no_group_of_states(cast: Cast) -> None:
    keys = [cast.persons[name].pk for name in ("steward", "gone")]
    assert groups_of(keys)[STATE] == {}


def test_of_several_states_the_earliest_counts(cast: Cast) -> None:
    Membership.objects.create(person=cast.own, unit=cast.unit("Harrow"), since=clock.today() - dt.timedelta(days=1))
    assert groups_of([cast.own.pk])[STATE] == {cast.own.pk: str(cast.unit("Alder").uid)}
    Membership.objects.create(person=cast.own, unit=cast.unit("Harrow"), since=dt.date(2001, 1, 1), until=clock.today())
    assert groups_of([cast.own.pk])[STATE] == {cast.own.pk: str(cast.unit("Tamarack").uid)}


def test_of_nobody_there_are_no_groups(db: None) -> None:
    assert groups_of([]) == {LANGUAGE: {}, STATE: {}}
