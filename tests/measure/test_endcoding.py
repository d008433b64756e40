"""How numbers of a report are written: no number near all or none tells about each person."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.measure.endcoding import Coded, coded_mean, coded_percentage, written_count

QUICK = settings(max_examples=80, deadline=None, database=None)


@pytest.mark.parametrize(
    ("part", "people", "written"),
    [
        (300, 300, "≥99"),
        (297, 300, "≥99"),
        (294, 300, "98"),
        (0, 300, "≤1"),
        (299, 299, "≥98"),
        (2, 100, "≤2"),
        (3, 100, "3"),
        (99, 99, "≥95"),
        (37, 40, "93"),
        (39, 39, "≥90"),
        (17, 20, "85"),
        (2, 20, "≤10"),
        (19, 19, "≥80"),
        (0, 10, "≤20"),
        (5, 10, "50"),
        (1, 3, None),
        (9, 9, None),
    ],
)
def test_percentages_are_whole_and_their_ends_coded(part: int, people: int, written: str | None) -> None:
    found = coded_percentage(part, people)
    assert (None if found is None else str(found)) == written


@QUICK
@given(st.integers(10, 2000).flatmap(lambda people: st.tuples(st.integers(0, people), st.just(people))))
def test_all_but_a_few_are_written_like_all_and_the_others_mirror_it(share: tuple[int, int]) -> None:
    part, people = share
    found, rest = coded_percentage(part, people), coded_percentage(people - part, people)
    assert found is not None
    assert rest is not None
    assert {found.end, rest.end} in ({"exactly"}, {"at least", "at most"})
    # Halves of a per cent go up on both sides.
    assert found.value + rest.value in (100, 101)
    assert coded_percentage(people - 1, people) == coded_percentage(people, people)


@pytest.mark.parametrize(
    ("mean", "people", "written"),
    [(3.0, 12, "≥2.4"), (2.3, 12, "2.3"), (0.0, 12, "≤0.6"), (1.26, 50, "1.3"), (3.0, 500, "≥2.9"), (2.0, 9, None)],
)
def test_means_have_one_digit_and_their_ends_coded(mean: float, people: int, written: str | None) -> None:
    found = coded_mean(mean, people, (0, 3))
    assert (None if found is None else str(found)) == written


def test_a_raised_threshold_hides_more() -> None:
    assert coded_percentage(6, 12, threshold=15) is None
    assert coded_mean(1, 12, (0, 3), threshold=15) is None
    assert coded_percentage(6, 15, threshold=15) == Coded("exactly", 40)


@pytest.mark.parametrize(
    ("count", "written"), [(float("nan"), "<10"), (0, "<10"), (9, "<10"), (10, "10"), (1234, "1234")]
)
def test_a_hidden_count_is_written_like_any_other(count: float, written: str) -> None:
    assert written_count(count) == written


def test_what_cannot_be_is_refused() -> None:
    for part, people, threshold in [(5, 4, 10), (-1, 4, 10), (5, 12, 5)]:
        with pytest.raises(ValueError, match=r"part|threshold"):
            coded_percentage(part, people, threshold)
    for mean, scale in [(4.0, (0, 3)), (3.0, (3, 3))]:
        with pytest.raises(ValueError, match="scale"):
            coded_mean(mean, 20, scale)
