"""How numbers of a report are written: whole percentages and means to one tenth, with their ends coded."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from trellis.measure.disclosure import THRESHOLD
from trellis.measure.tables import Floats, Places

# (people from, percentage from which the high end is coded); the low end is as far from 0. From the band of fewest
# people: the fewer there are, the earlier a number near all or none of them would tell about each one.
BANDS = ((300, 99), (100, 98), (40, 95), (20, 90), (10, 80))

End = Literal["exactly", "at least", "at most"]


@dataclass(frozen=True, slots=True)
class Coded:
    """A number as it may be shown: exactly this, at least this, or at most this."""

    end: End
    value: float

    def __str__(self) -> str:
        return {"exactly": "", "at least": "≥", "at most": "≤"}[self.end] + f"{self.value:g}"


def _top(people: int) -> int | None:
    return next((top for fewest, top in BANDS if people >= fewest), None)


def _rounded(value: float) -> int:
    """Round halves upward, as readers do."""
    return math.floor(value + 0.5)


def coded_percentage(part: int, people: int, threshold: int = THRESHOLD) -> Coded | None:
    """Return which whole percentage of n people a part is, with coded ends; None where n is below the threshold.

    From 300 people on, 99 % and more is "at least 99" and 1 % and less "at most 1"; 100-299: 98 and 2; 40-99: 95 and 5;
    20-39: 90 and 10; 10-19: 80 and 20. All and none are coded like the rest of their end. Raises ValueError for a part
    outside of 0 to n, and for a threshold below 10.
    """
    if not 0 <= part <= people:
        raise ValueError("a part must lie between nobody and all")
    top = _shown_top(people, threshold)
    if top is None:
        return None
    value = _rounded(100 * part / people)
    if value >= top:
        return Coded("at least", top)
    return Coded("at most", 100 - top) if value <= 100 - top else Coded("exactly", value)


def coded_mean(mean: float, people: int, scale: tuple[float, float], threshold: int = THRESHOLD) -> Coded | None:
    """Return the mean of n people's answers to one tenth, with coded ends; None where n is below the threshold.

    `scale` is the lowest and the highest answer there is; the ends are coded at the same share of its width as
    percentages are, and given to one tenth. Raises ValueError for a mean outside of the scale, a scale without width,
    and a threshold below 10.
    """
    lowest, highest = scale
    if not lowest <= mean <= highest or lowest >= highest:
        raise ValueError("a mean must lie on its scale")
    top = _shown_top(people, threshold)
    if top is None:
        return None
    margin = (highest - lowest) * (100 - top) / 100
    low, high = math.ceil((lowest + margin) * 10) / 10, math.floor((highest - margin) * 10) / 10
    value = _rounded(mean * 10) / 10
    if value >= high:
        return Coded("at least", high)
    return Coded("at most", low) if value <= low else Coded("exactly", value)


def coded_many(
    sums: ArrayLike, people: ArrayLike, scale: tuple[float, float], *, step: float, threshold: int = THRESHOLD
) -> tuple[Floats, Places]:
    """Return many means at once: their values, and for each which end it is coded at (1 at least, -1 at most, 0 none).

    `sums` are the sums of n people's answers and `people` the n, of the same shape; `scale` the lowest and the highest
    answer there is, `step` what a value is rounded to: 1 for percentages (answers of 0 or 100), 0.1 for means. As
    `coded_percentage` and `coded_mean`, with NaN where n is below the threshold. Raises ValueError as they do.
    """
    _shown_top(threshold, threshold)
    lowest, highest = scale
    count = np.asarray(people, np.float64)
    shown = count >= threshold
    mean = np.divide(np.asarray(sums, np.float64), count, out=np.full(count.shape, float(lowest)), where=shown)
    if lowest >= highest or (mean < lowest - 1e-9).any() or (mean > highest + 1e-9).any():
        raise ValueError("a mean must lie on its scale")
    margin = (highest - lowest) * (100 - tops(count)) / 100
    # Rounding to whole steps; what floating point leaves of a step does not move an end to the next.
    low = np.ceil((lowest + margin) / step - 1e-9) * step
    high = np.floor((highest - margin) / step + 1e-9) * step
    value = np.floor(mean / step + 0.5 + 1e-9) * step
    ends = np.where(shown, (value >= high - step / 2).astype(np.intp) - (value <= low + step / 2), 0)
    value = np.where(ends > 0, high, np.where(ends < 0, low, value))
    return np.where(shown, np.round(value, 1), np.nan), ends


def tops(people: ArrayLike) -> Floats:
    """Return from which percentage on the high end is coded, for each n; 100 below the smallest band."""
    found = np.full(np.shape(people), 100.0)
    for fewest, top in reversed(BANDS):
        found[np.asarray(people) >= fewest] = top
    return found


def _shown_top(people: int, threshold: int) -> int | None:
    if threshold < THRESHOLD:
        raise ValueError(f"the threshold must not be below {THRESHOLD}")
    return _top(people) if people >= threshold else None


def written_count(count: float, threshold: int = THRESHOLD) -> str:
    """Return a count of `disclosure.protect` as it is written: "<10" for every hidden one (NaN), whatever the reason.

    A count below the threshold is written the same way, should it ever come here. Screens explain the mark: "fewer than
    10, or hidden to protect others".
    """
    return f"{count:.0f}" if count >= threshold else f"<{threshold}"
