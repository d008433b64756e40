"""Suppression and its audit: an attacker who has every total tries to read what is hidden, on weakened gates too."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from trellis.measure.disclosure import THRESHOLD, Audit, audit, protect

QUICK = settings(max_examples=40, deadline=None, database=None)
COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 60))
SHAPES = st.tuples(st.integers(2, 6), st.integers(2, 5))
TABLES = SHAPES.flatmap(lambda shape: arrays(np.int64, shape, elements=COUNTS))
TINY = st.sampled_from([(2, 2), (2, 3), (3, 2)]).flatmap(
    lambda shape: st.tuples(
        arrays(np.int64, shape, elements=st.integers(0, 5)), arrays(np.bool_, shape, elements=st.booleans())
    )
)


def margins(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return table.sum(axis=1), table.sum(axis=0)


def subtracted(published: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Return what plain subtraction recovers: a line with one hidden cell gives it away, again and again."""
    known = published.copy()
    found = True
    while found:
        found = False
        for cells, totals in ((known, rows), (known.T, columns)):
            for line, total in zip(cells, totals, strict=True):
                if np.isnan(line).sum() == 1:
                    line[np.isnan(line)] = total - np.nansum(line)
                    found = True
    return known


def tables_that_fit(published: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> Iterator[np.ndarray]:
    """Yield every table of whole numbers that has these shown cells and totals."""
    hidden = np.argwhere(np.isnan(published))
    ranges = [range(int(min(rows[i], columns[j])) + 1) for i, j in hidden]
    for values in product(*ranges):
        guess = published.copy()
        guess[tuple(hidden.T)] = values
        if (guess.sum(axis=1) == rows).all() and (guess.sum(axis=0) == columns).all():
            yield guess


@QUICK
@given(TINY, st.integers(1, 4))
def test_the_audit_finds_what_trying_every_table_finds(tiny: tuple[np.ndarray, np.ndarray], threshold: int) -> None:
    table, hidden = tiny
    published = np.where(hidden, np.nan, table)
    rows, columns = margins(table)
    fitting = np.array(list(tables_that_fit(published, rows, columns)))
    low, high = fitting.min(axis=0), fitting.max(axis=0)
    expected = {(i, j, v, v) for (i, j), v in np.ndenumerate(table) if not hidden[i, j] and v < threshold} | {
        (int(i), int(j), low[i, j], high[i, j])
        for i, j in np.argwhere(hidden)
        if low[i, j] > 0 or high[i, j] < min(threshold, rows[i])
    }
    found = audit(published, (rows, columns), threshold)
    assert {(f.row, f.column, f.low, f.high) for f in found.findings} == expected
    assert bool(found) == (not expected)


@QUICK
@given(TABLES)
def test_whatever_passes_the_audit_gives_nothing_to_subtraction(table: np.ndarray) -> None:
    published = protect(table)
    rows, columns = margins(table)
    shown = ~np.isnan(published)
    assert (published[shown] == table[shown]).all()
    assert (table[shown] >= THRESHOLD).all()
    if audit(published, (rows, columns)):
        assert (np.isnan(subtracted(published, rows, columns)) == ~shown).all()
    else:
        assert not shown.any(), "a table that fails its audit shows nothing"


@QUICK
@given(TABLES)
def test_a_table_without_small_counts_is_shown_whole(table: np.ndarray) -> None:
    large = table + THRESHOLD
    assert (protect(large) == large).all()
    assert audit(large, margins(large))


@QUICK
@given(TABLES)
def test_protecting_neither_depends_on_the_order_of_columns_nor_changes_the_table(table: np.ndarray) -> None:
    before = table.copy()
    many_sized = table * 100 + np.arange(table.size).reshape(table.shape)  # no ties between cells
    one, other = protect(many_sized, 300), protect(many_sized[:, ::-1], 300)[:, ::-1]
    assert np.array_equal(np.isnan(one), np.isnan(other))
    protect(table)
    assert (table == before).all()


# Each leaves out one part of the protection.


def without_complements(table: np.ndarray) -> np.ndarray:
    return np.where(table < THRESHOLD, np.nan, table)


def with_a_threshold_of_five(table: np.ndarray) -> np.ndarray:
    return protect(table, 5)


def that_shows_zeros(table: np.ndarray) -> np.ndarray:
    published = protect(table)
    return np.where(table == 0, 0, published)


def that_shows_one_small_cell(table: np.ndarray) -> np.ndarray:
    published = protect(table)
    published[0, 0] = table[0, 0]
    return published


def that_hides_a_single_cell(table: np.ndarray) -> np.ndarray:
    published = (table + 20).astype(float)
    published[1, 1] = np.nan
    return published


SMALL = np.array(
    [[3, 40, 61, 20, 44], [52, 7, 33, 0, 25], [18, 90, 47, 31, 38], [70, 26, 29, 55, 83], [64, 35, 50, 41, 6]]
)


@pytest.mark.parametrize(
    "gate", [without_complements, with_a_threshold_of_five, that_shows_zeros, that_shows_one_small_cell]
)
def test_a_weakened_gate_is_caught(gate: object) -> None:
    assert audit(protect(SMALL), margins(SMALL))
    assert not audit(gate(SMALL), margins(SMALL))  # type: ignore[operator]


def test_a_single_hidden_cell_is_read_off_to_the_last_person() -> None:
    found = audit(that_hides_a_single_cell(SMALL), margins(SMALL + 20))
    (finding,) = found.findings
    assert (finding.row, finding.column, finding.low, finding.high) == (1, 1, 27, 27)


@QUICK
@given(TABLES)
def test_without_complements_whatever_subtraction_recovers_is_found(table: np.ndarray) -> None:
    published = without_complements(table)
    recovered = np.isnan(published) & ~np.isnan(subtracted(published, *margins(table)))
    found = {(finding.row, finding.column) for finding in audit(published, margins(table)).findings}
    # Only a cell that is known to be the whole of a row without anybody in it tells nothing.
    telling = recovered & (table.sum(axis=1) > 0)[:, None]
    assert {(int(i), int(j)) for i, j in np.argwhere(telling)} <= found


def test_two_small_cells_of_one_row_do_not_hide_each_other() -> None:
    """Three and four people hidden together: a reader would know that there are seven."""
    table = np.array([[3, 4, 50, 60], [44, 55, 66, 77], [88, 99, 43, 54], [65, 76, 87, 98]])
    only_pair = np.where(table < 10, np.nan, table)
    assert not audit(only_pair, margins(table))
    assert np.isnan(protect(table)[0]).sum() >= 3


def test_a_cell_that_stands_alone_in_its_column_gets_a_partner_before_rows_are_withheld() -> None:
    """7 and 4 are small; 26 and 13 join them in their rows, 27 and 23 in their columns; the audit then takes rows."""
    table = np.array([[37, 28, 43, 39], [7, 26, 46, 40], [35, 27, 48, 30], [27, 54, 23, 22], [45, 4, 13, 15]])
    hidden = np.isnan(protect(table))
    assert hidden.tolist() == [[False] * 4, [True] * 4, [False] * 4, [True] * 4, [False, True, True, False]]


def test_the_closed_form_and_linear_programming_say_the_same() -> None:
    """Withheld rows of a table, once alone and once with their grand total, which leads to the linear programme."""
    table = np.array([[3, 40, 60], [52, 70, 33], [18, 90, 47]])
    published = table.astype(float)
    published[:2] = np.nan
    rows, columns = margins(table)
    closed = audit(published, (rows, columns))
    one_less_total = rows.astype(float)
    one_less_total[2] = np.nan
    programmed = audit(published, (one_less_total, columns, int(table.sum())))
    low = np.maximum(0, rows[:2, None] + (columns - table[2]) - rows[:2].sum())
    high = np.minimum(rows[:2, None], columns - table[2])
    expected = {(i, j, low[i, j], high[i, j]) for i, j in np.ndindex(2, 3) if low[i, j] > 0 or high[i, j] < THRESHOLD}
    assert expected
    assert {(f.row, f.column, f.low, f.high) for f in closed.findings} == expected
    assert {(f.row, f.column, f.low, f.high) for f in programmed.findings if f.column is not None} == expected


def test_a_small_child_may_be_as_small_as_everybody_knows() -> None:
    """Seven members are on the roster of a local: that nobody is known to be in more than seven tells nothing."""
    table = np.array([[2, 5], [30, 45], [40, 35], [25, 50], [61, 72]])
    published = table.astype(float)
    published[:4] = np.nan
    assert audit(published, margins(table))


def test_a_hidden_total_that_the_others_give_away_is_found() -> None:
    table = np.array([[20, 30], [3, 4], [50, 60]])
    rows, columns = (line.astype(float) for line in margins(table))
    rows[1] = np.nan
    published = table.astype(float)
    published[1] = np.nan
    found = audit(published, (rows, columns))
    assert (1, None, 7.0, 7.0) in {(f.row, f.column, f.low, f.high) for f in found.findings}


def test_cells_under_a_hidden_total_are_hidden() -> None:
    rows, columns = (line.astype(float) for line in margins(SMALL))
    columns[[0, 2]] = np.nan
    published = protect(SMALL, totals=(rows, columns))
    assert np.isnan(published[:, [0, 2]]).all()


def test_an_unlimited_count_is_large_enough() -> None:
    assert audit([[np.nan, 20.0], [np.nan, 30.0]], (None, None))
    assert audit([np.nan, 20.0], None)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([3, 20, 30, 40], [np.nan, np.nan, 30, 40]),
        ([3, 9, 30, 40], [np.nan, np.nan, 30, 40]),
        ([3, 4, 30, 40], [np.nan, np.nan, np.nan, 40]),
        ([0, 30, 12], [np.nan, 30, np.nan]),
        ([10, 30, 12], [10, 30, 12]),
        ([2, 3], [np.nan, np.nan]),
    ],
)
def test_a_list_with_its_sum_is_protected_too(counts: list[int], expected: list[float]) -> None:
    published = protect(counts)
    assert np.array_equal(published, expected, equal_nan=True)
    assert audit(published, sum(counts))


