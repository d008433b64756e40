"""What fits a person is a sum that anybody can check: the next step, why it is wanted, nearness, date, language."""

import datetime as dt
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth.waves import TREE, standing, wave
from trellis.framework.tree import ThemeNode
from trellis.growth.for_you import (
    BEGUN,
    FOCUS,
    GOAL,
    LOWEST,
    ROLE,
    Date,
    Entry,
    Place,
    Reader,
    Want,
    judge,
    rank,
    too_high,
    wants_of,
)
from trellis.growth.next_action import gaps
from trellis.people.models import UnitKind

NOW = dt.datetime(2026, 11, 25, 18, tzinfo=dt.UTC)
ZONE = "America/Denver"
DAY = dt.timedelta(days=1)
TOP = Place(1, 1, 100, UnitKind.NATIONAL, "Common Ground")
STATE = Place(1, 2, 50, UnitKind.STATE, "Alder")
LOCAL = Place(1, 3, 20, UnitKind.LOCAL, "Riverside")
WORKSITE = Place(1, 4, 5, UnitKind.WORKSITE, "Lincoln")
BOARD = Place(1, 6, 7, UnitKind.COMMITTEE, "Riverside board")
OTHER_LOCAL = Place(1, 21, 30, UnitKind.LOCAL, "Millbrook")
OTHER_STATE = Place(1, 60, 90, UnitKind.STATE, "Tamarack")
THEME, SECOND, THIRD, *_REST = TREE.themes


def entry(*teaches: tuple[ThemeNode, int], place: Place = TOP, key: int = 1, **more: Any) -> Entry:
    """An offering in person, in English, of the whole association."""
    fields: dict[str, Any] = {"title": f"Offering {key}", "form": "in person", "language": "en", "needs": ()} | more
    return Entry(
        key, uuid.UUID(int=key), is_free=True, place=place,
        teaches=tuple((theme.uid.int, level) for theme, level in teaches), **fields,
    )  # fmt: skip


def reader(*wants: Want, levels: dict[ThemeNode, int] | None = None, language: str = "en") -> Reader:
    """Somebody of Lincoln."""
    known = {theme.uid.int: level for theme, level in (levels or {}).items()}
    return Reader({want.theme.uid.int: want for want in wants}, known, language, (WORKSITE, LOCAL, STATE, TOP))


def want(theme: ThemeNode = THEME, level: int = 1, why: str = GOAL, target: int = 1) -> Want:
    return Want(theme, level, why, target)


def points(one: Entry, who: Reader, **more: Any) -> int:
    found = judge(one, who, now=NOW, **more)
    assert found is not None
    return found.points


def test_what_does_not_teach_a_wanted_step_does_not_fit() -> None:
    who = reader(want())
    assert judge(entry((SECOND, 1)), who, now=NOW) is None
    assert judge(entry((THEME, 2)), reader(want(level=1), levels={THEME: 1}), now=NOW) is None


def test_what_stands_two_levels_up_waits_even_when_it_teaches_a_wanted_step_too() -> None:
    one, who = entry((THEME, 1), (SECOND, 3)), reader(want(), levels={SECOND: 1})
    assert judge(one, who, now=NOW) is None
    assert too_high(one, who) == ((SECOND.uid.int, 3),)
    assert judge(entry((THEME, 1), (SECOND, 2)), who, now=NOW) is not None


def test_the_sum_is_what_the_rule_says() -> None:
    who = reader(want())
    # A goal 6, elsewhere 1, no date 0, language 2.
    assert points(entry((THEME, 1)), who) == 9
    assert points(entry((THEME, 1), language="es"), who) == 7
    assert points(entry((THEME, 1), language="es"), reader(want(), language="es")) == 9


@pytest.mark.parametrize(("why", "worth"), [(GOAL, 6), (ROLE, 5), (FOCUS, 4), (BEGUN, 3), (LOWEST, 2)])
def test_why_a_step_is_wanted_counts_first(why: str, worth: int) -> None:
    assert points(entry((THEME, 1)), reader(want(why=why))) == worth + 3


def test_a_role_that_asks_for_two_levels_counts_one_more() -> None:
    assert points(entry((THEME, 1)), reader(want(why=ROLE, target=2))) == 9


def test_further_wanted_steps_count_one_each_and_two_at_most() -> None:
    themes = TREE.themes[:4]
    who = reader(*(want(theme) for theme in themes))
    sums = [points(entry(*((theme, 1) for theme in themes[:count])), who) for count in (1, 2, 3, 4)]
    assert sums == [9, 10, 11, 11]


