"""One common factor under a set of items, by maximum likelihood: what omega is computed from."""

import math
from dataclasses import dataclass

import numpy as np

from trellis.measure.scientific import optimize
from trellis.measure.tables import Floats

# A uniqueness of exactly 0 has no likelihood; this is the smallest share of an item's variance that stays its own.
# Where the data ask for less (a Heywood case), the item's loading ends just below 1.
SMALLEST_UNIQUENESS = 1e-4


@dataclass(frozen=True, slots=True)
class OneFactor:
    """Loadings and uniquenesses (each items long), in the items' own units."""

    loadings: Floats
    uniqueness: Floats


def _profile(log_uniqueness: Floats, correlation: Floats) -> tuple[float, Floats, Floats]:
    """Return misfit, its slope and the best loadings for given uniquenesses.

    With uniquenesses held, the best loading is the first eigenvector of the correlations scaled by them; the misfit
    log|model| + trace(correlation / model) then needs only the first eigenvalue (Joreskog, 1967).
    """
    uniqueness = np.exp(log_uniqueness)
    root = np.sqrt(uniqueness)
    values, vectors = np.linalg.eigh(correlation / np.outer(root, root))
    first = max(float(values[-1]), 1.0)
    loadings = root * vectors[:, -1] * np.sqrt(first - 1)
    misfit = float(log_uniqueness.sum() + np.log(first) + values.sum() - first + 1)
    slope = (loadings**2 + uniqueness - np.diag(correlation)) / uniqueness
    return misfit, slope, loadings


def _starts(correlation: Floats) -> list[Floats]:
    """Return two starts: all alike, and what each item shares with the others (its squared multiple correlation)."""
    items = len(correlation)
    precise = np.diag(np.linalg.pinv(correlation)).clip(min=1.0)
    return [np.full(items, 0.5), ((1 - 0.5 / items) / precise).clip(0.01, 0.99)]


def fit_one_factor(covariance: Floats) -> OneFactor:
    """Fit covariance = loadings loadings' + diag(uniqueness) by maximum likelihood.

    `covariance` is items x items with three items or more, each with some variance; only its proportions matter.
    The sign of the loadings is chosen so that their sum is not negative. Source: Joreskog (1967), Psychometrika 32,
    as in R's factanal, with uniquenesses down to 1e-4 of an item's variance.
    """
    spread = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(spread, spread)
    bounds = [(math.log(SMALLEST_UNIQUENESS), 0.0)] * len(spread)

    def misfit(log_uniqueness: Floats) -> tuple[float, Floats]:
        return _profile(log_uniqueness, correlation)[:2]

    found = [
        optimize.fmin_l_bfgs_b(misfit, np.log(start), bounds=bounds, factr=5, pgtol=1e-9, maxiter=2000)
        for start in _starts(correlation)
    ]
    best: Floats = min(found, key=lambda end: end[1])[0]
    loadings = _profile(best, correlation)[2] * spread
    return OneFactor(loadings * (-1 if loadings.sum() < 0 else 1), np.exp(best) * spread**2)


def influences(model: OneFactor, deviations: Floats) -> Floats:
    """Return how far each person moves each loading (persons x items), for the spread of what is made of loadings.

    `deviations` (persons x items) are answers minus item means. First-order: information^-1 times the person's score
    (a sandwich without assuming normal answers; Maydeu-Olivares, Coffman & Hartmann, 2007).
    """
    items = len(model.loadings)
    model_covariance = np.outer(model.loadings, model.loadings) + np.diag(model.uniqueness)
    weight = np.linalg.inv(model_covariance)
    drawn = weight @ model.loadings
    information = np.empty((2 * items, 2 * items))
    information[:items, :items] = 2 * ((model.loadings @ drawn) * weight + np.outer(drawn, drawn))
    information[:items, items:] = 2 * weight * drawn
    information[items:, :items] = information[:items, items:].T
    information[items:, items:] = weight**2
    scaled = deviations @ weight
    scores = np.hstack([2 * scaled * (scaled @ model.loadings)[:, None], scaled**2])
    # A uniqueness that stands at its bound does not move with the data.
    at_bound = model.uniqueness < 1.01 * SMALLEST_UNIQUENESS * np.diag(model_covariance)
    free = np.concatenate([np.full(items, True), ~at_bound])
    moved: Floats = (scores - scores.mean(axis=0))[:, free] @ np.linalg.pinv(information[np.ix_(free, free)])
    return moved[:, :items]
