"""How sure one answer is: shrinkage towards the middle, and the bar of where a person would probably land again."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Components:
    """Variance components of a theme's self-rating, in squared levels.

    `mean` is the level that an unknown person is expected at; `person` the variance between persons, `error` the
    variance of one person's repeated answers (its root is the standard error of measurement), `shared` the part of
    `error` that all themes of one sitting have in common.
    """

    mean: float
    person: float
    error: float
    shared: float

    @property
    def sem(self) -> float:
        """Standard error of measurement of one theme's answer, in levels."""
        return math.sqrt(self.error)

    @property
    def reliability(self) -> float:
        """Share of the variance of one answer that lies between persons."""
        return self.person / (self.person + self.error)


# Provisional, from simulation (general, domain and theme trait; slope 1.8): SEM .6 of a level, retest reliability .62,
# and a shared part that gives .76 as the smallest claimable change of a five-theme domain. Pilot data replaces them.
PROVISIONAL = Components(mean=1.5, person=0.587, error=0.36, shared=0.004)


def at_reliability(components: Components, reliability: float) -> Components:
    """Return the components of an instrument that asks about the same persons with another reliability.

    Persons differ as they do, so only the error changes: reliability = person / (person + error), solved for error,
    is person * (1 - reliability) / reliability; the part of it that a sitting shares keeps its share. Raises ValueError
    for a reliability outside of 0 to 1 (0 would be an endless error, 1 is not a reliability that anything has).
    """
    if not 0 < reliability < 1:
        raise ValueError("reliability must lie in (0, 1)")
    error = components.person * (1 - reliability) / reliability
    return replace(components, error=error, shared=components.shared * error / components.error)


# The deep form asks statement by statement: retest reliability .72 where one answer has .62, from the same simulation.
DEEP_RELIABILITY = 0.72
PROVISIONAL_DEEP = at_reliability(PROVISIONAL, DEEP_RELIABILITY)


def shrink(answers: list[float], components: Components) -> tuple[float, float]:
    """Return the best linear unbiased prediction of a level and its variance from k answers (in levels).

    One-way case: weight = k * person / (k * person + error); variance = person * (1 - weight). No answers give the
    mean and the whole variance between persons. Source: the BLUP of a one-way random model (Searle, 1971).
    """
    k = len(answers)
    weight = k * components.person / (k * components.person + components.error)
    observed = sum(answers) / k if k else components.mean
    return components.mean + weight * (observed - components.mean), components.person * (1 - weight)


def combine(mean: float, variance: float, observed: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """Return the best linear unbiased prediction and its variance from unequal observations (value, error variance).

    Each is weighed by one over its variance, the prior `mean` with its own among them; without observations the prior
    comes back. Raises ValueError for a variance that is not above 0. Source: the BLUP of a random model with known,
    unequal error variances (Searle, Casella & McCulloch, 1992).
    """
    weights, total = 0.0, 0.0
    for value, error in ((mean, variance), *observed):
        if error <= 0:
            raise ValueError("a variance must be above 0")
        weights += 1 / error
        total += value / error
    return total / weights, 1 / weights


def median_error(within: float, raters: int) -> float:
    """Return the error variance of the median of so many raters, in the unit of `within`, the variance of one.

    A median is less sure than a mean: pi / 2 times the variance for normal errors, and never less sure than one
    rater's answer. Raises ValueError for no raters. Source: the median's asymptotic variance (Kenney & Keeping, 1962).
    """
    if raters < 1:
        raise ValueError("a median needs raters")
    return within * min(1.0, math.pi / 2 / raters)


# A ladder has few possible answers, and a page asks for many bars.
@lru_cache(maxsize=256)
def bar(answer: float, components: Components, *, top: int) -> tuple[float, float]:
    """Return the bar of one answer from what is known of one theme alone: `bar_around` its shrunken value."""
    centre, _variance = shrink([answer], components)
    return bar_around(answer, centre, components.sem, top=top)


def bar_around(answer: float, centre: float, spread: float, *, top: int) -> tuple[float, float]:
    """Return where the person would probably land if they answered again, in levels: centre plus and minus the spread.

    Each end lies at the nearest half-step (of two, the one nearer to the middle), is widened to hold the answer itself,
    and is cut at the ladder's ends.
    """
    low = min(answer, math.floor(2 * (centre - spread) + 0.5) / 2)
    high = max(answer, math.ceil(2 * (centre + spread) - 0.5) / 2)
    return max(0.0, low), min(float(top), high)
