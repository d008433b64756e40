"""Needs are counted by home, anew only when ten have changed, and released for all units at once."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast
from tests.growth.learning.rooms import a_session, crowd, stand
from tests.growth.plan.sessions import DAY
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.growth.actions import load_profiles
from trellis.growth.models import Effect, NeedCount, NeedRelease
from trellis.growth.need_actions import count_needs, refresh_needs, release_needs
from trellis.growth.need_queries import released_needs
from trellis.people.models import Membership, Person, Role, Term

pytestmark = pytest.mark.django_db
CODE = "ADV.1"


@pytest.fixture
def lincoln(cast: Cast, tree: EditionTree) -> list[Person]:
    """Thirty members of Lincoln: twelve stand at level 0 in a theme, eighteen at level 1."""
    people = crowd(cast.unit("Lincoln"), 30)
    stand(tree, people[:12], {CODE: 0})
    stand(tree, people[12:], {CODE: 1})
    return people


def needs(cast: Cast, tree: EditionTree, unit: str) -> list[int | None]:
    return [row.people for row in released_needs([cast.unit(unit)], tree) if row.theme_code == CODE]


def later(monkeypatch: pytest.MonkeyPatch, days: int = 1) -> None:
    at = clock.now() + days * DAY
    monkeypatch.setattr(clock, "now", lambda: at)


def test_needs_are_counted_for_the_local_and_released_for_all_above(
    cast: Cast, tree: EditionTree, lincoln: list[Person]
) -> None:
    assert refresh_needs(clock.today()) == "1 parts counted, 3 units released"
    assert NeedCount.objects.get().counts == {CODE: [12, 18, 0]}
    # Twelve is enough to be shown, but then thirty less twelve less eighteen would say that nobody stands higher.
    assert needs(cast, tree, "Riverside") == [None, 18, None]
    assert needs(cast, tree, "Millbrook") == [None, None, None]
    assert NeedRelease.objects.filter(people=30).count() == 3
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"growth.needs.count", "growth.needs.release"}


def test_levels_that_many_stand_at_are_shown(cast: Cast, tree: EditionTree) -> None:
    for level in range(4):
        stand(tree, crowd(cast.unit("Lincoln"), 15, begin=20 * level), {CODE: level})
    refresh_needs(clock.today())
    for unit in ("Riverside", "Alder", "Common Ground"):
        assert needs(cast, tree, unit) == [15, 15, 15]
    other = [row.people for row in released_needs([cast.unit("Riverside")], tree) if row.theme_code != CODE]
    assert set(other) == {None}


def test_a_role_that_asks_for_less_makes_no_need(cast: Cast, tree: EditionTree, framework: Edition) -> None:
    load_profiles(framework, by=None)
    role = Role.objects.get(code="building-representative")
    asked = {row.theme_code: row.level for row in role.profiles.get().targets.all()}
    quiet = next(theme.code for theme in tree.themes if theme.code not in asked)
    loud = next(code for code, level in asked.items() if level >= 2)
    people = crowd(cast.unit("Lincoln"), 12)
    for person in people:
        Term.objects.create(person=person, role=role, unit=cast.unit("Lincoln"), starts=clock.today() - 9 * DAY)
    stand(tree, people, {quiet: 1, loud: 1})
    refresh_needs(clock.today())
    counts = NeedCount.objects.get().counts
    assert quiet not in counts
    assert counts[loud] == [0, 12, 0]


def test_fewer_than_ten_changes_are_not_counted(
    cast: Cast, tree: EditionTree, lincoln: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh_needs(clock.today())
    at = NeedRelease.objects.latest("pk").released_at
    later(monkeypatch)
    stand(tree, lincoln[:9], {CODE: 2})
    assert refresh_needs(clock.today()) == "0 parts counted, 0 units released"
    assert NeedRelease.objects.latest("pk").released_at == at
    assert NeedCount.objects.get().counts == {CODE: [12, 18, 0]}
    later(monkeypatch)
    stand(tree, lincoln[9:10], {CODE: 2})
    assert refresh_needs(clock.today()) == "1 parts counted, 3 units released"
    assert NeedCount.objects.get().counts == {CODE: [2, 18, 10]}


def test_one_who_joins_or_leaves_changes_nothing_that_is_shown(
    cast: Cast, tree: EditionTree, lincoln: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh_needs(clock.today())
    before = list(NeedRelease.objects.order_by("unit").values())
    later(monkeypatch, 3)
    newcomer = crowd(cast.unit("Lincoln"), 1, begin=90)
    Membership.objects.filter(person__in=newcomer).update(since=clock.today())
    stand(tree, newcomer, {CODE: 3})
    Membership.objects.filter(person=lincoln[0]).update(until=clock.today() - DAY)
    refresh_needs(clock.today())
    assert list(NeedRelease.objects.order_by("unit").values()) == before


def test_ten_who_leave_are_a_change(
    cast: Cast, tree: EditionTree, lincoln: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh_needs(clock.today())
    later(monkeypatch, 3)
    Membership.objects.filter(person__in=lincoln[:10]).update(until=clock.today() - DAY)
    refresh_needs(clock.today())
    assert NeedCount.objects.get().people == 20


def test_who_is_in_a_small_local_is_counted_with_the_state(cast: Cast, tree: EditionTree) -> None:
    stand(tree, crowd(cast.unit("Orchard"), 6), {CODE: 0})
    stand(tree, crowd(cast.unit("Alder"), 5), {CODE: 0})
    count_needs(tree, by=None)
    counted = NeedCount.objects.get()
    assert (counted.unit, counted.above, counted.people) == (cast.unit("Alder"), cast.unit("Alder"), 11)


def test_fewer_than_ten_in_all_are_counted_nowhere(cast: Cast, tree: EditionTree) -> None:
    stand(tree, crowd(cast.unit("Orchard"), 9), {CODE: 0})
    assert count_needs(tree, by=None) == 0
    assert release_needs(tree, by=None) == 0


def test_who_belongs_to_two_units_counts_once(cast: Cast, tree: EditionTree) -> None:
    people = crowd(cast.unit("Lincoln"), 12)
    since = clock.today() - 30 * DAY
    Membership.objects.bulk_create(
        Membership(person=person, unit=cast.unit(unit), since=since)
        for person in people
        for unit in ("Riverside board", "Alder")
    )
    stand(tree, people, {CODE: 1})
    count_needs(tree, by=None)
    assert [(count.unit.name, count.people) for count in NeedCount.objects.all()] == [("Riverside", 12)]


def test_a_local_that_moves_stays_in_its_table_until_it_is_counted_anew(
    cast: Cast, tree: EditionTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    for unit in ("Lincoln", "Orchard", "Driftwood"):
        for level in range(4):
            stand(tree, crowd(cast.unit(unit), 12, begin=20 * level), {CODE: level})
    refresh_needs(clock.today())
    assert needs(cast, tree, "Alder") == [24, 24, 24]
    moved = NeedCount.objects.get(unit=cast.unit("Millbrook"))
    later(monkeypatch)
    stand(tree, crowd(cast.unit("Driftwood"), 12, begin=200), {CODE: 0}, on=clock.now() + dt.timedelta(minutes=1))
    # As if Millbrook were under Tamarack now: what was counted says where it stands.
    assert moved.above == cast.unit("Alder")
    refresh_needs(clock.today())
    assert needs(cast, tree, "Alder") == [24, 24, 24]


def test_a_released_effect_cannot_be_changed(cast: Cast, tree: EditionTree) -> None:
    offering = a_session(cast, tree).offering
    effect = Effect.objects.create(
        offering=offering, edition_id=tree.id, theme_uid=tree.themes[0].uid, theme_code=CODE, sessions=["x"],
        people=10, before_mean=0.5, before_spread=0.5, then_mean=0.5, then_spread=0.5,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Effect.objects.filter(pk=effect.pk).update(people=11)
    with pytest.raises(IntegrityError), transaction.atomic():
        Effect.objects.create(
            offering=offering, edition_id=tree.id, theme_uid=tree.themes[0].uid, theme_code=CODE, sessions=["y"],
            people=9, before_mean=0.5, before_spread=0.5, then_mean=0.5, then_spread=0.5,
        )  # fmt: skip
