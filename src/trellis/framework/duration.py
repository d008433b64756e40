"""Rough times in words: `about 30 minutes`, `about 1½ hours`, `about 2 days`."""

import math

from django.utils.translation import ngettext

_HOUR = 60
_DAY = 8 * _HOUR  # a working day


def about(minutes: int) -> str:
    """Say a rough time in words; hours and days (of 8 hours) are rounded to halves."""
    if minutes < _HOUR:
        return ngettext("about %(count)s minute", "about %(count)s minutes", minutes) % {"count": minutes}
    if minutes < _DAY:
        halves = _halves(minutes, _HOUR)
        return ngettext("about %(count)s hour", "about %(count)s hours", math.ceil(halves / 2)) % {
            "count": _said(halves)
        }
    halves = _halves(minutes, _DAY)
    return ngettext("about %(count)s day", "about %(count)s days", math.ceil(halves / 2)) % {"count": _said(halves)}


def _halves(minutes: int, unit: int) -> int:
    return (2 * minutes + unit // 2) // unit


def _said(halves: int) -> str:
    return f"{halves // 2}{'½' if halves % 2 else ''}"
