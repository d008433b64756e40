"""The heat of a share: one of five, so that a table can be read by lightness, and always with its number."""

from bisect import bisect_right

BINS = ((0, 19), (20, 39), (40, 59), (60, 79), (80, 100))


_STARTS = [low for low, _high in BINS[1:]]


def heat(share: float) -> int:
    """Return 1 to 5 for a share in percent."""
    return bisect_right(_STARTS, share) + 1
