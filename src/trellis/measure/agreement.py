"""How far two readers agree beyond chance: Cohen's kappa, plain or weighted by how far apart they are."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from trellis.measure.tables import Floats


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance (1 is perfect, 0 is chance, NaN when nothing varies) with its interval, and of how many."""

    value: float
    low: float
    high: float
    pairs: int


def _table(first: Sequence[Hashable], second: Sequence[Hashable], order: Sequence[Hashable] | None) -> Floats:
    """Return counts (categories x categories) of what the first reader said against the second."""
    ranks = list(order) if order is not None else sorted(set(first) | set(second))  # type: ignore[type-var]
    place = {category: index for index, category in enumerate(ranks)}
    unknown = (set(first) | set(second)) - set(place)
    if unknown:
        raise ValueError(f"readings outside of the categories: {len(unknown)}")
    counts = np.zeros((len(ranks), len(ranks)))
    np.add.at(counts, ([place[one] for one in first], [place[one] for one in second]), 1)
    return counts
