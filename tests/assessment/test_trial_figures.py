"""Each figure of the trial against the same computed directly, and none of them from too few people."""

import datetime as dt
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.assessment.form import Point
from trellis.assessment.models import Relation
from trellis.assessment.trial_figures import (
    LEAST_COMPLETE,
    agreement,
    drop_off,
    kinds,
    passed_over,
    reliability,
    retest,
    shown_count,
    shown_share,
    timing,
)
from trellis.assessment.trial_table import Given, TrialTable, places_shown
from trellis.measure.reliability import alpha, alpha_interval, icc, omega, omega_interval, rater_strength

QUICK = settings(max_examples=80, deadline=None, database=None)
NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
PAGES = (("AA", "AA.1"), ("AA", "AA.2"), ("AA", "AA.3"), ("BB", "BB.1"), ("BB", "BB.2"))
POINTS = tuple(Point("theme", number) for number in range(5))


def one(
    person: int,
    *,
    minutes: float | None = 10,
    wave: int = 1,
    days_ago: int = 20,
    relation: Relation = Relation.SELF,
    order: tuple[str, ...] = ("AA", "BB"),
) -> Given:
    """One response about a person; without minutes it is not finished."""
    started = NOW - dt.timedelta(days=days_ago)
    finished = None if minutes is None else started + dt.timedelta(minutes=minutes)
    return Given(person, relation, None, wave, started, finished, order, ())


def table_of(given: list[Given], values: np.ndarray, passed: np.ndarray | None = None) -> TrialTable:
    """A table of five questions on two pages."""
    nobody = np.zeros(values.shape, dtype=bool)
    return TrialTable(POINTS, PAGES, tuple(given), values, nobody if passed is None else passed)


def crowd(count: int, seed: int = 1) -> np.ndarray:
    """Answers that hang together."""
    rng = np.random.default_rng(seed)
    return np.round(3 + rng.normal(0, 1, (count, 1)) + rng.normal(0, 1, (count, 5))).clip(0, 6)


@QUICK
@given(st.integers(10, 2000))
def test_of_a_known_whole_no_number_tells_how_few_are_in_it_or_left(whole: int) -> None:
    few = {(shown_count(part, whole), str(shown_share(part, whole))) for part in range(min(10, max(0, whole - 9)))}
    assert len(few) <= 1
    rest_few = range(max(10, whole - 9), whole + 1) if whole >= 20 else range(0)
    assert len({(shown_count(part, whole), str(shown_share(part, whole))) for part in rest_few}) <= 1


@QUICK
@given(st.integers(20, 2000).flatmap(lambda whole: st.tuples(st.integers(10, whole - 10), st.just(whole))))
def test_other_counts_and_shares_are_as_they_are(case: tuple[int, int]) -> None:
    part, whole = case
    assert shown_count(part, whole) == str(part)
    share = shown_share(part, whole)
    assert share is not None
    assert share["value"] == pytest.approx(100 * part / whole, abs=20.5)


def test_a_share_of_fewer_than_ten_people_is_not_there() -> None:
    assert shown_share(5, 9) is None
    assert shown_share(9, 15) is None
    assert shown_count(9) == "<10"
    assert shown_count(0) == "<10"


def test_time_taken_is_the_median_and_the_quartiles_of_finished_responses() -> None:
    minutes = [4, 6, 7, 8, 9, 10, 12, 13, 20, 90, 11]
    given = [one(place, minutes=each) for place, each in enumerate(minutes)] + [one(99, minutes=None)]
    low, middle, high = np.percentile(minutes, [25, 50, 75])
    assert timing(table_of(given, np.zeros((12, 5)))) == {
        "responses": "11",
        "low": round(low),
        "median": round(middle),
        "high": round(high),
    }


def test_of_nine_finished_responses_no_time_is_computed() -> None:
    given = [one(place) for place in range(9)]
    assert timing(table_of(given, np.zeros((9, 5)))) == {"responses": "<10"}


def _stopped(where: list[int], finished: int) -> TrialTable:
    """That many who finished, and one who stopped after so many questions for each in the list."""
    values = np.full((finished + len(where), 5), np.nan)
    values[:finished] = 3
    for row, reached in enumerate(where, finished):
        values[row, :reached] = 3
    given = [one(row, minutes=10 if row < finished else None) for row in range(len(values))]
    return table_of(given, values)


