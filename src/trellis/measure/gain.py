"""What a group gained between two answers: its mean with a bar or an interval, and when it may be called a gain."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trellis.measure.change import Z
from trellis.measure.precision import combine
from trellis.measure.scientific import stats

# From this many people on, means are compared, with intervals; below it they are drawn towards no gain, and nothing
# is claimed.
COMPARED_FROM = 100
# How much the true gains of one session and another differ, in squared levels: a standard deviation of half a level
# about no gain at all. Provisional: to be replaced by what an association's own sessions show.
BETWEEN = 0.25


@dataclass(frozen=True, slots=True)
class Differences:
    """How many people gave both answers, and the mean and standard deviation of the differences, in levels."""

    people: int
    mean: float
    spread: float


@dataclass(frozen=True, slots=True)
class Gain:
    """A mean difference in levels with the ends of its bar; `claim` is +1 or -1 where it may be claimed, else 0."""

    value: float
    low: float
    high: float
    claim: int


def differences(pairs: Iterable[tuple[float, float]]) -> Differences:
    """Return the differences of paired answers (before, after; in levels); raises ValueError for fewer than two."""
    found = [after - before for before, after in pairs]
    if len(found) < 2:
        raise ValueError("a spread needs at least two pairs of answers")
    mean = math.fsum(found) / len(found)
    return Differences(len(found), mean, math.sqrt(math.fsum((one - mean) ** 2 for one in found) / (len(found) - 1)))


def pooled(parts: Sequence[Differences]) -> Differences:
    """Return the differences of several groups as if they had been asked together, from their figures alone.

    Sums of squares within groups and between them add up to the whole (analysis of variance). Raises ValueError for no
    groups.
    """
    people = sum(part.people for part in parts)
    if not people:
        raise ValueError("there is nobody to pool")
    mean = math.fsum(part.people * part.mean for part in parts) / people
    squares = math.fsum((part.people - 1) * part.spread**2 + part.people * (part.mean - mean) ** 2 for part in parts)
    return Differences(people, mean, math.sqrt(squares / (people - 1)) if people > 1 else 0.0)


def gain_of(found: Differences, error: float, *, between: float = BETWEEN) -> Gain:
    """Return what a group gained, as it may be shown; `error` is the variance of one answer, in squared levels.

    The variance of a difference is never taken to be smaller than that of answering twice, 2 * SEM^2: so the bar of a
    group in which all say the same does not say so, and nothing below 1.96 sqrt(2) SEM / sqrt(n) is claimed (Jacobson &
    Truax 1991, for the mean of n). Below `COMPARED_FROM` people the mean is shrunk towards 0 with the variance
    `between` of true gains, its bar holds 95 % of what is then likely, and nothing is claimed; from there on it is the
    mean with the 95 % interval of Student's t. Raises ValueError for fewer than two people.
    """
    if found.people < 2:
        raise ValueError("a gain needs at least two people")
    variance = max(found.spread**2, 2 * error) / found.people
    if found.people < COMPARED_FROM:
        value, left = combine(0.0, between, [(found.mean, variance)])
        half = Z * math.sqrt(left)
        return Gain(value, value - half, value + half, 0)
    half = float(stats.t.ppf(0.975, found.people - 1)) * math.sqrt(variance)
    claim = 0 if abs(found.mean) <= half else int(math.copysign(1, found.mean))
    return Gain(found.mean, found.mean - half, found.mean + half, claim)
