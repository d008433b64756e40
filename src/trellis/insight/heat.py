"""The heat of a share: one of five, so that a table can be read by lightness, and always with its number."""

BINS = ((0, 19), (20, 39), (40, 59), (60, 79), (80, 100))


def heat(share: float) -> int:
    """Return 1 to 5 for a share in percent."""
    return next(number for number, (_low, high) in enumerate(BINS, 1) if share < high + 1)
