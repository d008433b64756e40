"""What a reader of a group report knows: shown cells and totals, as equations about what is hidden."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from trellis.measure.feasible import CONTRADICTION
from trellis.measure.scientific import sparse
from trellis.measure.tables import Flags, Floats, floats

# The totals of the rows (children), of the columns (groups), and of all if that is published too. None says that there
# are none of a kind, NaN that this one is hidden. A list of counts has one total instead: a number, NaN or None.
Totals = tuple[ArrayLike | None, ArrayLike | None] | tuple[ArrayLike | None, ArrayLike | None, float] | float | None


@dataclass(frozen=True, slots=True)
class Known:
    """Cells (rows x columns, NaN where hidden) with their totals, as `Totals` says."""

    cells: Floats
    rows: Floats | None
    columns: Floats | None
    grand: float

    @property
    def hidden(self) -> Flags:
        """Which cells are hidden."""
        return np.isnan(self.cells)

    def left(self) -> tuple[Floats, Floats]:
        """Return what shown cells leave of row and column totals, NaN without a total; raises ValueError below 0."""
        rows, columns = (
            np.nan if totals is None else totals - np.nansum(self.cells, axis=axis)
            for axis, totals in ((1, self.rows), (0, self.columns))
        )
        if np.any(rows < 0) or np.any(columns < 0):
            raise ValueError(f"{CONTRADICTION}: cells exceed their total")
        height, width = self.cells.shape
        return np.broadcast_to(rows, height), np.broadcast_to(columns, width)

    def need(self, threshold: int) -> Floats:
        """Return how large each cell must be able to be: the threshold, or all that its row holds if that is less."""
        if self.rows is None:
            return np.full(self.cells.shape, float(threshold))
        rows = np.where(np.isnan(self.rows), self.unknown(0), self.rows)
        return np.broadcast_to(np.fmin(rows, threshold)[:, None], self.cells.shape)

    def unknown(self, axis: int) -> float:
        """Return what the known totals of rows (axis 0) or columns (1) leave to the hidden ones; NaN if nobody knows.

        A hidden total is a cell of another table, which has seen to it that this is enough to hide in.
        """
        totals = self.columns if axis else self.rows
        return float(self.grand - (np.nansum(totals) if totals is not None else 0.0))


@dataclass(frozen=True, slots=True)
class Equations:
    """matrix (equations x unknowns) . counts = right; `places` says what each unknown is.

    A place is (row, column) of a hidden cell, (row, None) of a row's hidden total, (None, column) of a column's.
    """

    matrix: "sparse.csr_array"
    right: Floats
    places: tuple[tuple[int | None, int | None], ...]


def counts(values: ArrayLike, *, of: str) -> Floats:
    """Return counts as floats, NaN for hidden ones; raises ValueError for what is no whole number from 0."""
    found = floats(values)
    shown = found[~np.isnan(found)]
    if (shown < 0).any() or np.isinf(shown).any() or (shown != np.floor(shown)).any():
        raise ValueError(f"{of}: counts must be whole numbers from 0")
    return found


def _line(totals: ArrayLike | None, size: int, *, of: str) -> Floats | None:
    if totals is None:
        return None
    found = counts(totals, of=of)
    if found.shape != (size,):
        raise ValueError(f"{of}: expected {size}, found the shape {found.shape}")
    return found


def read(published: ArrayLike, totals: Totals) -> Known:
    """Return what is known from a table (rows x columns) or a list of counts, and its totals.

    Raises ValueError for shapes that do not fit and for counts that are no whole numbers from 0.
    """
    cells = counts(published, of="cells")
    if cells.ndim == 1 and (totals is None or isinstance(totals, int | float | np.number)):
        return Known(cells[None, :], None if totals is None else counts([totals], of="total"), None, np.nan)
    if cells.ndim != 2 or not isinstance(totals, tuple | list) or len(totals) not in (2, 3):
        raise ValueError("expected a table with (row totals, column totals), or a list with its total")
    rows = _line(totals[0], cells.shape[0], of="row totals")
    columns = _line(totals[1], cells.shape[1], of="column totals")
    grand = counts([totals[2]], of="grand total")[0] if len(totals) == 3 else np.nan
    return Known(cells, rows, columns, float(grand))


def equations(known: Known) -> Equations:
    """Return all that is known about hidden cells and hidden totals: each line of cells adds up to its total."""
    at = np.nonzero(known.hidden)
    size = len(at[0])
    places: list[tuple[int | None, int | None]] = [(int(row), int(column)) for row, column in zip(*at, strict=True)]
    row_of: list[int] = []
    column_of: list[int] = []
    sign: list[float] = []
    right: list[float] = []
    for axis, totals in enumerate((known.rows, known.columns)):
        if totals is None:
            continue
        row_of += (at[axis] + len(right)).tolist()
        column_of += range(size)
        sign += [1.0] * size
        for line in np.flatnonzero(np.isnan(totals)).tolist():
            row_of.append(line + len(right))
            column_of.append(len(places))
            sign.append(-1.0)
            places.append((line, None) if axis == 0 else (None, line))
        right += (np.nan_to_num(totals) - np.nansum(known.cells, axis=1 - axis)).tolist()
    if not np.isnan(known.grand):
        row_of += [len(right)] * size
        column_of += range(size)
        sign += [1.0] * size
        right.append(known.grand - float(np.nansum(known.cells)))
    matrix = sparse.csr_array((sign, (row_of, column_of)), shape=(len(right), len(places)), dtype=np.float64)
    return Equations(matrix, np.array(right), tuple(places))
