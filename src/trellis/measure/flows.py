"""What can be deduced about hidden counts, exactly and quickly: a table is a network, and people flow through it."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from trellis.measure.known import Known
from trellis.measure.tables import Flags, Floats


def fill(rows: Floats, columns: Floats, hidden: Flags) -> Floats | None:
    """Return counts in the hidden cells (rows x columns) that add up to what the totals leave, or None without any.

    `rows` and `columns` are what shown cells leave of the totals. Shown cells are 0 in the result.
    """
    if rows.sum() != columns.sum():
        return None
    height, width = hidden.shape
    source, sink = height + width, height + width + 1
    at, to = np.nonzero(hidden)
    start = [*at, *[source] * height, *range(height, height + width)]
    end = [*(to + height), *range(height), *[sink] * width]
    capacity = [*np.full(len(at), rows.sum()), *rows, *columns]
    network = csr_array((np.array(capacity, np.int32), (start, end)), shape=(sink + 1, sink + 1))
    found = maximum_flow(network, source, sink)
    if found.flow_value < rows.sum():
        return None
    filled = np.zeros(hidden.shape)
    filled[at, to] = found.flow.tocsr()[at, to + height]
    return filled


class Network:
    """Counts that fit all that is published, as a network in which every way is an exchange that keeps it true.

    Rows and columns are nodes, and a hidden cell a way from its row to its column. Where totals are hidden, one more
    node stands for all rows whose total is, one for all such columns, and a hidden total is a way between it and them;
    where nobody knows the sum of all, the two are joined.
    """

    def __init__(self, known: Known, table: Floats) -> None:
        """`table` holds counts that fit what is known (rows x columns): the true ones, or those of `fill`."""
        height, width = table.shape
        self._height, self._rows, self._columns = height, height + width, height + width + 1
        at, to = np.nonzero(known.hidden)
        self._held = np.where(known.hidden, table, 0.0)
        ways = [(at, to + height, table[at, to])]
        for totals, hub, first, sums in (
            (known.rows, self._rows, 0, table.sum(axis=1)),
            (known.columns, self._columns, height, table.sum(axis=0)),
        ):
            free = np.flatnonzero(np.isnan(totals)) if totals is not None else np.arange(len(sums))
            node, common = free + first, np.full(len(free), hub)
            ways.append((common, node, sums[free]) if hub == self._rows else (node, common, sums[free]))
        if np.isnan(known.grand):
            ways.append((np.array([self._columns]), np.array([self._rows]), np.array([table.sum()])))
        start, end, held = (np.concatenate(parts) for parts in zip(*ways, strict=True))
        # Along a way a count can grow without end; against it, it can give what it holds.
        capacity = np.concatenate([np.full(len(start), table.sum() + 1), held]).astype(np.int32)
        both = np.concatenate([start, end]), np.concatenate([end, start])
        self._network = csr_array((capacity, both), shape=(height + width + 2, height + width + 2)).tocsr()
        self._network.sort_indices()
        self._sums = table.sum(axis=1), table.sum(axis=0)

    def range_of(self, row: int | None, column: int | None) -> tuple[float, float]:
        """Return the smallest and the largest count of a hidden cell, or of a hidden total (one of the two is None).

        Whole numbers, and exact; a largest one may be infinite.
        """
        if row is None and column is not None:
            return self._ends(column + self._height, self._columns, float(self._sums[1][column]))
        if row is not None and column is None:
            return self._ends(self._rows, row, float(self._sums[0][row]))
        if row is not None and column is not None:
            return self._ends(row, column + self._height, float(self._held[row, column]))
        raise ValueError("neither a cell nor a total")

    def _ends(self, start: int, end: int, held: float) -> tuple[float, float]:
        network = self._network.copy()
        # The count itself is no way for what leaves it.
        for one, other in ((start, end), (end, start)):
            begun, stop = network.indptr[one], network.indptr[one + 1]
            network.data[begun + np.searchsorted(network.indices[begun:stop], other)] = 0
        down = maximum_flow(network, start, end).flow_value
        up = maximum_flow(network, end, start).flow_value
        return max(0.0, held - down), held + up if up <= self._sums[0].sum() else np.inf