def test_drop_off_is_the_share_that_still_answers_at_each_place() -> None:
    where = [0] * 10 + [2] * 10 + [4] * 10
    found = drop_off(_stopped(where, finished=30), NOW)
    assert (found["starters"], found["stopped"]) == ("60", "30")
    assert [(each["place"], each["text"]) for each in found["curve"]] == [
        (1, "83"),
        (2, "83"),
        (3, "67"),
        (4, "67"),
        (5, "50"),
    ]
    assert {each["code"]: each["share"]["text"] for each in found["at"]} == {"AA.1": "33", "AA.3": "33", "BB.2": "33"}


def test_places_are_counted_in_the_order_in_which_they_were_shown() -> None:
    values = np.full((20, 5), np.nan)
    values[:10] = 3
    values[10:, 3:] = 3  # these saw BB first, answered it, and stopped at the first question of AA
    given = [one(row) for row in range(10)]
    given += [one(row, minutes=None, order=("BB", "AA")) for row in range(10, 20)]
    found = drop_off(table_of(given, values), NOW)
    assert [each["text"] for each in found["curve"]] == ["≥55", "≥55", "50", "50", "50"]
    assert [each["code"] for each in found["at"]] == ["AA.1"]


def test_when_fewer_than_ten_stopped_nothing_is_computed_and_not_even_the_starters_are_told() -> None:
    found = drop_off(_stopped([2] * 9, finished=40), NOW)
    assert found == {"starters": None, "stopped": "<10", "curve": [], "at": []}


def test_a_question_at_which_fewer_than_ten_stopped_is_not_named() -> None:
    found = drop_off(_stopped([2] * 9 + [4] * 11, finished=20), NOW)
    assert [each["code"] for each in found["at"]] == ["BB.2"]


def test_who_began_this_week_may_still_go_on() -> None:
    table = _stopped([2] * 12, finished=20)
    fresh = [one(row, minutes=None, days_ago=3) for row in range(20, 32)]
    table = table_of([*table.given[:20], *fresh], table.values)
    assert drop_off(table, NOW)["stopped"] == "<10"


def test_chosen_themes_alone_are_shown() -> None:
    given = Given(1, "self", None, 1, NOW, NOW, ("BB", "AA"), ("AA.2", "BB.1"))
    table = table_of([given], np.zeros((1, 5)))
    assert places_shown(table, given) == [3, 1]


def test_questions_passed_over_are_those_without_a_rating_the_most_first() -> None:
    values, passed = np.full((50, 5), 3.0), np.zeros((50, 5), dtype=bool)
    values[:20, 1], passed[:20, 1] = np.nan, True  # could not say
    values[:10, 4] = np.nan  # left out
    values[:9, 2] = np.nan  # too few to tell
    found = passed_over(table_of([one(row) for row in range(50)], values, passed))
    assert [(each["code"], each["share"]["text"], each["often"]) for each in found] == [
        ("AA.2", "40", True),
        ("BB.2", "20", True),
    ]


def test_what_is_not_finished_is_not_passed_over() -> None:
    values = np.full((50, 5), np.nan)
    assert passed_over(table_of([one(row, minutes=None) for row in range(50)], values)) == []


def test_reliability_is_alpha_and_omega_of_the_newest_complete_answers() -> None:
    answers = crowd(60)
    answers[:12, 0] = np.nan
    given = [one(person, wave=wave) for person in range(60) for wave in (1, 2)]
    values = np.repeat(answers, 2, axis=0)
    values[::2] = 0  # earlier waves must not count
    first, second = reliability(table_of(given, values))
    complete = answers[12:, :3]
    assert first["people"] == "48"
    assert first["alpha"]["value"] == pytest.approx(alpha(complete), abs=0.005)
    ends = (first["alpha"]["low"], first["alpha"]["high"])
    assert ends == pytest.approx(alpha_interval(complete), abs=0.005)
    assert first["omega"]["value"] == pytest.approx(omega(complete), abs=0.005)
    ends = (first["omega"]["low"], first["omega"]["high"])
    assert ends == pytest.approx(omega_interval(complete), abs=0.005)
    assert first["low"] == (alpha(complete) < 0.70)
    assert second["code"] == "BB"
    assert "omega" not in second  # two questions do not determine a factor


