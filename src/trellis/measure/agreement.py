"""How far two readers agree beyond chance: Cohen's kappa, plain or weighted by how far apart they are."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from trellis.measure.scientific import stats
from trellis.measure.tables import Floats, Labels, labels

Weights = Literal["none", "linear", "quadratic"]
_POWER = {"none": 0, "linear": 1, "quadratic": 2}


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance: 1 perfect, 0 chance, NaN when nothing varies; its interval; how many were read twice."""

    value: float
    low: float
    high: float
    pairs: int


def _agreement(categories: int, weights: Weights) -> Floats:
    """Return how far two categories agree, from 0 (furthest) to 1 (the same)."""
    step = np.arange(categories, dtype=np.float64)
    apart = np.abs(step[:, None] - step)
    distance = (apart > 0).astype(np.float64) if weights == "none" else apart ** _POWER[weights]
    return 1 - distance / max(float(distance.max(initial=0.0)), 1.0)


def kappa(first: Labels, second: Labels, weights: Weights = "quadratic", level: float = 0.95) -> Kappa:
    """Return the weighted kappa of two readers' categories of the same things (two sequences of equal length).

    Categories are put in their sorted order and stand one step apart; with `weights` "none" it is Cohen's kappa.
    Pairs with a missing reading (None or NaN) are left out. The interval has this coverage. Raises ValueError for
    unequal lengths, for no complete pair, for unknown weights and for a coverage outside of 0 to 1. Source: Cohen
    (1968), Psychological Bulletin 70; error of Fleiss, Cohen & Everitt (1969), Psychological Bulletin 72.
    """
    if weights not in _POWER:
        raise ValueError(f"weights must be one of {', '.join(_POWER)}")
    if not 0 < level < 1:
        raise ValueError("a coverage must lie between 0 and 1")
    one, two = list(first), list(second)
    if len(one) != len(two):
        raise ValueError(f"readings: {len(one)} and {len(two)} of them")
    places, categories = labels([*one, *two], of="readings")
    rows, columns = places[: len(one)], places[len(one) :]
    complete = (rows >= 0) & (columns >= 0)
    pairs = int(complete.sum())
    if not pairs:
        raise ValueError("readings: expected at least one complete pair")
    shares = np.zeros((len(categories), len(categories)))
    np.add.at(shares, (rows[complete], columns[complete]), 1 / pairs)

    agreement = _agreement(len(categories), weights)
    of_first, of_second = shares.sum(axis=1), shares.sum(axis=0)
    observed, expected = float((agreement * shares).sum()), float(of_first @ agreement @ of_second)
    if 1 - expected < 1e-12:
        return Kappa(float("nan"), float("nan"), float("nan"), pairs)
    value = (observed - expected) / (1 - expected)
    leaning = (agreement @ of_second)[:, None] + of_first @ agreement
    around = float((shares * (agreement - leaning * (1 - value)) ** 2).sum())
    variance = max(0.0, around - (value - expected * (1 - value)) ** 2) / (pairs * (1 - expected) ** 2)
    far = float(stats.norm.ppf(0.5 + level / 2)) * float(np.sqrt(variance))
    return Kappa(value, value - far, min(1.0, value + far), pairs)
