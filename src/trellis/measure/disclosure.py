"""What a group report may show: small counts are hidden, then whatever would give them away, then all is audited.

Hidden is NaN, and one mark stands for it everywhere: a reader must not see whether a count is hidden because it is
small, because it is 0, or to protect another.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from trellis.measure.feasible import CONTRADICTION, too_narrow
from trellis.measure.flows import Network, fill
from trellis.measure.known import Known, Totals, counts, equations, read
from trellis.measure.swaps import room
from trellis.measure.tables import Flags, Floats

# The association may ask for more, never for less.
THRESHOLD = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """A count that is shown though it is small, or hidden though a reader can work out that it lies in `low`..`high`.

    `row` is None for the hidden total of a column, `column` for that of a row.
    """

    row: int | None
    column: int | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Audit:
    """The findings of an audit. It is true when there are none; one that is not true blocks the release."""

    findings: tuple[Finding, ...]

    def __bool__(self) -> bool:
        return not self.findings


def audit(
    published: ArrayLike,
    totals: Totals,
    threshold: int = THRESHOLD,
    *,
    table: ArrayLike | None = None,
    sensitive: Flags | None = None,
) -> Audit:
    """Return what a reader can work out from a report and may not know; true (in `if`) when there is nothing.

    `published` is a table of counts (children x groups) with NaN for hidden cells, and `totals` what is known besides:
    (row totals, column totals) or (row totals, column totals, grand total), with NaN for a hidden total and None where
    there are no totals of this kind. Or `published` is one list of counts, and `totals` its sum.

    A finding is a cell that is shown below the threshold; and a hidden cell or hidden total that cannot be 0, or that
    cannot be as large as the threshold (as the total of its row, or what known totals leave to the hidden ones, if that
    is smaller). Totals are taken as given: that
    a small one is hidden is for the table that it is a cell of. Who made the report may give the true `table` besides:
    it changes no finding, but spares the search for counts that fit. With `sensitive` (flags in the table's shape) only
    these cells must be unknown: of a count that could be shown, and is hidden for others' sake, a reader may know what
    its own publication would have told. One of these that holds as many as the threshold must not be known to fewer
    than that. Ranges come in closed form where whole rows are
    hidden, from flows where all totals or the true counts are there, else from linear programming. Raises ValueError
    for shapes that do not fit, for counts that are no whole numbers from 0, and for cells and totals that contradict
    each other.
    """
    known = read(published, totals)
    shape = known.cells.shape
    held = None if table is None else counts(table, of="table").reshape(shape)
    return _judge(known, threshold, held, None if sensitive is None else np.reshape(sensitive, shape))


def _judge(known: Known, threshold: int, table: Floats | None = None, sensitive: Flags | None = None) -> Audit:
    """Judge what is known; who protects a `table` may show it, and so spare the solver what it shows to be possible."""
    small = [
        Finding(row, column, float(known.cells[row, column]), float(known.cells[row, column]))
        for row, column in np.argwhere(known.cells < threshold).tolist()
    ]
    deduced = _in_one_line(known, threshold)
    if deduced is None:
        deduced = _in_whole_rows(known, threshold)
    if deduced is None:
        deduced = _by_flows(known, threshold, table, sensitive)
    if deduced is None:
        deduced = _by_programming(known, threshold)
    return Audit((*small, *(one for one in deduced if _matters(one, threshold, table, sensitive))))


def _matters(finding: Finding, threshold: int, table: Floats | None, sensitive: Flags | None) -> bool:
    """Say whether a range is too narrow for what the count is; that of a hidden total always is."""
    row, column = finding.row, finding.column
    if sensitive is None or row is None or column is None:
        return True
    if not sensitive[row, column]:
        return False
    return table is None or table[row, column] < threshold or finding.high - finding.low < threshold


def _in_one_line(known: Known, threshold: int) -> list[Finding] | None:
    """Return the findings of one list of counts with its sum; None for anything else.

    What the shown counts leave of the sum is in the hidden ones together: each can be anything from 0 to that, unless
    it is the only one.
    """
    if known.columns is not None or known.rows is None or len(known.rows) > 1 or np.isnan(known.rows[0]):
        return None
    left = float(known.left()[0][0])
    places = np.flatnonzero(known.hidden[0]).tolist()
    if not places and left:
        raise ValueError(f"{CONTRADICTION}: the totals do not add up")
    low = left if len(places) == 1 else 0.0
    need = float(known.need(threshold)[0, 0])
    return [Finding(0, place, low, left) for place in places if low > 0 or left < need]


def _in_whole_rows(known: Known, threshold: int) -> list[Finding] | None:
    """Return the findings where the hidden cells are whole rows; None where they are not, or totals are missing.

    Of such rows only totals are known, so that a cell lies in max(0, r + c - N)..min(r, c), with c and N what the shown
    rows leave (Frechet's bounds). Rows whose totals are hidden share what the others leave of N, and so do columns.
    """
    hidden, needed = known.hidden, known.need(threshold)
    rows, columns = known.left()
    whole = hidden.all(axis=1)
    free, loose = np.isnan(rows), np.isnan(columns)
    if known.rows is None or known.columns is None or (hidden.any(axis=1) != whole).any() or (free & ~whole).any():
        return None
    if loose.any() and not whole.all():
        return None
    left = known.grand - float(np.nansum(known.cells)) if free.any() or loose.any() else float(rows.sum())
    if np.isnan(left):
        return None
    by_row, many_rows = _shared(rows, free, left)
    by_column, many_columns = _shared(columns, loose, left)
    if rows[~whole].any():
        raise ValueError(f"{CONTRADICTION}: the totals do not add up")
    low = np.maximum(0.0, by_row[:, None] + by_column - left)
    low[(free & many_rows)[:, None] | (loose & many_columns)] = 0.0
    high = np.minimum(by_row[:, None], by_column)
    failing = hidden & ((low > 0) | (high < needed))
    found = [Finding(i, j, float(low[i, j]), float(high[i, j])) for i, j in np.argwhere(failing).tolist()]
    # Of two and more hidden totals each can be nothing, or all that they share; one alone is known.
    if not many_rows:
        found += [Finding(i, None, by_row[i], by_row[i]) for i in np.flatnonzero(free & (by_row > 0)).tolist()]
    if not many_columns:
        found += [
            Finding(None, j, by_column[j], by_column[j]) for j in np.flatnonzero(loose & (by_column > 0)).tolist()
        ]
    return found


def _shared(totals: Floats, hidden: Flags, whole: float) -> tuple[Floats, bool]:
    """Return how large each line can be, a hidden total being at most what the known ones leave; and if several are."""
    rest = whole - float(totals[~hidden].sum())
    if rest < 0 or (rest and not hidden.any()):
        raise ValueError(f"{CONTRADICTION}: the totals do not add up")
    return np.where(hidden, rest, totals), bool(hidden.sum() > 1)


def _by_flows(known: Known, threshold: int, table: Floats | None, sensitive: Flags | None) -> list[Finding] | None:
    """Return the findings from the ways in which people can be exchanged between hidden counts.

    Where totals are missing it takes a `table` that fits, and without one returns None. Only `sensitive` cells are
    looked at, if they are named.
    """
    rows, columns = known.left()
    hidden, need = known.hidden, known.need(threshold)
    if table is None:
        if np.isnan(rows).any() or np.isnan(columns).any():
            return None
        filled = fill(rows, columns, hidden)
        if filled is None:
            raise ValueError(f"{CONTRADICTION}: no counts fit it")
        table = np.where(hidden, filled, known.cells)
    down, up = room(known, table)
    unsure = hidden & ((table > down) | (table + up < need))
    if sensitive is not None:
        unsure &= sensitive
    places: list[tuple[int | None, int | None, float]] = [
        (row, column, float(need[row, column])) for row, column in np.argwhere(unsure).tolist()
    ]
    rows_unsure, columns_unsure = (_unsure_totals(known, table, threshold, axis) for axis in (1, 0))
    places += [(row, None, float(np.fmin(threshold, known.unknown(0)))) for row in rows_unsure]
    places += [(None, column, float(np.fmin(threshold, known.unknown(1)))) for column in columns_unsure]
    if not places:
        return []
    network, found = Network(known, table), []
    for row, column, wanted in places:
        low, high = network.range_of(row, column, wanted)
        if low > 0 or high < wanted:
            found.append(Finding(row, column, *network.range_of(row, column)))
    return found


def _unsure_totals(known: Known, table: Floats, threshold: int, axis: int) -> list[int]:
    """Return the lines whose hidden total may be known too well: not so where whole lines can change places.

    Of two and more lines that are hidden with their totals, each can be empty, or hold what all of them hold.
    """
    totals = known.rows if axis else known.columns
    if totals is None:
        return []
    free = np.isnan(totals)
    whole = free & known.hidden.all(axis=axis)
    exchangeable = whole.sum() > 1 and table.sum(axis=axis)[whole].sum() >= threshold
    return np.flatnonzero(free & ~whole if exchangeable else free).tolist()


def _by_programming(known: Known, threshold: int) -> list[Finding]:
    facts = equations(known)
    need = np.array([np.fmin(threshold, known.unknown(int(row is None))) for row, _ in facts.places])
    hidden = known.hidden
    need[: hidden.sum()] = known.need(threshold)[hidden]
    found = too_narrow(facts.matrix, facts.right, need)
    return [Finding(*facts.places[unknown], *ends) for unknown, ends in found.items()]


def _complement(table: Floats, hidden: Flags, threshold: int) -> None:
    """Hide more, in place, until no row or column gives a hidden cell away by plain subtraction.

    While a line has exactly one hidden cell, or hidden cells that sum below the threshold, its smallest remaining
    nonzero cell is hidden too.
    """
    changed = True
    while changed:
        changed = False
        for cells, covered in ((table, hidden), (table.T, hidden.T)):
            many, together = covered.sum(axis=1), np.where(covered, cells, 0).sum(axis=1)
            for line in np.flatnonzero((many == 1) | ((many > 0) & (together < threshold))):
                remaining = np.where(covered[line] | (cells[line] == 0), np.inf, cells[line])
                if np.isfinite(remaining.min()):
                    covered[line, remaining.argmin()] = True
                    changed = True


def protect(
    table: ArrayLike,
    threshold: int = THRESHOLD,
    totals: Totals = None,
    *,
    hide: Flags | None = None,
    sensitive: Flags | None = None,
) -> Floats:
    """Return a table as it may be published: the same shape, counts as floats, NaN for every hidden cell.

    `table` is children x groups of counts, or one list of counts with a common sum. `totals` are those that readers
    know, in the form that `audit` takes; without it they know every row and column total. Cells under a hidden total
    are hidden, and so are those that `hide` (flags in the table's shape) names, whatever they count. `sensitive` is
    what `audit` takes.

    Hides cells below the threshold (0 too); then complements; then audits, and withholds the rows in which the audit
    finds something; where they are withheld already, one more cell of the column as a partner for what was found; at
    last everything. Where even the totals alone give a cell away, the audit of what is returned still fails: then the
    totals must not be shown either. Raises ValueError for other shapes, for counts that are no whole numbers from 0,
    and for a threshold below 1.
    """
    if threshold < 1:
        raise ValueError("a threshold must be at least 1")
    given = counts(table, of="table")
    if np.isnan(given).any() or given.ndim not in (1, 2):
        raise ValueError("table: expected a table or a list of counts, none of them missing")
    if totals is None:
        totals = float(given.sum()) if given.ndim == 1 else (given.sum(axis=1), given.sum(axis=0))
    known = read(given, totals)
    hidden = known.cells < threshold
    for axis, line in ((1, known.rows), (0, known.columns)):
        if line is not None:
            hidden |= np.expand_dims(np.isnan(line), axis)
    if hide is not None:
        hidden |= np.reshape(hide, hidden.shape)
    _complement(known.cells, hidden, threshold)
    guarded = None if sensitive is None else np.reshape(sensitive, hidden.shape)
    return _audited(known, hidden, threshold, guarded).reshape(given.shape)


def _audited(known: Known, hidden: Flags, threshold: int, sensitive: Flags | None) -> Floats:
    """Return the cells with more rows withheld until the audit passes, or all of them."""
    while True:
        published = np.where(hidden, np.nan, known.cells)
        if hidden.all():
            return published
        found = _judge(replace(known, cells=published), threshold, known.cells, sensitive)
        if found:
            return published
        before = hidden.sum()
        rows = {finding.row for finding in found.findings if finding.row is not None}
        hidden[[row for row in rows if not hidden[row].all()]] = True
        if hidden.sum() == before:
            _give_partners(known.cells, hidden, {finding.column for finding in found.findings})
        if hidden.sum() == before:
            hidden[:] = True
        _complement(known.cells, hidden, threshold)


def _give_partners(table: Floats, hidden: Flags, columns: Iterable[int | None]) -> None:
    """Hide one more cell in each of these columns, in place: the smallest remaining one that is not 0."""
    for column in columns:
        if column is not None:
            remaining = np.where(hidden[:, column] | (table[:, column] == 0), np.inf, table[:, column])
            if np.isfinite(remaining.min()):
                hidden[remaining.argmin(), column] = True
