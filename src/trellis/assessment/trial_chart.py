"""Drawings of the trial in plain numbers: an interval on a line from 0 to 1, and how many still answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# Drawing units.
WIDTH = 120.0
PLOT_WIDTH, PLOT_HEIGHT = 660.0, 160.0
GAP = 2.0


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a value and its ends lie on a line from 0 to 1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One place of the form: how high its bar is, and what it says."""

    x: float
    y: float
    width: float
    height: float
    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Bars from the first place of the form to the last; `last` is the share that reached the end."""

    bars: tuple[Bar, ...]
    last: str


def interval(value: float, low: float, high: float) -> Interval:
    """Place an interval; what lies outside of 0 to 1 is cut."""
    return Interval(*(round(WIDTH * min(1.0, max(0.0, each)), 1) for each in (value, low, high)))


def curve(places: Sequence[dict[str, Any]]) -> Curve:
    """Draw the share that still answers at each place, given in whole percentages."""
    step = PLOT_WIDTH / len(places)
    bars = [
        Bar(
            x=round(number * step, 1),
            y=round(PLOT_HEIGHT * (1 - place["value"] / 100), 1),
            width=round(step - GAP, 1),
            height=round(PLOT_HEIGHT * place["value"] / 100, 1),
            place=place["place"],
            text=place["text"],
        )
        for number, place in enumerate(places)
    ]
    return Curve(tuple(bars), bars[-1].text)
