"""What several readers found in an application, side by side: the middle of each criterion, and how far they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median


class Band(StrEnum):
    """How strongly an application shows what is looked for; within a band nobody stands before another."""

    STRONG = "strong"
    GOOD = "good"
    SOME = "some"
    LITTLE = "little"
    UNREAD = "unread"


# The middle of each step: what is nearer to 3 than to 2 is strong.
_FROM = ((2.5, Band.STRONG), (1.5, Band.GOOD), (0.5, Band.SOME), (0.0, Band.LITTLE))


@dataclass(frozen=True, slots=True)
class CriterionFound:
    """How many readers chose each step 0 to 3, their median (None before the first), and highest minus lowest."""

    counts: tuple[int, int, int, int]
    middle: float | None
    spread: int
    differs: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What the readings of one application say together; `middle` weighs the medians of the criteria, 0 to 3."""

    readings: int
    criteria: tuple[CriterionFound, ...]
    middle: float | None

    @property
    def differs(self) -> bool:
        """Whether readers differ in a criterion by as much as the call's rule names."""
        return any(criterion.differs for criterion in self.criteria)

    @property
    def band(self) -> Band:
        """Where it stands among the bands."""
        if self.middle is None:
            return Band.UNREAD
        return next(band for least, band in _FROM if self.middle >= least)


def found(readings: Sequence[Sequence[int]], *, weights: Sequence[int], differ_at: int) -> Found:
    """Put readings together; each is a list of steps (0 to 3), one for each criterion in the order of the weights.

    The median of an even number is the mean of the two in the middle. The weighted middle is the mean of the medians,
    each counted as often as its criterion weighs. Raises ValueError when a reading leaves a criterion out.
    """
    columns = list(zip(*readings, strict=True)) if readings else [()] * len(weights)
    criteria = tuple(_criterion(column, differ_at) for column in columns)
    middles = [criterion.middle for criterion in criteria]
    whole = None
    if readings and weights:
        whole = sum((middle or 0.0) * weight for middle, weight in zip(middles, weights, strict=True)) / sum(weights)
    return Found(len(readings), criteria, whole)


def _criterion(values: Sequence[int], differ_at: int) -> CriterionFound:
    counts = (values.count(0), values.count(1), values.count(2), values.count(3))
    spread = max(values) - min(values) if values else 0
    return CriterionFound(counts, median(values) if values else None, spread, len(values) > 1 and spread >= differ_at)
