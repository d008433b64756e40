"""How far scores can be relied on: agreement of raters (ICC), consistency of items (alpha, omega), rater strength.

A row that misses a value (NaN or None) is left out of every table here. What cannot be computed because nothing
varies is NaN, never 0 or 1.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from trellis.measure.onefactor import fit_one_factor, influences
from trellis.measure.scientific import stats
from trellis.measure.tables import Floats, complete_rows, ratio, without_rounding

Interval = tuple[float, float]

# Reliability of one rater by how they stand to the rated person (Conway & Huffcutt, 1997).
ONE_RATER = {"followers": 0.30, "peers": 0.37, "supervisors": 0.50}
FAIR, GOOD = 0.50, 0.70


@dataclass(frozen=True, slots=True)
class Strength:
    """What a number of raters together are worth: a reliability from 0 to 1 and the word for it."""

    reliability: float
    word: Literal["low", "fair", "good"]


@dataclass(frozen=True, slots=True)
class _MeanSquares:
    """The analysis of variance of a table of n persons x k raters."""

    n: int
    k: int
    persons: float
    raters: float
    error: float
    within: float


def _mean_squares(table: ArrayLike) -> _MeanSquares:
    values = complete_rows(table, rows=2, columns=2, of="ratings")
    n, k = values.shape
    centred = values - values.mean()
    person, rater = centred.mean(axis=1), centred.mean(axis=0)
    left = centred - person[:, None] - rater
    persons = without_rounding(k * (person**2).sum(), values)
    raters = without_rounding(n * (rater**2).sum(), values)
    error = without_rounding((left**2).sum(), values)
    return _MeanSquares(
        n,
        k,
        persons / (n - 1),
        raters / (k - 1),
        error / ((n - 1) * (k - 1)),
        (raters + error) / (n * (k - 1)),
    )


def icc(table: ArrayLike) -> dict[str, float]:
    """Return the six intraclass correlations of a table of ratings (persons x raters).

    ICC1 raters drawn anew for each person, ICC2 the same raters for all as a sample of raters, ICC3 these raters only;
    the keys with k are for the mean of the table's raters. Persons with a missing rating are left out. A correlation is
    NaN when nothing varies, and may be negative. Raises ValueError unless two persons and two raters remain.
    Source: Shrout & Fleiss (1979), Psychological Bulletin 86, from the mean squares of a two-way layout.
    """
    ms = _mean_squares(table)
    k, severity = ms.k, (ms.raters - ms.error) / ms.n
    absolute, consistent = ms.persons - ms.within, ms.persons - ms.error
    parts = ms.persons + ms.raters + ms.error
    return {
        "ICC1": ratio(absolute, ms.persons + (k - 1) * ms.within, parts=parts),
        "ICC2": ratio(consistent, ms.persons + (k - 1) * ms.error + k * severity, parts=parts),
        "ICC3": ratio(consistent, ms.persons + (k - 1) * ms.error, parts=parts),
        "ICC1k": ratio(absolute, ms.persons, parts=parts),
        "ICC2k": ratio(consistent, ms.persons + severity, parts=parts),
        "ICC3k": ratio(consistent, ms.persons, parts=parts),
    }


def _of_mean(one: float, k: int) -> float:
    """Return the reliability of the mean of k raters from that of one (Spearman-Brown)."""
    return ratio(k * one, 1 + (k - 1) * one)


def _interval_from_f(f: float, df1: int, df2: int, k: int, tail: float) -> Interval:
    """Return the interval of (F - 1) / (F + k - 1) when F has these degrees of freedom."""
    ends = f / stats.f.ppf(tail, df1, df2), f * stats.f.ppf(tail, df2, df1)
    low, high = (1.0 if np.isinf(end) else float((end - 1) / (end + k - 1)) for end in ends)
    return low, high


def _interval_of_icc2(ms: _MeanSquares, one: float, tail: float) -> Interval:
    n, k = ms.n, ms.k
    by_rater, by_error = k * one * ms.raters, (n * (1 + (k - 1) * one) - k * one) * ms.error
    spread = (n - 1) * by_rater**2 + by_error**2
    if spread == 0:
        return one, one
    df = (k - 1) * (n - 1) * (by_rater + by_error) ** 2 / spread
    upper, lower = stats.f.ppf(tail, n - 1, df), stats.f.ppf(tail, df, n - 1)
    rest = k * ms.raters + (k * n - k - n) * ms.error
    low = n * (ms.persons - upper * ms.error) / (upper * rest + n * ms.persons)
    high = n * (lower * ms.persons - ms.error) / (rest + n * lower * ms.persons)
    return float(low), float(high)


def icc_intervals(table: ArrayLike, level: float = 0.95) -> dict[str, Interval]:
    """Return the interval (low, high) of each correlation of `icc`, with the same keys, from the F distribution.

    `level` is the coverage, 0 to 1. NaN where the correlation itself is. Raises ValueError as `icc` does. Source:
    Shrout & Fleiss (1979); ICC2 with the degrees of freedom of McGraw & Wong (1996), Psychological Methods 1.
    """
    tail = _tail(level)
    ms, found = _mean_squares(table), icc(table)
    n, k = ms.n, ms.k
    unknown = (float("nan"), float("nan"))
    one = {"ICC1": unknown, "ICC2": unknown, "ICC3": unknown}
    with np.errstate(divide="ignore", invalid="ignore"):
        if not np.isnan(found["ICC1"]):
            f = float(np.divide(ms.persons, ms.within))
            one["ICC1"] = _interval_from_f(f, n - 1, n * (k - 1), k, tail)
        if not np.isnan(found["ICC2"]):
            one["ICC2"] = _interval_of_icc2(ms, found["ICC2"], tail)
        if not np.isnan(found["ICC3"]):
            f = float(np.divide(ms.persons, ms.error))
            one["ICC3"] = _interval_from_f(f, n - 1, (n - 1) * (k - 1), k, tail)
    mean = {f"{key}k": (_of_mean(low, k), _of_mean(high, k)) for key, (low, high) in one.items()}
    return one | {key: unknown if np.isnan(found[key]) else ends for key, ends in mean.items()}


def _tail(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError("a coverage must lie between 0 and 1")
    return 1 - (1 - level) / 2


def alpha(items: ArrayLike) -> float:
    """Return Cronbach's alpha of a table of answers (persons x items), turned so that more means more everywhere.

    k / (k - 1) * (1 - sum of item variances / variance of the sum). Persons with a missing answer are left out. An item
    that everybody answered alike counts as an item. NaN when the sum does not vary; may be negative. Raises ValueError
    unless two persons and two items remain. Source: Cronbach (1951), Psychometrika 16.
    """
    values = complete_rows(items, rows=2, columns=2, of="answers")
    n, k = values.shape
    centred = values - values.mean(axis=0)
    of_items = without_rounding((centred**2).sum(), values) / (n - 1)
    of_sum = without_rounding((centred.sum(axis=1) ** 2).sum(), values) / (n - 1)
    return ratio(k * (of_sum - of_items), (k - 1) * of_sum)


def alpha_interval(items: ArrayLike, level: float = 0.95) -> Interval:
    """Return the interval (low, high) of alpha with this coverage; errors and NaN as `alpha`.

    (1 - true) / (1 - found) has the F distribution with n - 1 and (n - 1)(k - 1) degrees of freedom. Source: Feldt,
    Woodruff & Salih (1987), Applied Psychological Measurement 11.
    """
    tail = _tail(level)
    n, k = complete_rows(items, rows=2, columns=2, of="answers").shape
    apart = 1 - alpha(items)
    df = n - 1, (n - 1) * (k - 1)
    return 1 - apart * float(stats.f.ppf(tail, *df)), 1 - apart * float(stats.f.ppf(1 - tail, *df))


def _varying(items: ArrayLike) -> tuple[Floats, Floats]:
    """Return deviations from the item means, and the covariances, of the items that vary at all."""
    values = complete_rows(items, rows=3, columns=3, of="answers")
    varies = np.ptp(values, axis=0) > 0
    if varies.sum() < 3:
        raise ValueError("answers: omega needs at least three items that vary")
    centred = values[:, varies] - values[:, varies].mean(axis=0)
    return centred, centred.T @ centred / len(centred)


def omega(items: ArrayLike) -> float:
    """Return omega of a table of answers (persons x items), turned so that more means more everywhere.

    (sum of loadings)^2 / observed variance of the sum, with the loadings of one factor fitted by maximum likelihood.
    Persons with a missing answer are left out; an item that everybody answered alike adds nothing. NaN when the sum
    does not vary. Raises ValueError unless three persons and three varying items remain, because fewer items do not
    determine a factor. Source: McDonald (1999), Test Theory; observed variance as in semTools' compRelSEM.
    """
    centred, covariance = _varying(items)
    if not without_rounding((centred.sum(axis=1) ** 2).sum(), centred):
        return float("nan")
    return float(fit_one_factor(covariance).loadings.sum() ** 2 / covariance.sum())


def omega_interval(items: ArrayLike, level: float = 0.95) -> Interval:
    """Return the interval (low, high) of omega with this coverage, cut at 0 and 1; errors and NaN as `omega`.

    Delta method over the persons' own influences, so that answers need not be normal. Source: Maydeu-Olivares, Coffman
    & Hartmann (2007), Psychological Methods 12.
    """
    far = float(stats.norm.ppf(_tail(level)))
    found = omega(items)
    if np.isnan(found):
        return found, found
    centred, covariance = _varying(items)
    model = fit_one_factor(covariance)
    total = covariance.sum()
    moved = 2 * model.loadings.sum() * influences(model, centred).sum(axis=1) / total
    moved -= found * (centred.sum(axis=1) ** 2 - total) / total
    error = float(np.sqrt((moved**2).sum())) / len(centred)
    return max(0.0, found - far * error), min(1.0, found + far * error)


def rater_strength(k: int, r1: float) -> Strength:
    """Return the reliability of the mean of k raters whose single reliability is r1, and the word for it.

    k r1 / (1 + (k - 1) r1), low under .50, fair, good from .70 on. `ONE_RATER` holds r1 by kind of rater. No raters
    have reliability 0. Raises ValueError for fewer than 0 raters and for an r1 outside of 0 to 1. Source:
    Spearman-Brown (1910).
    """
    if k < 0:
        raise ValueError("there cannot be fewer than no raters")
    if not 0 <= r1 <= 1:
        raise ValueError("a reliability must lie in [0, 1]")
    together = _of_mean(r1, k) if k else 0.0
    return Strength(together, "good" if together >= GOOD else "fair" if together >= FAIR else "low")
