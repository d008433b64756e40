"""How alike two coaches read the same evidence: weighted kappa over the rubric, with an interval that is honest."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean

from trellis.growth.evidence_rules import LEAST_DOUBLE_READ
from trellis.measure.agreement import kappa

# Leaving out one group of evidence after the other: as many groups as there is evidence, up to this many, so that the
# work grows with the evidence and not with its square.
_GROUPS = 50
_COVERAGE = 0.95


@dataclass(frozen=True, slots=True)
class DoubleReading:
    """One piece of evidence that two coaches read: their answers (0 to 2) by statement, and whether both attest."""

    first: dict[Hashable, int]
    second: dict[Hashable, int]
    same_decision: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike two readers judge; everything but `n` is None while fewer than ten pieces were read twice.

    `n` counts pieces of evidence, `statements` the answers given twice, `same` the pieces where the second reader would
    attest too. `kappa` is 1 for perfect agreement and 0 for chance, and None when no answer differs from another;
    `interval` has a coverage of 95 %.
    """

    n: int
    statements: int | None = None
    same: int | None = None
    kappa: float | None = None
    interval: tuple[float, float] | None = None


def agreement_of(readings: Sequence[DoubleReading]) -> Agreement:
    """Return the agreement over these readings: quadratic weighted kappa of the answers to the same statements.

    Answers about one piece of evidence hang together, so the interval is not kappa's own, which takes each for itself:
    it is a delete-a-group jackknife over pieces of evidence (Kott 2001, Journal of Official Statistics 17).
    """
    if len(readings) < LEAST_DOUBLE_READ:
        return Agreement(len(readings))
    pairs = [_pairs(reading) for reading in readings]
    whole = _kappa(pairs)
    return Agreement(
        n=len(readings),
        statements=sum(map(len, pairs)),
        same=sum(reading.same_decision for reading in readings),
        kappa=whole,
        interval=_interval(pairs, whole) if whole is not None else None,
    )


def _pairs(reading: DoubleReading) -> list[tuple[int, int]]:
    both = reading.first.keys() & reading.second.keys()
    return [(reading.first[statement], reading.second[statement]) for statement in both]


def _kappa(pairs: Sequence[Sequence[tuple[int, int]]]) -> float | None:
    together = [pair for each in pairs for pair in each]
    if not together:
        return None
    # An answer that nobody gave changes nothing: this kappa is the same for "not" and "clearly" one step or two apart.
    first, second = zip(*together, strict=True)
    found = kappa(first, second, weights="quadratic")
    return None if math.isnan(found.value) else found.value


def _interval(pairs: Sequence[Sequence[tuple[int, int]]], whole: float) -> tuple[float, float] | None:
    groups = min(_GROUPS, len(pairs))
    without = [_kappa([each for place, each in enumerate(pairs) if place % groups != group]) for group in range(groups)]
    known = [value for value in without if value is not None]
    if len(known) < groups:
        return None
    middle = fmean(known)
    spread = math.sqrt((groups - 1) / groups * sum((value - middle) ** 2 for value in known))
    far = NormalDist().inv_cdf(0.5 + _COVERAGE / 2) * spread
    return max(-1.0, whole - far), min(1.0, whole + far)
