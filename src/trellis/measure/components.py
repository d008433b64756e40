"""Where the variance of ratings comes from: the rated persons, the raters and the rest, at any size."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from trellis.measure.tables import Floats, Labels, Places, labels, vector, without_rounding


@dataclass(frozen=True, slots=True)
class Moments:
    """What three group-bys say about n ratings: all that the variances are solved from.

    `squares` are sums of squared deviations: within each ratee, within each rater, and from the mean of all. `sizes`
    are the sums of squared numbers of ratings per ratee and per rater. `repeats` is 0 where no rater rated the same
    person twice; else how much the ratings of one pair lie together, as (within ratee, within rater, of all pairs).
    """

    ratings: int
    ratees: int
    raters: int
    ratee_squares: float
    rater_squares: float
    total_squares: float
    ratee_sizes: float
    rater_sizes: float
    repeats: tuple[float, float] = (0.0, 0.0)


def solve(moments: Moments) -> tuple[float, float, float]:
    """Return the unbiased (ratee, rater, residual) variances, in squared units of the ratings; one may come below 0.

    Solves E U_a = (N-R)(s2_b+s2_e), E U_b = (N-C)(s2_a+s2_e), E U_e = s2_a(N^2 - sum N_i^2) + s2_b(N^2 - sum N_j^2)
    + s2_e(N^2-N) with U_a, U_b the squares within ratees and raters and U_e = N times those of all. Where pairs repeat,
    the first two lose what one pair's ratings share. Raises ValueError where the ratings cannot tell the three apart:
    no ratee with two raters, no rater with two ratees, or one ratee or rater in all. Source: Gao & Owen (2017),
    Electronic Journal of Statistics 11.
    """
    n = float(moments.ratings)
    ratee_free, rater_free = n - moments.ratees, n - moments.raters
    if min(moments.ratees, moments.raters) < 2:
        raise ValueError("ratings: at least two ratees and two raters are needed")
    equations = np.array(
        [
            [0.0, ratee_free - moments.repeats[0], ratee_free],
            [rater_free - moments.repeats[1], 0.0, rater_free],
            [n - moments.ratee_sizes / n, n - moments.rater_sizes / n, n - 1],
        ]
    )
    squares = np.array([moments.ratee_squares, moments.rater_squares, moments.total_squares])
    if not (equations[0, 1] > 0 and equations[1, 0] > 0) or np.linalg.cond(equations) > 1e12:
        raise ValueError("ratings: too few ratees share raters to tell their variances apart")
    ratee, rater, residual = np.linalg.solve(equations, squares)
    return float(ratee), float(rater), float(residual)


def _group(places: Places, values: Floats) -> tuple[Floats, float]:
    """Return how many ratings each group has, and the sum of squared deviations from the groups' means."""
    sizes = np.bincount(places).astype(np.float64)
    means = np.bincount(places, weights=values) / sizes
    return sizes, float(((values - means[places]) ** 2).sum())


def _repeats(ratee: Places, rater: Places, by_ratee: Floats, by_rater: Floats) -> tuple[float, float]:
    """Return what repeated pairs take from the degrees of freedom within ratees and within raters."""
    pair, first, sizes = np.unique(ratee * len(by_rater) + rater, return_index=True, return_counts=True)
    if len(pair) == len(ratee):
        return 0.0, 0.0
    more = sizes.astype(np.float64) * (sizes - 1)
    return float((more / by_ratee[ratee[first]]).sum()), float((more / by_rater[rater[first]]).sum())


def moments_of(ratee: Labels, rater: Labels, value: ArrayLike) -> Moments:
    """Return the moments of ratings: three sequences of equal length, one rating at each place.

    `ratee` and `rater` are any hashable codes, `value` numbers. A rating that misses one of the three (None or NaN) is
    left out. Raises ValueError for unequal lengths, infinite values and fewer than two ratings.
    """
    values = vector(value, of="ratings")
    (ratees, _), (raters, _) = labels(ratee, of="ratees"), labels(rater, of="raters")
    if not len(values) == len(ratees) == len(raters):
        raise ValueError(f"ratings: {len(ratees)} ratees, {len(raters)} raters and {len(values)} values")
    if np.isinf(values).any():
        raise ValueError("ratings: a value is infinite")
    complete = ~np.isnan(values) & (ratees >= 0) & (raters >= 0)
    values = values[complete]
    if len(values) < 2:
        raise ValueError("ratings: at least two are needed")
    # A code whose every rating is incomplete must not count as a ratee or rater.
    ratees, raters = (np.unique(places[complete], return_inverse=True)[1] for places in (ratees, raters))
    centred = values - values.mean()
    by_ratee, ratee_squares = _group(ratees, centred)
    by_rater, rater_squares = _group(raters, centred)
    return Moments(
        len(values),
        len(by_ratee),
        len(by_rater),
        without_rounding(ratee_squares, values),
        without_rounding(rater_squares, values),
        without_rounding(float((centred**2).sum()), values),
        float((by_ratee**2).sum()),
        float((by_rater**2).sum()),
        _repeats(ratees, raters, by_ratee, by_rater),
    )


def two_way(ratee: Labels, rater: Labels, value: ArrayLike) -> tuple[float, float, float]:
    """Return the (ratee, rater, residual) variances of crossed ratings, complete or not, in squared units.

    Three sequences of equal length as in `moments_of`. Model: value = mean + ratee + rater + residual, all independent;
    the interaction of ratee and rater is part of the residual. For a complete table these are the variances of the
    two-way analysis of variance. An estimate below 0 is reported as 0; `solve` gives it as it is. Raises ValueError as
    `moments_of` and `solve` do.
    """
    ratee_variance, rater_variance, residual = solve(moments_of(ratee, rater, value))
    return max(0.0, ratee_variance), max(0.0, rater_variance), max(0.0, residual)