def test_where_even_the_totals_tell_too_much_nothing_is_shown_and_the_audit_still_fails() -> None:
    """One child only: the parent's groups are the child's."""
    table = np.array([[30, 4, 20]])
    assert np.isnan(protect(table)).all()
    assert not audit(protect(table), margins(table))


def test_an_audit_is_true_when_it_found_nothing() -> None:
    assert Audit(())
    assert audit([[20, 30], [40, 50]], ([50, 90], [60, 80]))


@pytest.mark.parametrize(
    ("published", "totals", "says"),
    [
        ([[20, 30]], ([50, 60], [20, 30]), "expected 1"),
        ([[20, 30]], ([50], [20]), "expected 2"),
        ([[20, 30]], 50, "row totals, column totals"),
        ([20, 30], ([50], [20, 30]), "row totals, column totals"),
        ([[20, -1]], ([19], [20, -1]), "whole numbers"),
        ([[20.5, 30]], ([50], [20, 30]), "whole numbers"),
        ([[np.nan, 30], [20, 20]], ([20, 40], [30, 50]), "exceed"),
        ([[np.nan, np.nan], [20, 20]], ([20, 40], [30, 90]), "contradicts"),
        ([[np.nan, 20], [20, 20]], ([30, 40], [31, 40]), "contradicts"),
    ],
)
def test_what_does_not_fit_together_is_refused(published: object, totals: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        audit(published, totals)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("table", "threshold"), [([[1, 2]], 0), ([[1, np.nan]], 10), ([[1, -2]], 10), (5, 10), ([[[1]]], 10)]
)
def test_a_table_that_cannot_be_protected_is_refused(table: object, threshold: int) -> None:
    with pytest.raises(ValueError, match=r"threshold|table"):
        protect(table, threshold)  # type: ignore[arg-type]
