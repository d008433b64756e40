"""The arithmetic and the tables of the benchmark; nothing is measured here."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.association import Shape, places_of
from bench.client import request
from bench.figures import Burst, measured, percentile, slope
from bench.tables import Goal, goal_table, table
from trellis.people.models import UnitKind

QUICK = settings(max_examples=60, deadline=None, database=None)


def test_a_percentile_lies_straight_between_its_neighbours() -> None:
    values = [4.0, 1.0, 3.0, 2.0]
    assert [percentile(values, share) for share in (0, 0.5, 0.9, 1)] == pytest.approx([1, 2.5, 3.7, 4])
    assert percentile([7.0], 0.95) == 7
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


@QUICK
@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0, 1))
def test_a_percentile_is_within_the_values(values: list[float], share: float) -> None:
    assert min(values) <= percentile(values, share) <= max(values)


@pytest.mark.parametrize("power", [0, 0.05, 1, 2])
def test_the_slope_is_the_power_with_which_a_cost_grows(power: float) -> None:
    sizes = [1_000, 32_000, 1_000_000]
    assert slope(sizes, [7 * size**power for size in sizes]) == pytest.approx(power)


def test_a_slope_needs_two_sizes() -> None:
    with pytest.raises(ValueError, match="two different sizes"):
        slope([1000, 1000], [1, 2])


def test_ratios_are_taken_within_a_repetition() -> None:
    page = [Burst((0.002,), 1.0), Burst((0.2,), 1.0), Burst((0.006,), 1.0)]
    floor = [Burst((0.001,), 1.0), Burst((0.1,), 1.0), Burst((0.001,), 1.0)]
    found = measured(page, floor)
    assert (found.p50, found.ratio50) == pytest.approx((6, 2)), "a slow repetition is slow for both"


def test_a_burst_knows_its_rate_and_processor_time() -> None:
    burst = Burst((0.1, 0.3), 0.5, 0.2)
    assert (burst.p50, burst.rate, burst.cpu) == pytest.approx((200, 4, 100))


def test_columns_are_as_wide_as_they_need() -> None:
    assert table(("page", "ms"), [("a", "1.0"), ("standing", "12.5")]).splitlines() == [
        "page        ms",
        "--------  ----",
        "a          1.0",
        "standing  12.5",
    ]


def test_a_goal_is_judged_as_it_is_printed() -> None:
    assert [Goal("g", 1.5, figure).verdict for figure in (1.504, 1.506, None)] == ["kept", "MISSED", "not measured"]
    assert Goal("first", 60, 61.26, " KB", 1).row() == ("first", "<= 60 KB", "61.3 KB", "", "MISSED")


def test_a_missed_goal_is_said_in_the_last_line() -> None:
    goals = [Goal("small", 1, 0.5), Goal("large", 1, 2.0)]
    assert goal_table(goals).splitlines()[-1] == "!! 1 GOALS MISSED: large !!"
    assert goal_table(goals[:1]).splitlines()[-1] == "Every goal that was measured is kept."


def test_a_form_is_sent_with_its_token_and_length() -> None:
    head, _, body = request("/x/", session="s", form={"step": 2}).partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert (lines[0], body) == ("POST /x/ HTTP/1.1", b"step=2")
    assert "Content-Length: 6" in lines
    token = next(line for line in lines if line.startswith("X-CSRFToken")).removeprefix("X-CSRFToken: ")
    assert f"Cookie: csrftoken={token}; sessionid=s" in lines


@QUICK
@given(st.integers(49, 9_000))
def test_a_generated_association_is_a_whole_tree_of_nested_sets(persons: int) -> None:
    shape = Shape(persons=persons, near=48)
    places = list(places_of(shape, 1))
    assert sum(map(sum, shape.locals)) == persons
    numbers = [number for place in places for number in (place.left, place.right)]
    assert sorted(numbers) == list(range(1, 2 * len(places) + 1))
    assert [place.key for place in places] == list(range(1, len(places) + 1))
    for place in places:
        around = [other for other in places if other.left < place.left and other.right > place.right]
        assert len(around) == place.depth - 1
    assert len([place for place in places if place.kind is UnitKind.STATE]) <= 50
