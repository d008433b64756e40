"""How sure one answer is: shrinkage towards the middle, and the bar of where a person would probably land again."""

import math
from dataclasses import dataclass
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


def shrink(answers: list[float], components: Components) -> tuple[float, float]:
    """Return the best linear unbiased prediction of a level and its variance from k answers (in levels).

    One-way case: weight = k * person / (k * person + error); variance = person * (1 - weight). No answers give the
    mean and the whole variance between persons. Source: the BLUP of a one-way random model (Searle, 1971).
    """
    k = len(answers)
    weight = k * components.person / (k * components.person + components.error)
    observed = sum(answers) / k if k else components.mean
    return components.mean + weight * (observed - components.mean), components.person * (1 - weight)


# A ladder has few possible answers, and a team's page asks for their bars by the thousand.
@lru_cache(maxsize=256)
def bar(answer: float, components: Components, *, top: int) -> tuple[float, float]:
    """Return the bar of one answer: where the person would probably land if they answered again, in levels.

    The prediction plus and minus one SEM, each end at the nearest half-step (of two, the one nearer to the middle),
    then widened to hold the answer itself, and cut at the ladder's ends.
    """
    centre, _variance = shrink([answer], components)
    low = min(answer, math.floor(2 * (centre - components.sem) + 0.5) / 2)
    high = max(answer, math.ceil(2 * (centre + components.sem) - 0.5) / 2)
    return max(0.0, low), min(float(top), high)
