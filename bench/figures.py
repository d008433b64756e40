"""The arithmetic of a measurement: percentiles, medians, ratios, the slope of a cost. Nothing here touches a site."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which that share (0 to 1) of the values lies, straight between neighbours."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def slope(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Return the slope of the straight line through the logarithms: 0 is flat, 1 grows with size, 2 with its square.

    Costs that are not known (0, as processor time is on some systems) give 0.
    """
    if not all(costs):
        return 0.0
    if len(sizes) != len(costs) or len(set(sizes)) < 2:
        raise ValueError("a slope needs costs at two different sizes or more")
    across = [math.log(size) for size in sizes]
    up = [math.log(cost) for cost in costs]
    middle_across, middle_up = sum(across) / len(across), sum(up) / len(up)
    spread = sum((x - middle_across) ** 2 for x in across)
    return sum((x - middle_across) * (y - middle_up) for x, y in zip(across, up, strict=True)) / spread


@dataclass(frozen=True, slots=True)
class Burst:
    """One unbroken load on one page, in seconds: each request, the whole, and the server's processor time."""

    seconds: tuple[float, ...]
    whole: float
    busy: float = 0.0

    @property
    def p50(self) -> float:
        """The middle, in milliseconds."""
        return 1000 * percentile(self.seconds, 0.5)

    @property
    def p95(self) -> float:
        """In milliseconds."""
        return 1000 * percentile(self.seconds, 0.95)

    @property
    def cpu(self) -> float:
        """Milliseconds of the server's processor time for one request."""
        return 1000 * self.busy / len(self.seconds)

    @property
    def rate(self) -> float:
        """Requests per second."""
        return len(self.seconds) / self.whole


@dataclass(frozen=True, slots=True)
class Measured:
    """What the repetitions of one page say, each figure the median over the repetitions.

    Ratios are taken within a repetition, where page and floor stand seconds apart: the machine's mood cancels out.
    """

    p50: float
    p95: float
    rate: float
    ratio50: float
    ratio95: float
    cpu: float
    ratio_cpu: float


def measured(page: Sequence[Burst], floor: Sequence[Burst]) -> Measured:
    """Return the figures of a page beside its floor; both were measured in the same repetitions, in the same order."""
    pairs = list(zip(page, floor, strict=True))
    return Measured(
        p50=median(burst.p50 for burst in page),
        p95=median(burst.p95 for burst in page),
        rate=median(burst.rate for burst in page),
        ratio50=median(burst.p50 / beside.p50 for burst, beside in pairs),
        ratio95=median(burst.p95 / beside.p95 for burst, beside in pairs),
        cpu=median(burst.cpu for burst in page),
        ratio_cpu=sum(burst.cpu for burst in page) / (sum(burst.cpu for burst in floor) or 1.0),
    )
