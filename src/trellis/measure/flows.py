"""What can be deduced about hidden counts, exactly and quickly: a table is a network, and people flow through it."""

import numpy as np

from trellis.measure.known import Known
from trellis.measure.scientific import csgraph, sparse
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
    network = sparse.csr_array((np.array(capacity, np.int32), (start, end)), shape=(sink + 1, sink + 1))
    found = csgraph.maximum_flow(network, source, sink)
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
        # Along a way a count can grow without end; against it, it can give what it holds.
        self._most = float(table.sum()) + 1
        self._ways: list[dict[int, float]] = [{} for _ in range(height + width + 2)]
        for starts, ends, counts in ways:
            for start, end, count in zip(starts.tolist(), ends.tolist(), counts.tolist(), strict=True):
                self._ways[start][end], self._ways[end][start] = self._most, count
        self._sums = table.sum(axis=1), table.sum(axis=0)

    def range_of(self, row: int | None, column: int | None, enough: float = np.inf) -> tuple[float, float]:
        """Return the smallest and the largest count of a hidden cell, or of a hidden total (one of the two is None).

        Whole numbers, and exact; a largest one may be infinite. Where the largest is `enough` and more, it is not asked
        how much more.
        """
        if row is None and column is not None:
            return self._ends(column + self._height, self._columns, float(self._sums[1][column]), enough)
        if row is not None and column is None:
            return self._ends(self._rows, row, float(self._sums[0][row]), enough)
        if row is not None and column is not None:
            return self._ends(row, column + self._height, float(self._held[row, column]), enough)
        raise ValueError("neither a cell nor a total")

    def _ends(self, start: int, end: int, held: float, enough: float) -> tuple[float, float]:
        down = self._flow(start, end, held)
        up = self._flow(end, start, min(enough - held, self._most))
        return max(0.0, held - down), held + up if up < self._most else np.inf

    def _flow(self, start: int, end: int, enough: float) -> float:
        """Return how much can flow from one node to another, by any way but the one between them, up to enough."""
        done: list[tuple[int, int, float]] = []
        found = 0.0
        while found < enough and (path := self._path(start, end)):
            much = min(self._ways[one][other] for one, other in path)
            for one, other in path:
                self._ways[one][other] -= much
                self._ways[other][one] += much
                done.append((one, other, much))
            found += much
        for one, other, much in done:
            self._ways[one][other] += much
            self._ways[other][one] -= much
        return found

    def _path(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return a shortest path on which something can flow, or nothing."""
        before, reached = {start: start}, [start]
        for node in reached:
            for other, much in self._ways[node].items():
                if much > 0 and other not in before and (node, other) != (start, end):
                    before[other] = node
                    reached.append(other)
            if end in before:
                break
        path = []
        while end in before and end != start:
            path.append((before[end], end))
            end = before[end]
        return path
