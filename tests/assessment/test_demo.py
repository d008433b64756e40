"""The fictional association's answers: the same every time, and as leaders of such associations might give them."""

import random
from collections.abc import Iterator
from statistics import mean

import pytest
from django.db import transaction
from django.db.models import Avg, Count, F, Q
from pytest_django import DjangoDbBlocker

from trellis.assessment import demo
from trellis.assessment.demo import load
from trellis.assessment.instruments import SHORT_SELF
from trellis.assessment.models import Rating, Response, Round
from trellis.core.models import AuditEntry
from trellis.framework.actions import retire_edition
from trellis.framework.queries import main_edition
from trellis.people.demo.cast import cast_member
from trellis.people.demo.load import load as load_people
from trellis.people.models import Person, Unit, UnitKind


@pytest.fixture(scope="module")
def association(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """People and their answers, loaded once for this module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_people(random.Random("people"))
        load(random.Random("assessment"))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def answers(association: None, db: None) -> None:
    """The answers, for one test."""


def part(key: str) -> Person:
    one = cast_member(key)
    assert one is not None
    return Person.objects.get(email=one.email)


def everything_of(people: list[Person]) -> list[tuple[object, ...]]:
    of_them = Rating.objects.filter(response__subject__in=people).order_by("response__uid", "theme__code")
    return list(
        of_them.values_list("response__uid", "response__subject__uid", "response__finished_at", "theme__code", "value")
    )


def test_the_answers_are_the_same_every_time(answers: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Again for the first sixty only, which is quicker: each person draws after those before them."""
    some = demo._people()[:60]
    first = everything_of(some)
    for model in (Rating, Response, Round):
        model.objects.all()._raw_delete("default")
    monkeypatch.setattr(demo, "_people", lambda: some)
    random.seed(7)
    load(random.Random("assessment"))
    assert everything_of(some) == first
    assert len(first) > 60 * 33


def test_there_are_two_yearly_rounds_of_all_themes(answers: None) -> None:
    rounds = list(Round.objects.order_by("opens_on").select_related("instrument").annotate(given=Count("responses")))
    assert [held.opens_on.year for held in rounds] == [2025, 2026]
    assert {held.instrument.code for held in rounds} == {SHORT_SELF}
    assert all(held.unit.is_top and held.given > 400 for held in rounds)
    assert set(Response.objects.annotate(given=Count("ratings")).values_list("given", flat=True)) == {33}


def test_most_answer_and_some_only_once_or_never(answers: None) -> None:
    people = Person.objects.filter(is_active=True).count()
    per_person = Response.objects.values("subject").annotate(given=Count("pk")).values_list("given", flat=True)
    assert 0.9 < len(per_person) / people < 1
    assert 0.6 < list(per_person).count(2) / people < 0.85


def test_waves_are_numbered_and_each_answer_lies_in_its_round(answers: None) -> None:
    for response in Response.objects.select_related("round"):
        assert response.round is not None
        assert response.finished_at is not None
        assert 0 <= (response.started_at.date() - response.round.opens_on).days < 40
        assert 6 <= (response.finished_at - response.started_at).total_seconds() / 60 < 16
    assert not Response.objects.filter(wave=2, round__opens_on__year=2025).exists()
    assert not Response.objects.exclude(rater=F("subject")).exists()


def test_about_one_answer_in_twenty_is_no_chance(answers: None) -> None:
    assert Rating.objects.filter(cannot_say=True).count() / Rating.objects.count() == pytest.approx(0.05, abs=0.01)


def test_money_is_where_leaders_stand_lowest_and_people_where_they_stand_highest(answers: None) -> None:
    means = dict(Rating.objects.values_list("theme__domain__code").annotate(Avg("value")))
    assert min(means, key=means.__getitem__) == "SFH"
    assert {"SEI", "LOP"} == set(sorted(means, key=means.__getitem__)[-2:])
    assert 0.5 < means["SFH"] / 2 < max(means.values()) / 2 < 2.5


def test_all_rungs_are_used(answers: None) -> None:
    shares = [Rating.objects.filter(value=half).count() / Rating.objects.count() for half in range(7)]
    assert all(share > 0.02 for share in shares)


def test_people_grow_on_average_but_not_everyone_by_as_much(answers: None) -> None:
    by_wave = {
        wave: dict(Response.objects.filter(wave=wave).values_list("subject").annotate(Avg("ratings__value")))
        for wave in (1, 2)
    }
    growth = [(by_wave[2][person] - by_wave[1][person]) / 2 for person in by_wave[2]]
    assert 0.15 < mean(growth) < 0.45
    assert min(growth) < 0.1
    assert max(growth) > 0.6


def test_the_new_member_has_not_answered(answers: None) -> None:
    assert not Response.objects.filter(Q(subject=part("new-member")) | Q(rater=part("new-member"))).exists()


@pytest.mark.parametrize("key", ["building-representative", "local-president"])
def test_the_two_of_the_tour_have_answered_everything_twice(answers: None, key: str) -> None:
    ratings = Rating.objects.filter(response__subject=part(key))
    assert ratings.count() == 66
    assert not ratings.filter(cannot_say=True).exists()


def test_nobody_who_has_left_answers(answers: None) -> None:
    assert not Response.objects.filter(subject__is_active=False).exists()
    assert not Response.objects.exclude(subject__memberships__until=None).exists()


def test_loading_leaves_one_row_of_numbers_in_the_trail(answers: None) -> None:
    row = AuditEntry.objects.get(action="assessment.demo")
    assert (row.actor, row.detail) == ("", {"responses": Response.objects.count()})


def test_without_an_association_or_a_framework_it_says_what_comes_first(answers: None) -> None:
    edition, before = main_edition(), Round.objects.count()
    assert edition is not None
    Unit.objects.filter(kind=UnitKind.NATIONAL).update(kind=UnitKind.STATE)
    with pytest.raises(LookupError, match="come first"):
        load(random.Random("assessment"))
    Unit.objects.filter(depth=1).update(kind=UnitKind.NATIONAL)
    retire_edition(edition, by=None)
    with pytest.raises(LookupError, match="come first"):
        load(random.Random("assessment"))
    assert Round.objects.count() == before
