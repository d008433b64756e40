"""How far raters who were drawn anew for each person agree, however many each person has."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from trellis.measure.scientific import stats
from trellis.measure.tables import Floats, floats, ratio, without_rounding


@dataclass(frozen=True, slots=True)
class OneWay:
    """The reliability of one rater's answer with its interval, and what it stands on: persons, ratings, usual number.

    NaN when nothing varies; an estimate may be negative.
    """

    value: float
    low: float
    high: float
    ratees: int
    ratings: int
    usual: int


def one_way(groups: Iterable[Floats], level: float = 0.95) -> OneWay:
    """Return ICC1 from groups of ratings: one sequence of numbers for each rated person, NaN for a missing one.

    Persons with fewer than two ratings say nothing about agreement and are left out. (MSB - MSW) / (MSB + (k0 - 1) MSW)
    with k0 = (N - sum n_i^2 / N) / (n - 1); for groups of equal size it is `reliability.icc`'s ICC1, and the interval
    is exact; else k0 stands in for the size (Thomas & Hultquist 1978). Raises ValueError for fewer than two persons
    with two ratings, and a coverage outside of 0 to 1. Source: Donner (1986), International Statistical Review 54.
    """
    if not 0 < level < 1:
        raise ValueError("a coverage must lie between 0 and 1")
    given = [values[~np.isnan(values)] for values in map(floats, groups)]
    given = [values for values in given if len(values) > 1]
    if len(given) < 2:
        raise ValueError("ratings: at least two persons with two ratings are needed")
    everything, sizes = np.concatenate(given), np.array([len(values) for values in given], dtype=np.float64)
    n, ratings = len(given), float(sizes.sum())
    middle = everything.mean()
    means = np.array([values.mean() for values in given])
    between = without_rounding(float((sizes * (means - middle) ** 2).sum()), everything) / (n - 1)
    within = without_rounding(sum(float(((v - v.mean()) ** 2).sum()) for v in given), everything) / (ratings - n)
    k = (ratings - float((sizes**2).sum()) / ratings) / (n - 1)
    value = ratio(between - within, between + (k - 1) * within, parts=between + within)
    low, high = _interval(between, within, (n - 1, ratings - n), k, 0.5 + level / 2)
    return OneWay(value, low, high, n, int(ratings), int(np.median(sizes)))


def _interval(between: float, within: float, df: tuple[float, float], k: float, tail: float) -> tuple[float, float]:
    if not within:
        return (1.0, 1.0) if between else (float("nan"), float("nan"))
    f = between / within
    low, high = f / float(stats.f.ppf(tail, *df)), f * float(stats.f.ppf(tail, df[1], df[0]))
    return (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)
