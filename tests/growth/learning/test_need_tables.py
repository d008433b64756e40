"""What is shown of needs cannot be put together into what is hidden: by totals, by levels, or by two releases."""

import random
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.growth.need_tables import Node, Shown, release, whole
from trellis.growth.needs import needs_of, tally
from trellis.measure.disclosure import audit

THEMES, TOP = ("AA.1",), 3
COUNTS = st.tuples(*[st.integers(0, 30)] * 4)


def part(key: str, counts: Sequence[int], before: Shown | None = None) -> Node:
    """Those of one local: how many need each level, and how many none."""
    return Node(key, sum(counts), {"AA.1": list(counts[:3])}, (), before)


def state(*parts: Node, key: str = "state", before: Shown | None = None) -> Node:
    return whole(key, parts, THEMES, top=TOP, before=before)


def shown(root: Node) -> dict[str, Shown]:
    return release(root, THEMES, top=TOP)


def row(found: Mapping[str, Shown], key: str) -> tuple[int | None, ...]:
    return found[key].needs.get("AA.1", (None,) * 4)


def table(found: Mapping[str, Shown], keys: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.array([[np.nan if n is None else n for n in row(found, key)] for key in keys], dtype=np.float64)


def totals(found: Mapping[str, Shown], keys: Sequence[str], above: str) -> tuple[list[float], list[float]]:
    people = [np.nan if found[key].people is None else float(found[key].people or 0) for key in keys]
    return people, [np.nan if n is None else float(n) for n in row(found, above)]


def test_large_parts_are_shown_as_they_are() -> None:
    found = shown(state(part("a", (40, 30, 20, 10)), part("b", (20, 25, 30, 35))))
    assert row(found, "a") == (40, 30, 20, 10)
    assert row(found, "state") == (60, 55, 50, 45)
    assert found["state"].people == 210


def test_a_small_local_is_hidden_and_so_is_what_would_give_it_away() -> None:
    found = shown(state(part("a", (40, 30, 20, 10)), part("b", (2, 2, 2, 1))))
    assert found["b"].people is None
    # With the state's total and one other local, subtraction would do it.
    assert found["a"].people is None
    assert row(found, "a") == row(found, "b") == (None,) * 4


def test_where_all_need_the_same_it_does_not_show() -> None:
    found = shown(state(part("a", (14, 0, 0, 0)), part("b", (30, 30, 30, 30)), part("c", (25, 20, 15, 30))))
    assert row(found, "a") == (None,) * 4


def test_no_threshold_below_ten_is_taken() -> None:
    with pytest.raises(ValueError, match="threshold"):
        release(state(part("a", (20, 20, 20, 20))), THEMES, top=TOP, threshold=9)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(COUNTS, min_size=1, max_size=4), min_size=1, max_size=3))
def test_no_table_gives_a_hidden_count_away(states: list[list[tuple[int, ...]]]) -> None:
    nodes = [
        state(*(part(f"{place}.{number}", counts) for number, counts in enumerate(locals_)), key=f"s{place}")
        for place, locals_ in enumerate(states)
    ]
    found = shown(state(*nodes, key="top"))
    for unit in (*nodes, state(*nodes, key="top")):
        keys = [one.key for one in unit.parts]
        published = table(found, keys)
        people, columns = totals(found, keys, unit.key)
        hidden_total = [finding for finding in audit(published, (people, columns)).findings if finding.row is not None]
        assert hidden_total == []


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_a_second_release_does_not_open_what_the_first_hid(seed: int) -> None:
    rng = random.Random(seed)
    first = {key: [rng.randrange(35) for _ in range(4)] for key in "abcd"}
    early = shown(state(*(part(key, counts) for key, counts in first.items())))
    changed = set(rng.sample("abcd", rng.randrange(1, 4)))
    second = {key: [rng.randrange(35) for _ in range(4)] if key in changed else first[key] for key in "abcd"}
    late = shown(state(*(part(key, counts, None if key in changed else early[key]) for key, counts in second.items())))
    for key in set("abcd") - changed:
        # Nobody in it was counted anew: exactly what was shown is shown, and what was hidden stays hidden.
        assert row(late, key) == row(early, key)
        assert late[key].people == early[key].people
    # A reader who keeps the first release knows nothing more of the second one than its own tables say.
    people, columns = totals(late, "abcd", "state")
    findings = audit(table(late, "abcd"), (people, columns)).findings
    if row(late, "state") != (None,) * 4:
        assert findings == ()


def test_needs_are_the_next_step_below_what_the_role_asks() -> None:
    levels = {"AA.1": 0, "AA.2": 1, "BB.1": 2, "BB.2": 3}
    assert needs_of(levels, {"AA.1": 2, "AA.2": 1, "BB.1": 3}, top=3) == {"AA.1": 1, "BB.1": 3}
    assert needs_of(levels, None, top=3) == {"AA.1": 1, "AA.2": 2, "BB.1": 3}
    assert needs_of({}, None, top=3) == {}


def test_a_group_is_tallied_by_level() -> None:
    assert tally([{"AA.1": 1}, {"AA.1": 1, "BB.1": 3}, {"AA.1": 2}], top=3) == {"AA.1": [2, 1, 0], "BB.1": [0, 0, 1]}
