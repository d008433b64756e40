"""What next: always one thing, kindly what is late before what is near. Steps in memory, no database."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth.waves import WAVE, standing, wave
from trellis.growth.models import Step
from trellis.growth.next_action import Gap, gaps
from trellis.growth.what_next import Way, WhatNext, what_next

TODAY = dt.date(2026, 11, 25)
DAY = dt.timedelta(days=1)
QUICK = settings(max_examples=80, deadline=None, database=None)
DATES = st.none() | st.integers(-400, 400).map(lambda days: TODAY + days * DAY)


def step(days: int | None, text: str = "") -> Step:
    """A step that is due so many days from today, or never."""
    return Step(text=text or f"in {days}", due_on=None if days is None else TODAY + days * DAY)


def ways(answers: Mapping[str, int | None]) -> list[Gap]:
    """The themes to grow in by these answers."""
    return gaps(standing(wave(answers)), targets={}, focus_domain="", top=3)


def chosen(
    steps: list[Step], answers: Mapping[str, int | None] | None = None, taken: frozenset[UUID] = frozenset()
) -> WhatNext | None:
    """Return what comes next for these steps and answers."""
    found = ways(answers or {})
    return what_next(steps, found, taken=taken, today=TODAY, has_ground=bool(steps or answers))


def text_of(found: WhatNext | None) -> str:
    assert found is not None
    assert found.step is not None
    return found.step.text


def test_what_is_late_comes_first_and_the_earliest_of_it() -> None:
    found = chosen([step(3), step(-2), step(-9), step(None)])
    assert (found and found.way, text_of(found)) == (Way.LATE, "in -9")


def test_today_is_not_late() -> None:
    found = chosen([step(0), step(4)])
    assert (found and found.way, text_of(found)) == (Way.STEP, "in 0")


def test_else_what_is_nearest() -> None:
    assert text_of(chosen([step(None), step(30), step(9), step(200)])) == "in 9"


def test_of_one_day_the_plans_order_decides() -> None:
    assert text_of(chosen([step(5, "first"), step(5, "second")])) == "first"


def test_without_dates_the_first_of_the_plan() -> None:
    assert text_of(chosen([step(None, "a"), step(None, "b")])) == "a"


def test_without_steps_the_first_activity_of_the_most_worthwhile_theme() -> None:
    found = chosen([], {"AA.1": 4, "AA.2": 3})
    assert found is not None
    assert found.gap is not None
    assert found.activity is not None
    assert (found.way, found.gap.standing.theme.code) == (Way.SUGGESTED, "AA.2")
    assert found.activity.text == "Try AA.2.L2 in way 1."


def test_an_activity_that_was_taken_up_is_not_suggested_again() -> None:
    answers = {"AA.1": 4, "AA.2": 3}
    first, *rest = ways(answers)[0].cell.activities
    found = chosen([], answers, frozenset({first.uid}))
    assert found is not None
    assert found.activity == (rest[0] if rest else ways(answers)[1].cell.activities[0])
    everything = frozenset(each.uid for gap in ways(answers) for each in gap.cell.activities)
    assert chosen([], answers, everything) == WhatNext(Way.CHECK_IN)


def test_who_has_climbed_it_all_takes_stock() -> None:
    assert chosen([], {"AA.1": 6}) == WhatNext(Way.CHECK_IN)


def test_who_has_nothing_at_all_is_left_alone() -> None:
    assert what_next([], [], taken=frozenset(), today=TODAY, has_ground=False) is None


@QUICK
@given(st.lists(DATES, max_size=9), WAVE)
def test_there_is_always_exactly_one_thing_where_there_is_a_standing_or_a_plan(
    dates: list[dt.date | None], answers: dict[str, int | None]
) -> None:
    steps = [Step(text=str(number), due_on=day) for number, day in enumerate(dates)]
    has_standing = any(half is not None for half in answers.values())
    found = what_next(steps, ways(answers), taken=frozenset(), today=TODAY, has_ground=bool(steps) or has_standing)
    assert (found is None) == (not steps and not has_standing)
    if found is None:
        return
    assert (found.step is not None, found.gap is not None) in {(True, False), (False, True), (False, False)}
    assert (found.step is not None) == bool(steps)
    assert (found.activity is None) == (found.gap is None)


@QUICK
@given(st.lists(DATES, min_size=1, max_size=9), st.permutations(range(9)))
def test_nothing_that_waits_is_due_before_it_whatever_the_order(dates: list[dt.date | None], order: list[int]) -> None:
    steps = [Step(text=str(number), due_on=day) for number, day in enumerate(dates)]
    shuffled = [steps[place] for place in order if place < len(steps)]
    first, second = (chosen(each) for each in (steps, shuffled))
    assert first is not None
    assert second is not None
    assert first.step is not None
    assert second.step is not None
    assert first.step.due_on == second.step.due_on
    known = [day for day in dates if day is not None]
    assert first.step.due_on == (min(known) if known else None)
    assert (first.way == Way.LATE) == (bool(known) and min(known) < TODAY)
