"""How far hidden counts can certainly move: by exchanging people between cells, which changes nothing that is known."""

import numpy as np

from trellis.measure.known import Known
from trellis.measure.tables import Flags, Floats


def room(known: Known, table: Floats) -> tuple[Floats, Floats]:
    """Return how much each hidden cell can at least fall, and rise, without changing any shown cell or known total.

    `table` holds counts that fit what is known (rows x columns); both results are 0 for shown cells. From two hidden
    cells in the corners of a rectangle that is hidden in all four, people move to the two others; between two lines
    whose totals are hidden they move directly. More may be possible: this is a lower bound, and quick, because it asks
    no solver.
    """
    hidden = known.hidden
    mask, held = hidden.astype(np.float64), np.where(hidden, table, 0.0)
    # Sums over all rectangles, less those that are none because they share the cell's own row or column.
    down = mask @ held.T @ mask - (mask * held).sum(axis=1)[:, None] - (mask * held).sum(axis=0) + held
    up = np.maximum(_through_one_column(held, mask), _through_one_column(held.T, mask.T).T)
    for free, across, masked, cells, falls, rises in (
        (free_lines(known.rows, len(held)), 0, mask, held, down, up),
        (free_lines(known.columns, held.shape[1]), 0, mask.T, held.T, down.T, up.T),
    ):
        others = (masked[free].sum(axis=across) - masked[free]) > 0
        falls[free] = np.maximum(falls[free], np.where(others, cells[free], 0.0))
        rises[free] = np.maximum(rises[free], cells[free].sum(axis=across) - cells[free])
    return np.where(hidden, down, 0.0).clip(min=0.0), np.where(hidden, up, 0.0).clip(min=0.0)


def free_lines(totals: Floats | None, size: int) -> Flags:
    """Return which lines have a hidden total, or none at all."""
    return np.isnan(totals) if totals is not None else np.ones(size, np.bool_)


def _through_one_column(held: Floats, mask: Floats) -> Floats:
    """Return how much each cell can rise by what one other cell of its row gives, taking from its own column."""
    gives = mask.T @ held  # [l, j]: what the rows that are hidden in column l hold in column j
    best = np.zeros_like(held)
    for other in range(held.shape[1]):
        taken = gives[other] - mask[:, [other]] * held
        through = np.minimum(held[:, [other]], taken) * mask[:, [other]]
        through[:, other] = 0.0
        best = np.maximum(best, through)
    return best
