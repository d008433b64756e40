"""Reading tables of numbers: shapes are checked, and rows with a missing value are left out."""

import math
from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]
Labels = NDArray[Any] | Iterable[Hashable]

# How much of a sum of squares can be rounding alone, in squared units of the largest value's last digit.
_ROUNDING = (8 * np.finfo(np.float64).eps) ** 2


def floats(values: ArrayLike) -> Floats:
    """Return numbers as floats, with NaN for None and for what a masked array masks."""
    if isinstance(values, np.ma.MaskedArray):
        return np.ma.filled(values.astype(np.float64), np.nan)
    return np.asarray(values, dtype=np.float64)


def complete_rows(table: ArrayLike, *, rows: int, columns: int, of: str) -> Floats:
    """Return a table as floats (rows x columns) without the rows that miss a value (NaN or None).

    `rows` and `columns` are the fewest that the caller can work with, `of` is what the error says the table holds.
    Raises ValueError for another number of dimensions, for an infinite value and for too few rows or columns.
    """
    values = floats(table)
    if values.ndim != 2:
        raise ValueError(f"{of}: expected a table with two dimensions, found {values.ndim}")
    if values.shape[1] < columns:
        raise ValueError(f"{of}: expected at least {columns} columns, found {values.shape[1]}")
    if np.isinf(values).any():
        raise ValueError(f"{of}: a value is infinite")
    kept = values[~np.isnan(values).any(axis=1)]
    if kept.shape[0] < rows:
        raise ValueError(f"{of}: expected at least {rows} complete rows, found {kept.shape[0]}")
    return kept


def vector(values: ArrayLike, *, of: str) -> Floats:
    """Return values as floats in one dimension, missing ones as NaN; raises ValueError for any other shape."""
    found = floats(values)
    if found.ndim != 1:
        raise ValueError(f"{of}: expected one dimension, found {found.ndim}")
    return found


def without_rounding(squares: float, table: Floats) -> float:
    """Return a sum of squares computed from `table`, or 0.0 when it is no larger than rounding alone makes it."""
    largest = float(np.abs(table).max(initial=0.0))
    return float(squares) if squares > table.size * _ROUNDING * largest**2 else 0.0


def ratio(above: float, below: float, *, parts: float = 0.0) -> float:
    """Divide; a ratio to 0 is not a number, because nothing is known.

    `parts` is how large the terms are that `below` is the sum of: what they leave by rounding alone is 0.
    """
    return float("nan") if abs(below) <= 1e-13 * parts or not below else above / below


def _is_missing(value: Hashable) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def labels(values: Labels, *, of: str) -> tuple[Places, list[Hashable]]:
    """Return where each label stands in the list of distinct labels (-1 for a missing one), and that list.

    Labels are anything hashable; they are sorted where they can be, otherwise in the order in which they come. Missing
    are None and NaN. Raises ValueError for an array with more than one dimension.
    """
    if isinstance(values, np.ndarray) and values.ndim != 1:
        raise ValueError(f"{of}: expected one dimension, found {values.ndim}")
    if isinstance(values, np.ndarray) and values.dtype.kind in "biuUS":
        distinct, places = np.unique(values, return_inverse=True)
        return places, list(distinct.tolist())
    plain = values.tolist() if isinstance(values, np.ndarray) else list(values)
    present = dict.fromkeys(value for value in plain if not _is_missing(value))
    try:
        ordered = sorted(present)
    except TypeError:
        ordered = list(present)
    index = {value: place for place, value in enumerate(ordered)}
    return np.array([index.get(value, -1) for value in plain], dtype=np.intp), ordered
