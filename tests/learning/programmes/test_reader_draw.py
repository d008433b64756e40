"""Drawing readers: each application gets as many as it wants where it can, none barred, and loads as even as can be."""

import random
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from trellis.learning.reader_draw import Draw, draw

Case = tuple[dict[int, int], list[int], set[tuple[int, int]], dict[int, int]]


@st.composite
def cases(draws: st.DrawFn, most: int = 12) -> Case:
    readers = list(range(draws(st.integers(1, 5))))
    wanted = {one: draws(st.integers(0, 3)) for one in range(100, 100 + draws(st.integers(0, most)))}
    pairs = [(one, reader) for one in wanted for reader in readers]
    barred = draws(st.sets(st.sampled_from(pairs))) if pairs else set()
    return wanted, readers, barred, {reader: draws(st.integers(0, 4)) for reader in readers}


def drawn(case: Case, seed: int) -> Draw:
    wanted, readers, barred, load = case
    return draw(wanted, readers, barred=barred, load=load, rng=random.Random(seed))


@given(cases(), st.integers(0, 99))
def test_nobody_reads_what_is_barred_and_each_gets_its_readers_where_there_are_enough(case: Case, seed: int) -> None:
    wanted, readers, barred, load = case
    found = drawn(case, seed)
    assert not found.pairs & barred
    for one, many in wanted.items():
        able = sum((one, reader) not in barred for reader in readers)
        given_ = sum(pair[0] == one for pair in found.pairs)
        assert given_ == min(many, able)
        assert found.short.get(one, 0) == many - given_
    for reader in readers:
        assert found.load[reader] == load[reader] + sum(pair[1] == reader for pair in found.pairs)


@given(cases(most=4), st.integers(0, 9))
def test_no_other_way_to_give_them_out_is_more_even(case: Case, seed: int) -> None:
    wanted, readers, barred, load = case
    choices = []
    for one, many in wanted.items():
        able = [reader for reader in readers if (one, reader) not in barred]
        choices.append(list(combinations(able, min(many, len(able)))))
    least = min(
        sum((load[reader] + sum(reader in chosen for chosen in way)) ** 2 for reader in readers)
        for way in product(*choices)
    )
    assert sum(many**2 for many in drawn(case, seed).load.values()) == least


def test_without_anything_barred_the_loads_differ_by_one_at_the_most() -> None:
    found = drawn(({one: 2 for one in range(25)}, [1, 2, 3, 4], set(), {}), 7)
    assert sorted(found.load.values()) == [12, 12, 13, 13]


def test_who_has_read_before_gets_less() -> None:
    found = drawn(({one: 1 for one in range(4)}, [1, 2], set(), {1: 4}), 3)
    assert found.load == {1: 4, 2: 4}


def test_chance_decides_who_reads_what() -> None:
    case: Case = ({one: 2 for one in range(10)}, [1, 2, 3, 4], set(), {})
    assert drawn(case, 1).pairs != drawn(case, 2).pairs
    assert drawn(case, 1).pairs == drawn(case, 1).pairs
