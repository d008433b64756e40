"""Where answers on many themes come from: how true levels go together, what one rater adds to all, and the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from trellis.measure.tables import Floats, floats

# No theme is wholly told by the others: each keeps some variance of its own, in squared levels.
LEAST_OWN = 0.02


@dataclass(frozen=True, slots=True)
class Noise:
    """What stands between answers and a true level, in squared units of the answers, each 0 or more.

    `shared` is what one occasion (a rater, or one sitting) adds to all of its themes alike, `error` what is each
    answer's own; `tables` are the persons that could tell.
    """

    shared: float
    error: float
    tables: int


def noise_within(tables: Iterable[Floats]) -> Noise | None:
    """Return the noise in answers about one person at a time: tables of occasions x themes, NaN for a missing answer.

    Two occasions differ by d on each theme that both hold, where the person's true level is gone: E d^2 = 2 (shared +
    error), and on two themes E d d' = 2 shared. The moments are summed over all pairs of occasions, so that no model of
    the levels is needed and an answer may be missing anywhere. Returns None where no two occasions share two themes.
    Source: moments of a two-way layout nested in persons (Searle, Casella & McCulloch 1992, Variance Components, 4.7).
    """
    products = squares = pairs_of_themes = answers = 0.0
    used = 0
    for table in tables:
        values = floats(table)
        there = ~np.isnan(values)
        filled, mask = np.where(there, values, 0.0), there.astype(np.float64)
        common = mask @ mask.T
        apart = filled @ mask.T - (filled @ mask.T).T
        apart_squared = filled**2 @ mask.T + (filled**2 @ mask.T).T - 2 * filled @ filled.T
        np.fill_diagonal(common, 0.0)
        if common.max(initial=0.0) < 2:
            continue
        used += 1
        products += float((apart**2 - apart_squared)[common > 0].sum())
        squares += float(apart_squared[common > 0].sum())
        pairs_of_themes += float((common * (common - 1)).sum())
        answers += float(common.sum())
    if not used:
        return None
    whole = max(0.0, squares / (2 * answers))
    shared = min(max(0.0, products / (2 * pairs_of_themes)), whole)
    return Noise(shared, whole - shared, used)


def covariance(table: Floats) -> tuple[Floats, Floats]:
    """Return the covariances of columns (themes x themes), and how many persons each stands on, from the pairs there.

    `table` is persons x themes with NaN for a missing answer. A pair that fewer than two persons hold has covariance 0.
    """
    values = floats(table)
    there = ~np.isnan(values)
    sizes = there.sum(axis=0)
    centred = np.where(there, values - np.where(there, values, 0.0).sum(axis=0) / np.maximum(sizes, 1), 0.0)
    mask = there.astype(np.float64)
    counts = mask.T @ mask
    return np.where(counts > 1, centred.T @ centred / np.maximum(counts - 1, 1), 0.0), counts


def structured(matrix: Floats, domain: Sequence[int]) -> Floats:
    """Return the covariances of a general, a domain and a theme's own trait that lie nearest to a matrix.

    `domain` says for each theme in which domain it stands. Three numbers: the mean covariance between domains, what
    themes of one domain have in common besides, and what a theme has for itself (at least `LEAST_OWN`).
    """
    places = np.asarray(domain)
    same = places[:, None] == places
    inside = same & ~np.eye(len(places), dtype=bool)
    general = _mean(matrix[~same])
    in_domain = max(0.0, _mean(matrix[inside]) - general) if inside.any() else 0.0
    general = max(0.0, general)
    own = max(LEAST_OWN, float(np.diag(matrix).mean()) - general - in_domain)
    nearest: Floats = general + in_domain * same + own * np.eye(len(places))
    return nearest


def _mean(values: Floats) -> float:
    return float(values.mean()) if values.size else 0.0


def true_covariance(table: Floats, domain: Sequence[int], *, error: float, shared: float = 0.0) -> Floats:
    """Return how true levels vary and go together (themes x themes), from one answer a theme by many persons.

    `table` is persons x themes with NaN for a missing answer. The observed covariances less `error` on the diagonal and
    less `shared` everywhere, but never less than half of what themes have in common; drawn towards `structured` by as
    much as chance alone explains their distance from it; then the nearest matrix that is a covariance. Raises
    ValueError for fewer than three persons. Source: shrinkage of Schafer & Strimmer (2005), Statistical Applications in
    Genetics 4.
    """
    observed, counts = covariance(table)
    themes = len(observed)
    if len(table) < 3:
        raise ValueError("covariances need at least three persons")
    between = observed[~np.eye(themes, dtype=bool)]
    taken = min(shared, max(0.0, _mean(between)) / 2)
    raw = observed - taken - error * np.eye(themes)
    target = structured(raw, domain)
    spread = np.diag(observed)
    chance = (np.outer(spread, spread) + observed**2) / np.maximum(counts - 1, 1)
    distance = float(((raw - target) ** 2).sum())
    drawn = min(1.0, float(chance.sum()) / distance) if distance else 1.0
    return nearest_covariance(drawn * target + (1 - drawn) * raw)


def nearest_covariance(matrix: Floats) -> Floats:
    """Return the symmetric matrix without negative variances that lies nearest (in squares) to a symmetric one."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    repaired: Floats = (vectors * values.clip(min=0.0)) @ vectors.T
    return (repaired + repaired.T) / 2
