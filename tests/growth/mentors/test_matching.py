"""Matching mentors with mentees: never too many, never a forbidden pair, as good as trying everything, in any order."""

import itertools
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.growth.matching import Facts, Helper, Seeker, Without, facts_of, fit, need, propose
from trellis.growth.matching_weights import weights
from trellis.people.nearness import Home, Nearness

W = weights()
CODES = st.sampled_from(["ADV.1", "COM.2", "ORG.1"])
TIMES = st.frozensets(st.sampled_from(["mornings", "evenings", "weekends"]))
TONGUES = st.frozensets(st.sampled_from(["en", "es"]), min_size=1)
HOMES = st.builds(Home, st.just(1), st.integers(0, 3), st.integers(0, 2), st.integers(0, 2))
SHARE = st.sampled_from([0.5, 0.75, 1.0])


def _seekers(number: int) -> st.SearchStrategy[Seeker]:
    return st.builds(
        Seeker,
        key=st.just(number),
        themes=st.dictionaries(CODES, SHARE, max_size=3),
        times=TIMES,
        languages=TONGUES,
        in_person=st.booleans(),
        online=st.booleans(),
        home=HOMES,
    )


def _helpers(number: int) -> st.SearchStrategy[Helper]:
    return st.builds(
        Helper,
        key=st.just(number),
        themes=st.dictionaries(CODES, SHARE, max_size=3),
        times=TIMES,
        languages=TONGUES,
        in_person=st.booleans(),
        online=st.booleans(),
        home=HOMES,
        room=st.integers(0, 2),
    )


SEEKERS = st.integers(0, 4).flatmap(lambda count: st.tuples(*(_seekers(n) for n in range(count))))
HELPERS = st.integers(0, 4).flatmap(lambda count: st.tuples(*(_helpers(100 + n) for n in range(count))))
PAIRS = st.sets(st.tuples(st.integers(0, 4), st.integers(100, 104)), max_size=5)


def value(seekers: tuple[Seeker, ...], helpers: tuple[Helper, ...], forbidden: set[tuple[int, int]]) -> dict:  # type: ignore[type-arg]
    """What each allowed pair is worth to the group."""
    score = fit(seekers, helpers, W, forbidden)
    return {
        (one.key, other.key): score[row, column] + W["pair"]
        for row, one in enumerate(seekers)
        for column, other in enumerate(helpers)
        if score[row, column] >= W["least"]
    }


def best_by_hand(seekers: tuple[Seeker, ...], helpers: tuple[Helper, ...], worth: dict) -> float:  # type: ignore[type-arg]
    """Try every way of giving each mentee a mentor or none."""
    best = 0.0
    for way in itertools.product([None, *(helper.key for helper in helpers)], repeat=len(seekers)):
        taken = Counter(key for key in way if key is not None)
        if any(taken[helper.key] > helper.room for helper in helpers):
            continue
        pairs = [(one.key, key) for one, key in zip(seekers, way, strict=True) if key is not None]
        if all(pair in worth for pair in pairs):
            best = max(best, sum(worth[pair] for pair in pairs))
    return best


@settings(deadline=None)
@given(SEEKERS, HELPERS, PAIRS)
def test_a_group_gets_the_best_that_there_is_room_for_and_nothing_forbidden(
    seekers: tuple[Seeker, ...], helpers: tuple[Helper, ...], forbidden: set[tuple[int, int]]
) -> None:
    found = propose(seekers, helpers, W, forbidden)
    taken = Counter(found.pairs.values())
    assert all(taken[helper.key] <= helper.room for helper in helpers)
    assert not set(found.pairs.items()) & forbidden
    worth = value(seekers, helpers, forbidden)
    assert set(found.pairs.items()) <= worth.keys()
    assert sum(worth[pair] for pair in found.pairs.items()) == pytest.approx(best_by_hand(seekers, helpers, worth))
    assert found.pairs.keys() | found.without.keys() == {seeker.key for seeker in seekers}
    assert not found.pairs.keys() & found.without.keys()
    for key, others in found.others.items():
        assert found.pairs.get(key) not in others
        assert all((key, other) in worth for other in others)


@settings(deadline=None)
@given(SEEKERS, HELPERS, PAIRS, st.randoms(use_true_random=False))
def test_the_order_in_which_people_come_changes_nothing(
    seekers: tuple[Seeker, ...], helpers: tuple[Helper, ...], forbidden: set[tuple[int, int]], rng: random.Random
) -> None:
    shuffled = (rng.sample(seekers, len(seekers)), rng.sample(helpers, len(helpers)))
    assert propose(*shuffled, W, forbidden) == propose(seekers, helpers, W, forbidden)


