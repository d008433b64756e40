"""Where a person probably stands on every theme, from ratings by several raters: best linear unbiased prediction."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from trellis.measure.tables import Floats, Labels, Places, labels, vector


@dataclass(frozen=True, slots=True)
class RatingModel:
    """How ratings come about, in levels and squared levels; all from the association's own variance components.

    A rating is mean + person's theme value + rater's severity + rater's halo for this person + error. `mean` has one
    number per theme, `person` the covariances of themes between persons (themes x themes). `bias` is how much a kind of
    rater (the relation) rates above the mean; every relation that occurs must be in it. Raises ValueError for shapes
    that do not fit, a `person` that is no covariance, negative variances, and an error variance that is not above 0.
    """

    mean: Floats
    person: Floats
    severity: float
    halo: float
    error: float
    bias: Mapping[Hashable, float]
    _root: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Check the numbers once, and keep the root of `person` for every prediction."""
        mean, person = vector(self.mean, of="means"), np.asarray(self.person, dtype=np.float64)
        if person.shape != (len(mean), len(mean)):
            raise ValueError(f"expected covariances of {len(mean)} x {len(mean)} themes, found {person.shape}")
        if not (np.isfinite(mean).all() and np.isfinite(person).all() and np.allclose(person, person.T)):
            raise ValueError("means and covariances must be finite, and covariances symmetric")
        values, vectors = np.linalg.eigh(person)
        if values.min(initial=0.0) < -1e-8 * max(1.0, float(values.max(initial=0.0))):
            raise ValueError("the covariances of the themes are no covariances: a combination has negative variance")
        if min(self.severity, self.halo) < 0 or self.error <= 0:
            raise ValueError("variances must not be negative, and the error's must be above 0")
        object.__setattr__(self, "mean", mean)
        object.__setattr__(self, "person", person)
        object.__setattr__(self, "_root", vectors * np.sqrt(values.clip(min=0.0)))

    @property
    def root(self) -> Floats:
        """Any matrix whose product with its own transpose is `person`."""
        return self._root


@dataclass(frozen=True, slots=True)
class Prediction:
    """A person's level on every theme, and the covariances of what is still unknown about it (themes x themes)."""

    level: Floats
    variance: Floats


def _predict(theme: Places, rater: Places, left: Floats, model: RatingModel) -> Prediction:
    """Predict from one person's ratings, given as places and as what is left after means and biases.

    The closed form theta = mu + C A^-1 (y - mu - b), A = K + (s2_severity + s2_halo)[same rater] + s2_error I, with the
    matrix of ratings x ratings turned into one of themes x themes (Woodbury), so that many raters cost nothing.
    """
    themes, shared = len(model.mean), model.severity + model.halo
    raters = int(rater.max(initial=-1)) + 1
    cells = rater * themes + theme
    counts = np.bincount(cells, minlength=raters * themes).reshape(raters, themes).astype(np.float64)
    sums = np.bincount(cells, weights=left, minlength=raters * themes).reshape(raters, themes)
    # What one rater says on all themes together carries that rater's severity and halo: it counts for less.
    discount = shared / (model.error + shared * counts.sum(axis=1))
    told = (sums.sum(axis=0) - (discount * sums.sum(axis=1)) @ counts) / model.error
    precision = (np.diag(counts.sum(axis=0)) - (counts.T * discount) @ counts) / model.error
    root = model.root
    variance: Floats = root @ np.linalg.solve(np.eye(themes) + root.T @ precision @ root, root.T)
    return Prediction(model.mean + variance @ told, (variance + variance.T) / 2)


@dataclass(frozen=True, slots=True)
class _Ratings:
    theme: Places
    rater: Places
    left: Floats
    kept: Places


def _read(theme: ArrayLike, rater: Labels, relation: Labels, value: ArrayLike, model: RatingModel) -> _Ratings:
    """Return the complete ratings as places, and what is left of them after means and biases."""
    values, themes = vector(value, of="ratings"), np.asarray(theme)
    (raters, _), (relations, kinds) = labels(rater, of="raters"), labels(relation, of="relations")
    if themes.shape != values.shape or not len(values) == len(raters) == len(relations):
        raise ValueError("ratings: themes, raters, relations and values must be equally many")
    if len(values) and (themes.dtype.kind not in "iu" or themes.min() < 0 or themes.max() >= len(model.mean)):
        raise ValueError(f"a theme must be a whole number from 0 to {len(model.mean) - 1}")
    if np.isinf(values).any():
        raise ValueError("ratings: a value is infinite")
    unknown = [str(kind) for kind in kinds if kind not in model.bias]
    if unknown:
        raise ValueError(f"no bias is known for the relations {', '.join(unknown)}")
    kept = np.flatnonzero(~np.isnan(values) & (raters >= 0) & (relations >= 0))
    themes = themes.astype(np.intp)[kept]
    bias = np.array([model.bias[kind] for kind in kinds], dtype=np.float64)
    return _Ratings(themes, raters[kept], values[kept] - model.mean[themes] - bias[relations[kept]], kept)


def blup(theme: ArrayLike, rater: Labels, relation: Labels, value: ArrayLike, *, model: RatingModel) -> Prediction:
    """Return the prediction for one person from n ratings: four sequences of length n.

    `theme` are whole numbers from 0, in the order of the model's means; `rater` and `relation` any hashable codes;
    `value` in levels. A rating that misses rater, relation or value is left out; without ratings the prediction is the
    model's own mean and covariance. Raises ValueError for unequal lengths, unknown themes and relations and infinite
    values. Source: Henderson (1975), Biometrics 31; with one theme and one answer per rater it is `precision.shrink`.
    """
    ratings = _read(theme, rater, relation, value, model)
    return _predict(ratings.theme, _compact(ratings.rater), ratings.left, model)


def blup_by_person(
    ratee: Labels, theme: ArrayLike, rater: Labels, relation: Labels, value: ArrayLike, *, model: RatingModel
) -> dict[Hashable, Prediction]:
    """Return `blup` of every rated person at once: the same sequences, and the codes of the persons they are about.

    A person all of whose ratings are incomplete has the model's own mean and covariance. A rating that misses its
    person is left out. Raises ValueError as `blup` does.
    """
    ratings = _read(theme, rater, relation, value, model)
    persons, codes = labels(ratee, of="ratees")
    if len(persons) != len(np.asarray(value)):
        raise ValueError("ratings: as many ratees as values are needed")
    persons = persons[ratings.kept]
    order = np.argsort(persons, kind="stable")
    ends = np.searchsorted(persons[order], np.arange(len(codes) + 1))
    found = {}
    for place, code in enumerate(codes):
        mine = order[ends[place] : ends[place + 1]]
        found[code] = _predict(ratings.theme[mine], _compact(ratings.rater[mine]), ratings.left[mine], model)
    return found


def _compact(places: Places) -> Places:
    """Return places renumbered without gaps, so that one person's table holds only that person's raters."""
    return np.unique(places, return_inverse=True)[1]
