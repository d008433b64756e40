"""How a team's answers to one attribute spread, and how far apart they lie."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from trellis.assessment.models import AgreedStatus

# The instrument's scale: 0, 1, 2.
STATUSES = (AgreedStatus.NOT_STARTED, AgreedStatus.UNDER_WAY, AgreedStatus.IN_PLACE)


@dataclass(frozen=True, slots=True)
class Spread:
    """Counts of answers: by status in the scale's order, and of those who do not know."""

    counts: tuple[int, ...]
    unknown: int

    @property
    def answered(self) -> int:
        """How many answered, "I don't know" included."""
        return sum(self.counts) + self.unknown

    @property
    def difference(self) -> float:
        """Mean distance in steps between the answers of two people who both know, 0 to about 1.2; 0 for fewer."""
        known = sum(self.counts)
        pairs = known * (known - 1) / 2
        if not pairs:
            return 0.0
        places = combinations(range(len(self.counts)), 2)
        return sum((b - a) * self.counts[a] * self.counts[b] for a, b in places) / pairs


def spread_of(values: Iterable[int | None]) -> Spread:
    """Return the spread of answers on the instrument's scale; None is "I don't know"."""
    found = list(values)
    return Spread(tuple(found.count(value) for value in range(len(STATUSES))), found.count(None))