@pytest.mark.parametrize(("people", "written"), [(9, "<10"), (12, "12"), (29, "29")])
def test_below_thirty_complete_answers_there_is_only_how_many_there_are(people: int, written: str) -> None:
    found = reliability(table_of([one(person) for person in range(people)], crowd(people)))
    if people >= 20:
        written = "≥20"  # all of them answered everything, and beside a known whole that is not told to the last one
    elif people >= 10:
        written = "≥10"
    assert found == [{"code": code, "people": written, "needed": LEAST_COMPLETE} for code in ("AA", "BB")]


def test_answers_that_do_not_vary_have_no_alpha() -> None:
    first, _ = reliability(table_of([one(person) for person in range(40)], np.full((40, 5), 3.0)))
    assert first["alpha"] is None
    assert first["low"] is False


def test_retest_is_the_correlation_of_the_means_of_two_newest_waves() -> None:
    given, rows = [], []
    first, second = crowd(40, seed=1), crowd(40, seed=1) + np.random.default_rng(4).normal(0, 0.7, (40, 5))
    for person in range(40):
        given += [one(person, wave=1, days_ago=400), one(person, wave=2, days_ago=30)]
        rows += [first[person], second[person]]
    found = retest(table_of(given, np.array(rows)))
    assert found is not None
    assert (found["days"], found["near"]) == (370, False)
    direct = np.corrcoef(first[:, :3].mean(axis=1), second[:, :3].mean(axis=1))[0, 1]
    assert found["scales"][0]["again"]["value"] == pytest.approx(direct, abs=0.005)
    assert found["scales"][0]["again"]["low"] < direct < found["scales"][0]["again"]["high"]


def test_of_twenty_nine_pairs_there_is_no_retest() -> None:
    given = [one(person, wave=wave) for person in range(29) for wave in (1, 2)]
    assert retest(table_of(given, np.repeat(crowd(29), 2, axis=0))) is None


def _raters(people: int, each: int, kind: Relation = Relation.PEER) -> TrialTable:
    rng = np.random.default_rng(8)
    levels = np.repeat(rng.normal(3, 1, (people, 1)), each, axis=0)
    values = levels + rng.normal(0, 1, (people * each, 1)) + rng.normal(0, 0.5, (people * each, 5))
    return table_of([one(row // each, relation=kind) for row in range(people * each)], values)


def test_agreement_is_icc1_of_the_raters_means() -> None:
    table = _raters(35, 5)
    found = agreement(table)[0]
    direct = icc(table.values[:, :3].mean(axis=1).reshape(35, 5))["ICC1"]
    assert found["people"] == "35"
    assert found["raters"] == 5
    assert found["icc"]["value"] == pytest.approx(direct, abs=0.005)
    assert found["word"] == rater_strength(5, direct).word


def test_of_twenty_nine_rated_people_no_agreement_is_computed() -> None:
    assert all("icc" not in found for found in agreement(_raters(29, 5)))
    assert all(found["provisional"] for found in kinds(_raters(29, 5)))


def test_a_kind_of_rater_is_worth_what_our_own_360s_say_once_there_are_thirty() -> None:
    table = _raters(35, 5)
    found = {each["kind"]: each for each in kinds(table)}
    pages = (table.values[:, :3], table.values[:, 3:])
    direct = np.mean([icc(page.mean(axis=1).reshape(35, 5))["ICC1"] for page in pages])
    assert not found["peer"]["provisional"]
    assert found["peer"]["one"] == pytest.approx(direct, abs=0.005)
    assert (found["follower"]["provisional"], found["follower"]["one"]) == (True, 0.30)
    assert (found["lead"]["one"], found["lead"]["shown"]) == (0.50, "good")
    assert "self" not in found


def test_what_comes_out_can_be_stored_as_json() -> None:
    table = _raters(35, 5)
    for found in (timing(table), passed_over(table), reliability(table), agreement(table), kinds(table)):
        json.dumps(found, allow_nan=False)