@settings(deadline=None)
@given(SEEKERS, HELPERS)
def test_a_fit_lies_between_0_and_1_and_needs_a_theme_a_language_and_a_way(
    seekers: tuple[Seeker, ...], helpers: tuple[Helper, ...]
) -> None:
    score = fit(seekers, helpers, W)
    assert score.shape == (len(seekers), len(helpers))
    for row, one in enumerate(seekers):
        for column, other in enumerate(helpers):
            assert 0 <= score[row, column] <= 1
            if score[row, column] > 0:
                facts = facts_of(one, other)
                assert facts.themes
                assert facts.languages
                assert (one.in_person and other.in_person) or (one.online and other.online)


# single cases that say what the numbers mean


def seeker(**more: object) -> Seeker:
    values = {
        "key": 1,
        "themes": {"COM.2": 1.0},
        "times": frozenset({"evenings"}),
        "languages": frozenset({"en"}),
        "in_person": True,
        "online": True,
        "home": Home(1, 11, 7, 3),
    }
    return Seeker(**(values | more))  # type: ignore[arg-type]


def helper(**more: object) -> Helper:
    values = {
        "key": 2,
        "themes": {"COM.2": 1.0},
        "times": frozenset({"evenings"}),
        "languages": frozenset({"en"}),
        "in_person": True,
        "online": True,
        "home": Home(1, 12, 8, 3),
    }
    return Helper(**(values | more))  # type: ignore[arg-type]


def one_fit(one: Seeker, other: Helper) -> float:
    return float(fit([one], [other], W)[0, 0])


def test_the_next_desk_is_too_near_and_another_state_is_further_than_the_same() -> None:
    near = {
        "state": one_fit(seeker(), helper()),
        "local": one_fit(seeker(), helper(home=Home(1, 12, 7, 3))),
        "worksite": one_fit(seeker(), helper(home=Home(1, 11, 7, 3))),
        "elsewhere": one_fit(seeker(), helper(home=Home(1, 12, 8, 4))),
    }
    assert near["state"] > near["local"] > near["elsewhere"] > near["worksite"] > 0


def test_who_only_meets_in_person_is_not_sent_to_another_state() -> None:
    far = helper(home=Home(1, 12, 8, 4))
    assert one_fit(seeker(online=False), far) == 0
    assert one_fit(seeker(online=False), helper(home=Home(1, 12, 7, 3))) > one_fit(seeker(online=False), helper())
    assert one_fit(seeker(online=False), helper(in_person=False)) == 0


def test_who_is_at_home_nowhere_is_near_to_nobody() -> None:
    nowhere = Home(1, 0, 0, 0)
    assert facts_of(seeker(home=nowhere), helper(home=nowhere)).near == Nearness.ELSEWHERE


def test_more_shared_times_and_a_stronger_mentor_fit_better() -> None:
    both = frozenset({"evenings", "weekends"})
    assert one_fit(seeker(times=both), helper(times=both)) > one_fit(seeker(), helper()) > 0
    assert one_fit(seeker(times=frozenset({"mornings"})), helper()) == 0
    assert 0 < one_fit(seeker(times=frozenset()), helper()) < one_fit(seeker(), helper())
    assert one_fit(seeker(), helper(themes={"COM.2": 2 / 3})) < one_fit(seeker(), helper())


def test_need_grows_with_the_ladder_to_climb() -> None:
    assert need(0, 3, 3, W) == 1
    assert need(3, 3, 3, W) == need(None, 3, 3, W) == W["need"]["least"]
    assert need(1, 2, 3, W) < need(0, 2, 3, W)


def test_nobody_is_matched_with_themselves() -> None:
    assert propose([seeker(key=5)], [helper(key=5)], W).pairs == {}


def test_facts_name_what_counts_most_first() -> None:
    one = seeker(themes={"ADV.1": 0.5, "COM.2": 1.0, "ORG.1": 1.0})
    assert facts_of(one, helper(themes={"ADV.1": 1.0, "COM.2": 2 / 3})) == Facts(
        ("COM.2", "ADV.1"), ("evenings",), ("en",), Nearness.STATE
    )


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (helper(themes={"ADV.1": 1.0}), Without.THEMES),
        (helper(languages=frozenset({"es"})), Without.LANGUAGE),
        (helper(times=frozenset({"mornings"})), Without.TIMES),
        (helper(room=0), Without.FULL),
    ],
)
def test_it_is_said_why_somebody_stays_without(other: Helper, why: Without) -> None:
    assert propose([seeker()], [other], W).without == {1: why}


def test_who_is_kept_apart_is_not_told_from_who_does_not_fit() -> None:
    assert propose([seeker()], [helper()], W, {(1, 2)}).without == {1: Without.NOBODY}


def test_two_get_a_mentor_each_rather_than_one_a_better_one() -> None:
    """The first fits both mentors, the second only the first mentor: nobody is left out."""
    seekers = [seeker(key=1, themes={"COM.2": 1.0, "ORG.1": 0.5}), seeker(key=2, themes={"COM.2": 0.5})]
    helpers = [helper(key=11, themes={"COM.2": 1.0}), helper(key=12, themes={"ORG.1": 2 / 3})]
    assert propose(seekers, helpers, W).pairs == {1: 12, 2: 11}