@pytest.mark.parametrize(
    ("place", "worth", "common"),
    [
        (WORKSITE, 3, WORKSITE),
        (BOARD, 3, LOCAL),
        (LOCAL, 3, LOCAL),
        (OTHER_LOCAL, 2, STATE),
        (STATE, 2, STATE),
        (TOP, 1, TOP),
        (OTHER_STATE, 1, TOP),
    ],
)
def test_near_is_told_by_the_smallest_unit_in_common(place: Place, worth: int, common: Place) -> None:
    found = judge(entry((THEME, 1), place=place), reader(want()), now=NOW)
    assert found is not None
    assert found.points == 8 + worth
    assert found.near == common


@pytest.mark.parametrize("form", ["online", "hybrid"])
def test_online_is_near_to_everybody(form: str) -> None:
    assert points(entry((THEME, 1), place=OTHER_STATE, form=form), reader(want())) == 10


def test_a_date_soon_with_a_seat_counts_two_and_a_later_one_one() -> None:
    who = reader(want())
    soon, late = Date(1, NOW + 20 * DAY, 10, ZONE), Date(2, NOW + 90 * DAY, None, ZONE)
    assert points(entry((THEME, 1), dates=(soon, late)), who) == 11
    assert points(entry((THEME, 1), dates=(late,)), who) == 10
    assert points(entry((THEME, 1), form="self-paced"), who) == 12  # and it is near
    # The first is full: the later one counts.
    assert points(entry((THEME, 1), dates=(soon, late)), who, full={1}) == 10
    full = judge(entry((THEME, 1), dates=(soon,)), who, now=NOW, full={1})
    assert full is not None
    assert (full.points, full.is_full, full.date) == (9, True, None)
    # What has begun is no date.
    assert points(entry((THEME, 1), dates=(Date(3, NOW, 10, ZONE),)), who) == 9


def test_what_must_come_first_is_said_and_counts_against() -> None:
    one = entry((THEME, 1), needs=((SECOND.uid.int, 1),))
    found = judge(one, reader(want()), now=NOW)
    assert found is not None
    assert found.missing == ((SECOND.uid.int, 1),)
    assert found.points == 6
    assert points(one, reader(want(), levels={SECOND: 1})) == 9


def test_equal_points_go_by_date_then_title() -> None:
    who = reader(want())
    early, late = (Date(key, NOW + days * DAY, None, ZONE) for key, days in ((1, 5), (2, 9)))
    entries = [
        entry((THEME, 1), key=1, title="B"),
        entry((THEME, 1), key=2, title="A"),
        entry((THEME, 1), key=3, title="Late", dates=(late,)),
        entry((THEME, 1), key=4, title="Early", dates=(early,)),
    ]
    assert [pick.entry.title for pick in rank(entries, who, now=NOW)] == ["Early", "Late", "A", "B"]


@given(st.permutations(range(8)))
def test_the_order_does_not_depend_on_the_order_in_which_they_come(order: list[int]) -> None:
    who = reader(want(), want(SECOND, why=LOWEST))
    entries = [entry((THEME if key % 2 else SECOND, 1), key=key, title="Same") for key in order]
    assert [pick.entry.key for pick in rank(entries, who, now=NOW)] == [1, 3, 5, 7, 0, 2, 4, 6]


def test_goals_come_before_the_role_and_the_role_before_the_nearest() -> None:
    codes = [theme.code for theme in TREE.themes]
    now = standing(wave({codes[0]: 0, codes[1]: 2, codes[2]: 3}))
    ways = gaps(now, targets={codes[0]: 2, codes[3]: 1}, focus_domain="", top=TREE.top)
    levels = {theme.theme.uid.int: theme.level for theme in now.themes if theme.is_known}
    found = wants_of(ways, {codes[1]: 3}, {codes[0]: 2, codes[3]: 1}, levels, TREE.theme_by_code)
    said = {one.theme.code: (one.why, one.level, one.target) for one in found.values()}
    assert said[codes[0]] == (ROLE, 1, 2)
    assert said[codes[1]] == (GOAL, 2, 3)
    assert said[codes[2]] == (BEGUN, 2, 2)
    # The role asks for it and nobody has said where they stand: it begins at the first level.
    assert said[codes[3]] == (ROLE, 1, 1)
