"""Who sees whom: deny by default, and access that ends with the term."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import NAMES, Cast
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.people.access import (
    active_terms,
    can_keep_framework,
    leads_someone,
    led_units,
    opens_files,
    own_looks,
    sees_others,
    units_granting,
    visible_files,
    visible_units,
)
from trellis.people.actions import note_look
from trellis.people.models import Looked, Membership, Person, Role, Sharing, Term

FILES = {
    "anonymous": set(),
    "suspended": set(),
    "president": {"president", "own"},
    "sibling_president": {"sibling_president", "neighbour"},
    "coach": {"coach", "coached"},
}
RIVERSIDE = {"Common Ground", "Alder", "Riverside"}
UNITS = {
    "anonymous": set(),
    "suspended": set(),
    "gone": set(),
    "president": RIVERSIDE | {"Lincoln", "Harbor", "Riverside board"},
    "treasurer": RIVERSIDE | {"Lincoln", "Harbor", "Riverside board"},
    "coach": RIVERSIDE | {"Lincoln", "Harbor", "Riverside board"},
    "neighbour": {"Common Ground", "Alder", "Millbrook", "Orchard"},
    "sibling_president": {"Common Ground", "Alder", "Millbrook", "Orchard"},
    "state_staff": RIVERSIDE | {"Lincoln", "Harbor", "Riverside board", "Millbrook", "Orchard"},
    "other_state_president": {"Common Ground", "Tamarack", "Harrow", "Driftwood"},
    "steward": RIVERSIDE
    | {"Lincoln", "Harbor", "Riverside board", "Millbrook", "Orchard", "Tamarack", "Harrow", "Driftwood"},
}
LED = {
    "president": {"Riverside", "Lincoln", "Harbor", "Riverside board"},
    "sibling_president": {"Millbrook", "Orchard"},
    "other_state_president": {"Harrow", "Driftwood"},
}
NOON = dt.datetime(2026, 5, 20, 17, tzinfo=dt.UTC)  # noon in Chicago


def seen(cast: Cast, name: str) -> set[str]:
    by_key = {person.pk: known for known, person in cast.persons.items()}
    return {by_key[person.pk] for person in visible_files(cast.viewer(name))}


@pytest.mark.parametrize("name", NAMES)
def test_each_of_the_cast_sees_exactly_these_files(cast: Cast, name: str) -> None:
    assert seen(cast, name) == FILES.get(name, {name})


@pytest.mark.parametrize("name", NAMES)
def test_each_of_the_cast_sees_exactly_these_units(cast: Cast, name: str) -> None:
    assert {unit.name for unit in visible_units(cast.viewer(name))} == UNITS.get(name, RIVERSIDE | {"Lincoln"})


@pytest.mark.parametrize("name", NAMES)
def test_each_of_the_cast_leads_exactly_these_units(cast: Cast, name: str) -> None:
    viewer = cast.viewer(name)
    assert {unit.name for unit in led_units(viewer)} == LED.get(name, set())
    assert leads_someone(viewer) is (name in LED)
    assert opens_files(viewer) is (name in LED or name == "coach")
    assert sees_others(viewer) is (name in LED or name in {"coach", "state_staff", "steward"})


@pytest.mark.parametrize("name", NAMES)
def test_only_the_steward_keeps_the_framework(cast: Cast, name: str) -> None:
    assert can_keep_framework(cast.viewer(name)) is (name == "steward")


def test_a_steward_of_a_state_does_not_keep_the_framework_of_all(cast: Cast) -> None:
    Term.objects.filter(person=cast.persons["steward"]).update(unit=cast.unit("Alder"))
    assert not can_keep_framework(cast.steward)


@pytest.mark.parametrize("role", ["local-president", "coach"])
@pytest.mark.parametrize("unit", ["Alder", "Common Ground", "Riverside board"])
def test_no_term_above_the_local_and_none_in_a_committee_opens_files(cast: Cast, role: str, unit: str) -> None:
    Term.objects.filter(person=cast.persons["state_staff"]).update(
        role=Role.objects.get(code=role), unit=cast.unit(unit)
    )
    assert seen(cast, "state_staff") == {"state_staff"}
    assert not led_units(cast.state_staff)
    assert not opens_files(cast.state_staff)


def test_a_term_in_a_worksite_opens_that_worksite_only(cast: Cast) -> None:
    Term.objects.filter(person=cast.persons["president"]).update(unit=cast.unit("Lincoln"))
    Person.objects.filter(pk=cast.persons["treasurer"].pk).update(sharing=Sharing.LEADERS)
    assert seen(cast, "president") == {"president", "own"}
    assert {unit.name for unit in led_units(cast.president)} == {"Lincoln"}


@pytest.mark.parametrize(
    ("sharing", "watchers"),
    [(Sharing.ME, set()), (Sharing.COACH, {"coach"}), (Sharing.LEADERS, {"president"})],
)
def test_a_change_of_sharing_holds_at_once(cast: Cast, sharing: Sharing, watchers: set[str]) -> None:
    Person.objects.filter(pk=cast.persons["own"].pk).update(sharing=sharing)
    assert {name for name in NAMES if "own" in seen(cast, name)} == watchers | {"own"}


def test_who_works_in_two_places_is_seen_in_both(cast: Cast) -> None:
    Membership.objects.create(person=cast.persons["own"], unit=cast.unit("Orchard"), since=clock.today())
    assert {name for name in NAMES if "own" in seen(cast, name)} == {"own", "president", "sibling_president"}


def test_a_membership_of_tomorrow_opens_nothing_today(cast: Cast) -> None:
    tomorrow = clock.today() + dt.timedelta(days=1)
    Membership.objects.filter(person=cast.persons["own"]).update(since=tomorrow)
    assert seen(cast, "president") == {"president"}


def test_an_inactive_person_is_seen_by_nobody(cast: Cast) -> None:
    Person.objects.filter(pk=cast.persons["own"].pk).update(is_active=False)
    assert all("own" not in seen(cast, name) for name in NAMES)


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        (dt.datetime(2026, 5, 1, 4, 59, 59, tzinfo=dt.UTC), False),  # the evening before the first day
        (dt.datetime(2026, 5, 1, 5, 0, 0, tzinfo=dt.UTC), True),  # midnight of the first day
        (NOON, True),
        (dt.datetime(2026, 6, 1, 4, 59, 59, tzinfo=dt.UTC), True),  # the last second of the last day
        (dt.datetime(2026, 6, 1, 5, 0, 0, tzinfo=dt.UTC), False),  # midnight after it
    ],
)
def test_a_term_holds_from_midnight_to_midnight_where_the_association_is(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, moment: dt.datetime, holds: bool
) -> None:
    Membership.objects.update(since=dt.date(2020, 1, 1), until=None)
    Term.objects.filter(person=cast.persons["president"]).update(starts=dt.date(2026, 5, 1), ends=dt.date(2026, 5, 31))
    monkeypatch.setattr(clock, "now", lambda: moment)
    with timezone.override("America/Chicago"):
        assert active_terms(cast.president).exists() is holds
        assert ("own" in seen(cast, "president")) is holds
        assert leads_someone(cast.president) is holds


def test_asking_whether_one_leads_costs_one_query_for_a_whole_request(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = cast.president
    with django_assert_num_queries(1):
        assert leads_someone(viewer)
        assert leads_someone(viewer)
        assert opens_files(viewer)
        assert not can_keep_framework(viewer)


def test_a_list_of_files_costs_at_most_three_queries(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = cast.president
    with django_assert_max_num_queries(3):
        assert len(visible_files(viewer)) == 2


def test_one_who_lost_the_term_sees_nothing_more_from_the_next_request_on(cast: Cast) -> None:
    assert leads_someone(cast.president)
    Term.objects.filter(person=cast.president).update(ends=clock.today() - dt.timedelta(days=1))
    assert not leads_someone(cast.president)
    assert set(visible_files(cast.president)) == {cast.president}


# looks


def test_each_sees_who_looked_at_what_is_theirs_and_nothing_else(cast: Cast) -> None:
    note_look(cast.own, by=cast.president, what=Looked.STANDING)
    note_look(cast.coached, by=cast.coach, what=Looked.EVIDENCE)
    seen_by_own = [(look.by.given_name, look.what) for look in own_looks(cast.own)]
    assert seen_by_own == [("President", "standing")]
    assert not own_looks(cast.president)
    entry = AuditEntry.objects.filter(action="people.look").order_by("pk")[0]
    assert (entry.actor, entry.target) == (str(cast.president.uid), f"person:{cast.own.uid}")


@pytest.mark.parametrize(
    ("role", "unit", "grant", "granted"),
    [
        ("trainer", "Harbor", "arranges", True),
        ("local-president", "Riverside", "endorses", True),
        ("local-president", "Lincoln", "endorses", False),
        ("local-president", "Riverside board", "endorses", False),
        ("state-leadership-staff", "Alder", "runs_programmes", True),
        ("coach", "Riverside", "arranges", False),
    ],
)
def test_what_a_term_grants_for_learning(cast: Cast, role: str, unit: str, grant: str, granted: bool) -> None:
    Term.objects.filter(person=cast.persons["treasurer"]).update(role=Role.objects.get(code=role), unit=cast.unit(unit))
    viewer = cast.treasurer
    assert (grant in viewer.grants) is granted
    assert [one.name for one in units_granting(viewer, grant)] == ([unit] if granted else [])
