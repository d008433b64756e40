"""The drawings of a row: how people spread over the levels, a share, a change, a gap; and that nothing may be shown.

They are made of released values. What is hidden is drawn the same, whatever it is.
"""

from functools import cache, lru_cache

from django.utils.safestring import SafeString

from trellis.insight.charts.svg import dot, drawing, line, rect
from trellis.insight.queries import Cell

WIDTH, HEIGHT = 120, 14
_EDGE = 0.5
# Changes and gaps are drawn between one level less and one level more.
_MOST = 1.0


@cache
def hidden() -> SafeString:
    """Draw that a figure is hidden: hatched, and always alike."""
    hatches = [line("hatch", x, HEIGHT - 1, x + 8, 1) for x in range(2, WIDTH - 8, 8)]
    return drawing("hid", WIDTH, HEIGHT, [_frame("none"), *hatches])


def spread(cell: Cell) -> SafeString:
    """Draw how people spread over the levels, from those who are not at level 1 yet to those at the highest."""
    if cell.hidden:
        return hidden()
    shares = [100.0, *(cell.values[name].value for name in ("level1", "level2", "level3")), 0.0]
    parts, left = [], 0.0
    for level in range(4):
        width = max(0.0, shares[level] - shares[level + 1]) * (WIDTH - 1) / 100
        if width:
            parts.append(rect(f"a{level}", _EDGE + left, _EDGE, width, HEIGHT - 1))
        left += width
    return drawing("spread", WIDTH, HEIGHT, parts)


def share(value: float | None) -> SafeString:
    """Draw a share in percent as a bar; None is hidden."""
    return share_beside(value, None)


@lru_cache(maxsize=1024)
def share_beside(value: float | None, beside: float | None) -> SafeString:
    """Draw a share in percent as a bar, with a line across it where another share ends; None is hidden."""
    if value is None:
        return hidden()
    parts = [_frame("whole"), rect("fill", _EDGE, _EDGE, value * (WIDTH - 1) / 100, HEIGHT - 1, round_by=3)]
    if beside is not None:
        at = _EDGE + beside * (WIDTH - 1) / 100
        parts += [line("edge", at, 0, at, HEIGHT), line("mark", at, 0, at, HEIGHT)]
    return drawing("share", WIDTH, HEIGHT, parts)


def difference(cell: Cell, name: str) -> SafeString:
    """Draw a difference of means in levels beside the line of none, with how far it may be off where that is known.

    A full dot has its reach; an empty one stands on fewer people than means are compared of.
    """
    if cell.hidden:
        return hidden()
    value, middle = cell.values[name].value, HEIGHT / 2
    parts = [line("axis", 0, middle, WIDTH, middle), line("zero", _at(0), 0, _at(0), HEIGHT)]
    if cell.give is not None:
        parts.append(line("reach", _at(value - cell.give), middle, _at(value + cell.give), middle))
    parts.append(dot("dot" if cell.give is not None else "hint", _at(value), middle, 4.5))
    return drawing("differ", WIDTH, HEIGHT, parts)


def _frame(cls: str) -> SafeString:
    return rect(cls, _EDGE, _EDGE, WIDTH - 1, HEIGHT - 1, round_by=3)


def _at(value: float) -> float:
    inside = min(_MOST, max(-_MOST, value))
    return 6 + (inside + _MOST) * (WIDTH - 12) / (2 * _MOST)
