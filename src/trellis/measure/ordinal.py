"""Proportional odds: how an answer in ordered categories goes with what is known about the person."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from trellis.measure.scientific import special
from trellis.measure.tables import Floats, Places

# Newton ends when the log-likelihood gains less than this, in its own unit or as a share of it.
_GAIN = 1e-11
_STEPS = 200


@dataclass(frozen=True, slots=True)
class OrdinalFit:
    """A fitted model logit P(answer <= category) = threshold - slopes . predictors.

    `categories` are the distinct answers in order, `thresholds` one fewer, `slopes` one per predictor in its own unit.
    Where predictors separate the answers perfectly the slopes have no end; then they are merely large and `loglik` is
    the limit that the likelihood nears.
    """

    categories: Floats
    thresholds: Floats
    slopes: Floats
    loglik: float


@dataclass(frozen=True, slots=True)
class _Problem:
    """Answers as places 0..J-1, predictors with mean 0 and spread 1, and how many people each row stands for."""

    place: Places
    predictors: Floats
    weight: Floats
    cuts: int


@dataclass(frozen=True, slots=True)
class _Slope:
    """The log-likelihood at one point with its first and second derivatives."""

    loglik: float
    first: Floats
    second: Floats


def _loglik(point: Floats, problem: _Problem) -> float:
    """Return the log-likelihood; minus infinity where thresholds are out of order."""
    cuts = point[: problem.cuts]
    if (np.diff(cuts) <= 0).any():
        return float("-inf")
    upper, lower, gap = _ends(point, problem)
    logs = special.log_expit(upper) + special.log_expit(-lower) + np.log(-np.expm1(-gap))
    return float(problem.weight @ logs)


def _ends(point: Floats, problem: _Problem) -> tuple[Floats, Floats, Floats]:
    """Return each row's logit of the upper and lower end of its category, and how wide the category is."""
    cuts = np.concatenate([[-np.inf], point[: problem.cuts], [np.inf]])
    drawn = problem.predictors @ point[problem.cuts :]
    upper, lower = cuts[problem.place + 1], cuts[problem.place]
    return upper - drawn, lower - drawn, upper - lower


def _slope(point: Floats, problem: _Problem) -> _Slope:
    """Differentiate log P = log F(upper) + log F(-lower) + log(1 - exp(-gap)), which never takes a small difference."""
    upper, lower, gap = _ends(point, problem)
    with np.errstate(over="ignore"):
        near = 1 / np.expm1(gap)
        bend = near * (1 + near)
    on_upper = (special.expit(-upper) + near) * problem.weight
    on_lower = -(special.expit(lower) + near) * problem.weight
    twice_upper = -(special.expit(upper) * special.expit(-upper) + bend) * problem.weight
    twice_lower = -(special.expit(lower) * special.expit(-lower) + bend) * problem.weight
    across = bend * problem.weight

    rows, cuts = len(problem.place), problem.cuts
    above, below = np.zeros((rows, cuts)), np.zeros((rows, cuts))
    has_upper, has_lower = problem.place < cuts, problem.place > 0
    above[np.flatnonzero(has_upper), problem.place[has_upper]] = 1
    below[np.flatnonzero(has_lower), problem.place[has_lower] - 1] = 1
    of_upper = np.hstack([above, -problem.predictors * has_upper[:, None]])
    of_lower = np.hstack([below, -problem.predictors * has_lower[:, None]])
    mixed = (of_upper.T * across) @ of_lower
    second = (of_upper.T * twice_upper) @ of_upper + (of_lower.T * twice_lower) @ of_lower + mixed + mixed.T
    return _Slope(_loglik(point, problem), of_upper.T @ on_upper + of_lower.T @ on_lower, second)


def _climb(problem: _Problem, start: Floats) -> tuple[Floats, float]:
    """Return where the log-likelihood is highest: Newton's steps, halved while they do not climb.

    The log-likelihood is concave (Pratt, 1981), so that there is only one summit.
    """
    point = start
    for _ in range(_STEPS):
        here = _slope(point, problem)
        # Predictors that say the same twice leave a flat direction: the shortest step ignores it.
        step = np.linalg.lstsq(here.second, -here.first, rcond=1e-12)[0]
        share = 1.0
        while (there := _loglik(point + share * step, problem)) < here.loglik and share > 1e-8:
            share /= 2
        gained = there - here.loglik
        if gained > 0:
            point = point + share * step
        if gained <= _GAIN * (1 + abs(here.loglik)):
            break
    return point, _loglik(point, problem)


def _standardised(predictors: Floats) -> tuple[Floats, Floats, Floats]:
    """Return predictors with mean 0 and spread 1, and their means and spreads (1 for one that does not vary)."""
    middle = predictors.mean(axis=0)
    spread = predictors.std(axis=0)
    constant = spread <= 1e-12 * np.abs(predictors).max(axis=0, initial=0.0)
    spread = np.where(constant, 1.0, spread)
    return np.where(constant, 0.0, (predictors - middle) / spread), middle, spread


def proportional_odds(answer: ArrayLike, predictors: ArrayLike) -> OrdinalFit:
    """Fit a proportional odds model by maximum likelihood.

    `answer` is n numbers whose order is that of the categories; `predictors` is n x p, p may be 0. A category that
    nobody chose does not exist; with one category only, the log-likelihood is 0 and slopes are 0. Of predictors that
    say the same, each gets a share. Raises ValueError for other shapes, no rows, and for missing or infinite numbers.
    Source: McCullagh (1980), JRSS B 42; the signs are those of R's MASS::polr.
    """
    answers, table = np.asarray(answer, dtype=np.float64), np.asarray(predictors, dtype=np.float64)
    if answers.ndim != 1 or table.ndim != 2 or len(answers) != len(table) or not len(answers):
        raise ValueError(f"expected n answers and n x p predictors, found {answers.shape} and {table.shape}")
    if not (np.isfinite(answers).all() and np.isfinite(table).all()):
        raise ValueError("answers and predictors must be finite numbers")
    categories, place = np.unique(answers, return_inverse=True)
    cuts = len(categories) - 1
    if not cuts:
        return OrdinalFit(categories, np.empty(0), np.zeros(table.shape[1]), 0.0)
    scaled, middle, spread = _standardised(table)
    # People who gave the same answer with the same predictors are one row that stands for many.
    rows, weight = np.unique(np.column_stack([place, scaled]), axis=0, return_counts=True)
    problem = _Problem(rows[:, 0].astype(np.intp), rows[:, 1:], weight.astype(np.float64), cuts)
    shares = np.cumsum(np.bincount(place))[:-1] / len(place)
    start = np.concatenate([np.log(shares / (1 - shares)), np.zeros(table.shape[1])])
    point, loglik = _climb(problem, start)
    slopes = point[cuts:] / spread
    return OrdinalFit(categories, point[:cuts] + float(slopes @ middle), slopes, loglik)
