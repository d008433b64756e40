"""What a goal offers: activities from the lowest missing level up, and sessions that teach what is missing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.growth.plan.sessions import offering, session
from tests.growth.waves import TREE
from trellis.framework.tree import EditionTree
from trellis.growth.ladder_choices import Why, level_choices, missing_levels
from trellis.growth.session_choices import session_choices
from trellis.learning.models import Format, OfferingStatus, SessionStatus

THEME = TREE.themes[0]
QUICK = settings(max_examples=60, deadline=None, database=None)


def offered(level: int, target: int) -> list[tuple[int, Why]]:
    """Return the levels offered with why, in order."""
    found = level_choices(THEME, level=level, target=target, taken=frozenset())
    return [(choice.cell.level, choice.why) for choice in found]


def test_what_is_missing_below_the_target_comes_first() -> None:
    assert offered(0, 3) == [(1, Why.FIRST), (2, Why.FIRST), (3, Why.TARGET)]
    assert offered(1, 3) == [(2, Why.FIRST), (3, Why.TARGET), (1, Why.THERE)]


def test_what_is_there_is_kept_for_practice_the_nearest_first() -> None:
    assert offered(2, 2) == [(2, Why.THERE), (1, Why.THERE)]
    assert offered(0, 1) == [(1, Why.TARGET)]


def test_an_activity_says_whether_it_is_in_the_plan() -> None:
    first = THEME.cell(1).activities[0]
    (choice,) = level_choices(THEME, level=0, target=1, taken={first.uid})
    assert [is_there for _, is_there in choice.activities] == [
        activity == first for activity in THEME.cell(1).activities
    ]


@QUICK
@given(st.integers(0, 3), st.integers(1, 3))
def test_every_level_up_to_the_target_is_there_once_and_none_above(level: int, target: int) -> None:
    found = [number for number, _ in offered(level, target)]
    assert sorted(found) == list(range(1, target + 1))
    missing = [number for number in found if number > level]
    assert missing == sorted(missing)
    assert found[: len(missing)] == missing
    learn = missing_levels(level=level, target=target)
    assert learn == tuple(missing) or (not missing and learn == (target,))


def titles(tree: EditionTree, *levels: int) -> list[str]:
    """Return what the catalogue offers for ORG.1 at these levels."""
    return [choice.offering.title for choice in session_choices(tree.theme_by_code["ORG.1"].uid, levels)]


@pytest.mark.usefixtures("db")
def test_lower_levels_come_first_then_the_earliest_date(cast: Cast, tree: EditionTree) -> None:
    theme = tree.theme_by_code["ORG.1"]
    high = offering(cast, theme, theme.cell(2), title="High")
    late, soon = (offering(cast, theme, theme.cell(1), title=title) for title in ("Late", "Soon"))
    for one, days in ((high, 2), (late, 40), (soon, 9)):
        session(one, days=days)
    assert titles(tree, 1, 2) == ["Soon", "Late", "High"]
    assert titles(tree, 2) == ["High"]
    assert titles(tree, 3) == []


def test_only_what_one_can_still_go_to_is_offered(cast: Cast, tree: EditionTree) -> None:
    theme = tree.theme_by_code["ORG.1"]
    for title, more in (("Draft", {"status": OfferingStatus.DRAFT}), ("Retired", {"status": OfferingStatus.RETIRED})):
        session(offering(cast, theme, theme.cell(1), title=title, **more))
    session(offering(cast, theme, theme.cell(1), title="Cancelled"), status=SessionStatus.CANCELLED)
    session(offering(cast, theme, theme.cell(1), title="Over"), days=-9)
    offering(cast, theme, theme.cell(1), title="No date")
    assert titles(tree, 1) == []
    offering(cast, theme, theme.cell(1), title="Any time", format=Format.SELF_PACED)
    assert titles(tree, 1) == ["Any time"]


def test_what_needs_a_level_does_not_teach_it(cast: Cast, tree: EditionTree) -> None:
    theme = tree.theme_by_code["ORG.1"]
    found = offering(cast, theme, theme.cell(1))
    found.cells.update(place="needs")
    session(found)
    assert titles(tree, 1) == []
