"""Who goes to whom when there is not room for everybody everywhere: the best assignment of a whole group at once."""

import numpy as np
from numpy.typing import NDArray

from trellis.measure.scientific import optimize


def assign(value: NDArray[np.float64], room: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return pairs (row, column) of the largest total value: each row once at most, each column `room` times at most.

    A value of 0 means "not these two", and such pairs are never returned. Values must not be negative. A column stands
    in the matrix once for each place it has (Kuhn and Munkres' problem, solved by SciPy after Crouse 2016).
    """
    rows, columns = value.shape
    if room.shape != (columns,):
        raise ValueError("room must have one number for each column")
    if rows and columns and (value.min() < 0 or room.min() < 0):
        raise ValueError("neither value nor room may be negative")
    # More places than rows are never used.
    places = np.repeat(np.arange(columns), np.minimum(room, rows))
    chosen_rows, chosen_places = optimize.linear_sum_assignment(value[:, places], maximize=True)
    pairs = zip(chosen_rows.tolist(), places[chosen_places].tolist(), strict=True)
    return [(row, column) for row, column in pairs if value[row, column] > 0]
