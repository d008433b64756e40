"""What several readings say together: medians, spreads, bands; never more than that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.learning.selection import Band, found

READINGS = st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=1, max_size=5)


def test_each_criterion_has_its_counts_its_middle_and_its_spread() -> None:
    first, second = found([(3, 1), (2, 1), (0, 1)], weights=(1, 1), differ_at=2).criteria
    assert (first.counts, first.middle, first.spread, first.differs) == ((1, 0, 1, 1), 2, 3, True)
    assert (second.counts, second.middle, second.spread, second.differs) == ((0, 3, 0, 0), 1, 0, False)


def test_two_readers_meet_in_the_middle() -> None:
    assert found([(3,), (2,)], weights=(1,), differ_at=2).middle == 2.5


def test_a_criterion_counts_as_often_as_it_weighs() -> None:
    assert found([(3, 0)], weights=(2, 1), differ_at=2).middle == 2
    assert found([(3, 0)], weights=(1, 1), differ_at=2).middle == 1.5


def test_one_reader_alone_differs_from_nobody() -> None:
    assert not found([(3, 0)], weights=(1, 1), differ_at=1).differs


@pytest.mark.parametrize(("differ_at", "differs"), [(1, True), (2, True), (3, False)])
def test_the_rule_of_the_call_says_when_readers_differ(differ_at: int, differs: bool) -> None:
    assert found([(3,), (1,)], weights=(1,), differ_at=differ_at).differs is differs


@pytest.mark.parametrize(
    ("steps", "band"),
    [((3, 3), Band.STRONG), ((3, 2), Band.STRONG), ((2, 2), Band.GOOD), ((2, 1), Band.GOOD), ((1, 1), Band.SOME),
     ((0, 1), Band.SOME), ((0, 0), Band.LITTLE)],
)  # fmt: skip
def test_a_band_gathers_what_is_alike(steps: tuple[int, int], band: Band) -> None:
    assert found([(step,) for step in steps], weights=(1,), differ_at=2).band == band


def test_what_nobody_has_read_stands_apart() -> None:
    nothing = found([], weights=(1, 2), differ_at=2)
    assert (nothing.band, nothing.middle, nothing.readings, len(nothing.criteria)) == (Band.UNREAD, None, 0, 2)


def test_a_reading_that_leaves_a_criterion_out_is_refused() -> None:
    with pytest.raises(ValueError, match="argument"):
        found([(1, 2), (1,)], weights=(1, 1), differ_at=2)


@given(READINGS, st.tuples(*[st.integers(1, 5)] * 3), st.randoms())
def test_the_order_of_readers_changes_nothing(
    readings: list[tuple[int, ...]], weights: tuple[int, ...], rng: object
) -> None:
    shuffled = list(readings)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert found(readings, weights=weights, differ_at=2) == found(shuffled, weights=weights, differ_at=2)


@given(READINGS, st.tuples(*[st.integers(1, 5)] * 3))
def test_the_middle_lies_among_what_readers_said(readings: list[tuple[int, ...]], weights: tuple[int, ...]) -> None:
    whole = found(readings, weights=weights, differ_at=2)
    assert whole.middle is not None
    assert min(map(min, readings)) <= whole.middle <= max(map(max, readings))
    assert all(sum(criterion.counts) == len(readings) for criterion in whole.criteria)
