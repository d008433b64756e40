"""Reads of assessment: the open response, the round that asks a person today, and answers for others."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from tests.assessment.answers import LAST_YEAR, THIS_YEAR, give, instrument_of, next_edition
from tests.cast import Cast
from trellis.assessment.access import own_responses
from trellis.assessment.models import Relation, Response, Round
from trellis.assessment.queries import answered, editions_of, open_response, open_round, self_answers
from trellis.core import clock
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.people.models import Membership

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("unit", ["Common Ground", "Alder", "Riverside", "Lincoln"])
def test_a_round_asks_everyone_inside_of_its_unit(cast: Cast, framework: Edition, unit: str) -> None:
    held = _round(framework, cast, unit)
    assert open_round(cast.own, held.instrument) == held


@pytest.mark.parametrize("unit", ["Harbor", "Millbrook", "Tamarack", "Driftwood"])
def test_a_round_of_another_unit_asks_nobody_here(cast: Cast, framework: Edition, unit: str) -> None:
    assert open_round(cast.own, _round(framework, cast, unit).instrument) is None


def _round(edition: Edition, cast: Cast, unit: str, opens: int = 0, closes: int | None = None) -> Round:
    today = clock.today()
    return Round.objects.create(
        instrument=instrument_of(edition),
        unit=cast.unit(unit),
        name=f"{unit} {opens}",
        opens_on=today + opens * DAY,
        closes_on=None if closes is None else today + closes * DAY,
    )


@pytest.mark.parametrize(
    ("opens", "closes", "asks"),
    [(0, None, True), (0, 0, True), (-9, 0, True), (-9, -1, False), (1, None, False), (1, 5, False)],
)
def test_a_round_asks_from_its_first_day_to_its_last(
    cast: Cast, framework: Edition, opens: int, closes: int | None, asks: bool
) -> None:
    held = _round(framework, cast, "Alder", opens, closes)
    assert (open_round(cast.own, held.instrument) == held) is asks


def test_of_several_rounds_the_one_that_opened_last_asks(cast: Cast, framework: Edition) -> None:
    _round(framework, cast, "Riverside", -30)
    newer = _round(framework, cast, "Common Ground", -3)
    assert open_round(cast.own, newer.instrument) == newer


def test_a_round_on_another_edition_does_not_ask_here(cast: Cast, framework: Edition) -> None:
    _round(framework, cast, "Riverside")
    assert open_round(cast.own, instrument_of(next_edition())) is None


def test_who_has_left_or_not_yet_come_is_not_asked(cast: Cast, framework: Edition) -> None:
    held = _round(framework, cast, "Riverside")
    assert open_round(cast.gone, held.instrument) is None
    home = Membership.objects.filter(person=cast.own)
    home.update(since=clock.today() + DAY)
    assert open_round(cast.own, held.instrument) is None


def test_who_leaves_later_is_asked_until_then(cast: Cast, framework: Edition) -> None:
    held = _round(framework, cast, "Riverside")
    Membership.objects.filter(person=cast.own).update(until=clock.today())
    assert open_round(cast.own, held.instrument) == held


def test_looking_for_a_round_takes_two_queries(
    cast: Cast, framework: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    held, person = _round(framework, cast, "Common Ground"), cast.own
    with django_assert_num_queries(2):
        open_round(person, held.instrument)


def test_only_what_is_begun_and_not_finished_is_open(cast: Cast, framework: Edition) -> None:
    assert open_response(cast.own) is None
    give(cast.own, framework, {}, on=LAST_YEAR)
    assert open_response(cast.own) is None
    going = give(cast.own, framework, {}, finished=False)
    assert open_response(cast.own) == going
    assert open_response(cast.colleague) is None


def test_answers_come_newest_wave_first_and_only_finished_ones(
    cast: Cast, framework: Edition, tree: EditionTree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    give(cast.own, framework, {"ADV.1": 2, "ADV.2": 0}, on=LAST_YEAR)
    give(cast.own, framework, {"ADV.1": None}, on=THIS_YEAR)
    give(cast.own, framework, {"ADV.1": 6}, finished=False)
    give(cast.colleague, framework, {"ADV.1": 4})
    people = [cast.own.pk, cast.colleague.pk, cast.private.pk]
    with django_assert_num_queries(2):
        found = self_answers(people)
    first = tree.theme_by_code["ADV.1"].id
    assert [(one.half_steps, one.wave, one.finished_on) for one in found[cast.own.pk] if one.theme_id == first] == [
        (None, 2, THIS_YEAR),
        (2, 1, LAST_YEAR),
    ]
    assert [one.half_steps for one in found[cast.colleague.pk]] == [4]
    assert cast.private.pk not in found
    assert editions_of(found[cast.own.pk]) == {framework.pk: framework}


def test_what_others_say_of_a_person_is_not_a_self_answer(cast: Cast, framework: Edition) -> None:
    said = give(cast.own, framework, {"ADV.1": 6})
    Response.objects.filter(pk=said.pk).update(rater=cast.colleague, relation=Relation.PEER)
    assert self_answers([cast.own.pk, cast.colleague.pk]) == {}
    assert not own_responses(cast.own).exists()
    assert not own_responses(cast.colleague).exists()


def test_the_day_of_an_answer_is_the_day_where_the_association_lives(
    cast: Cast, framework: Edition, settings: Settings
) -> None:
    settings.TIME_ZONE = "Pacific/Kiritimati"  # 14 hours ahead of UTC: noon there is noon of the day before here
    give(cast.own, framework, {"ADV.1": 2}, on=LAST_YEAR)
    ((answer,),) = self_answers([cast.own.pk]).values()
    assert answer.finished_on == LAST_YEAR + DAY


def test_ratings_are_found_by_theme(cast: Cast, framework: Edition, tree: EditionTree) -> None:
    response = give(cast.own, framework, {"ADV.1": 2, "COM.1": None})
    found = {tree.theme_by_id[key].code: rating.value for key, rating in answered(response).items()}
    assert found == {"ADV.1": 2, "COM.1": None}
