"""Reads dates and times in the spellings that people use, in English and Spanish, and places them in a time zone.

Whether 3/5/2026 is in March or in May cannot be known from one cell: the column says it, or a person does.
"""

import datetime as dt
import re
import zoneinfo
from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from django.utils.translation import gettext as _

from trellis.exchange.tables.mapping import plain


class DateOrder(StrEnum):
    """What comes first in a date of numbers."""

    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"


DASHES = frozenset(("-", "–", "—"))  # alone in a cell they empty what it stands for
_NUMBERS = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|º)?\s+(?:de\s+|of\s+)?([a-z]+)\.?,?\s+(?:de\s+|del\s+)?(\d{4})")
_NAMED_US = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?)?\s*(?P<half>[ap])\.?\s?m\.?"
    r"|(?P<hour24>\d{1,2})[:h](?P<minute24>\d{2})(?::\d{2}(?:\.\d+)?)?(?:\s*h(?:rs?)?\.?)?"
    r"|(?P<word>noon|midday|midnight|mediodia|medianoche)"
)
_OFFSET = re.compile(r"(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(z|[+-]\d{2}:?\d{2})$")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene", "february feb febrero", "march mar marzo", "april apr abril abr", "may mayo",
            "june jun junio", "july jul julio", "august aug agosto ago", "september sept sep septiembre set",
            "october oct octubre", "november nov noviembre", "december dec diciembre dic",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun"
    r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo|lun|mie|jue|vie|sab|dom)\b\.?,?"
)
_PLAIN = str.maketrans("áéíóúñ–—−\u00a0\u202f", "aeioun---  ")
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_FIRST_COUNTED = dt.date(1899, 12, 30)  # the day before the first that spreadsheets count
_ZONES = {
    "America/New_York": ("et", "est", "edt", "eastern", "eastern time", "us eastern", "hora del este", "este"),
    "America/Chicago": ("ct", "cst", "cdt", "central", "central time", "us central", "hora del centro", "hora central"),
    "America/Denver": ("mt", "mst", "mdt", "mountain", "mountain time", "us mountain", "hora de la montana", "montana"),
    "America/Phoenix": ("arizona", "arizona time"),
    "America/Los_Angeles": (
        "pt",
        "pst",
        "pdt",
        "pacific",
        "pacific time",
        "us pacific",
        "hora del pacifico",
        "pacifico",
    ),
    "America/Anchorage": ("akst", "akdt", "alaska", "alaska time"),
    "Pacific/Honolulu": ("hst", "hawaii", "hawaii time"),
    "America/Puerto_Rico": ("ast", "atlantic", "puerto rico"),
}


def order_of(texts: Iterable[str]) -> DateOrder | None:
    """Return how dates of numbers are written in these cells; None when every one of them could be both.

    Raises ValueError with the two cells that contradict each other.
    """
    seen: dict[DateOrder, str] = {}
    for text in texts:
        found = _NUMBERS.search(text) if not _ISO.search(text) else None
        if found is None:
            continue
        if int(found[1]) > 12 >= int(found[2]):
            seen.setdefault(DateOrder.DAY_FIRST, text)
        elif int(found[2]) > 12 >= int(found[1]):
            seen.setdefault(DateOrder.MONTH_FIRST, text)
    if len(seen) > 1:
        one, other = seen[DateOrder.MONTH_FIRST], seen[DateOrder.DAY_FIRST]
        raise ValueError(
            _("some dates have the month first (%(one)s) and some the day (%(other)s). Write them as 2026-03-05.")
            % {"one": one, "other": other}
        )
    return next(iter(seen), None)


def is_ambiguous(text: str) -> bool:
    """Say whether a cell holds a date that means two different days."""
    found = _NUMBERS.search(text) if not _ISO.search(text) else None
    return found is not None and int(found[1]) <= 12 and int(found[2]) <= 12 and int(found[1]) != int(found[2])


def read_moment(text: str, order: DateOrder | None) -> tuple[dt.date | None, dt.time | None, dt.tzinfo | None]:
    """Return the date, the time of day and the offset from UTC in a cell, each None where it is not there.

    Raises ValueError for anything else in it, and for a date that needs an `order` when there is none.
    """
    rest = _bare(text)
    offset: dt.tzinfo | None = None
    with_offset = _OFFSET.search(rest)
    if with_offset is not None:
        rest = rest[: with_offset.start(2)].strip()
        offset = dt.datetime.fromisoformat(f"2000-01-01T00:00{_signed(with_offset[2])}").tzinfo
    day, rest = _take_date(rest, order, text)
    time, rest = _take_time(rest, text)
    if rest.strip(" ,;.-@") not in ("", "t", "at", "a las", "a la"):
        raise _unreadable(text)
    if day is None and time is None:
        raise _unreadable(text)
    return day, time, offset


def read_day(text: str, order: DateOrder | None, *, last_year: int) -> dt.date:
    """Return the day in a cell, from 1900 to `last_year`: a year of two digits is the last such one.

    Numbers as spreadsheets count days, and 20260305, are days too; a time of day is passed over. A date that its order
    makes impossible is read in the other. Raises ValueError as `read_moment` does.
    """
    rest = _bare(text)
    if rest.isdecimal() and len(rest) in (5, 8):
        counted = _FIRST_COUNTED + dt.timedelta(days=int(rest)) if len(rest) == 5 else None
        rest = counted.isoformat() if counted else f"{rest[:4]}-{rest[4:6]}-{rest[6:]}"
    try:
        day, rest = _take_date(rest, order, text, 1900, last_year)
    except ValueError:
        if order is None:
            raise
        day, rest = _take_date(rest, None, text, 1900, last_year)
    _time_of_day, rest = _take_time(rest, text)
    if day is None or rest.strip(" ,;.-@tz") != "":
        raise _unreadable(text)
    return day


def read_times(text: str) -> tuple[dt.time, dt.time | None]:
    """Return the time in a cell, and the second one of a span such as `6:30 - 8 pm`; raises ValueError."""
    parts = [part for part in re.split(r"\s*(?:-|\bto\b|\buntil\b|\ba\b(?!\.?\s?m)|\bhasta\b)\s*", _bare(text)) if part]
    if len(parts) not in (1, 2):
        raise _unreadable(text)
    if len(parts) == 2 and re.fullmatch(r"\d{1,2}(:\d{2})?", parts[0]):
        half = re.search(r"[ap]\.?\s?m\.?$", parts[1])
        if half is not None:
            later = _whole_time(parts[1], text)
            first = _whole_time(f"{parts[0]} {half[0]}", text)
            # "11:30 - 1 pm" begins in the morning.
            return (first if first < later else _whole_time(f"{parts[0]} am", text)), later
    times = [_whole_time(part, text) for part in parts]
    return times[0], times[1] if len(times) == 2 else None


def zone_named(text: str) -> str:
    """Return the IANA name of a zone, given that or what people call it in the United States; raises ValueError."""
    found = _zones().get(text.strip().casefold()) or _zones().get(plain(text))
    if found is None:
        raise ValueError(_("“%(text)s” is not a time zone; write one such as America/Denver.") % {"text": text})
    return found


@cache
def _zones() -> dict[str, str]:
    named = {name: zone for zone, names in _ZONES.items() for name in names}
    return {name.casefold(): name for name in zoneinfo.available_timezones()} | named


def _bare(text: str) -> str:
    """Return a text without capitals, accents, days of the week and doubled spaces, and with one kind of dash."""
    return " ".join(_WEEKDAYS.sub(" ", text.casefold().translate(_PLAIN)).split())


def _take_date(
    rest: str, order: DateOrder | None, text: str, first_year: int = _FIRST_YEAR, last_year: int = _LAST_YEAR
) -> tuple[dt.date | None, str]:
    for pattern, read in ((_ISO, _iso), (_NUMBERS, _numbers), (_NAMED, _named), (_NAMED_US, _named_us)):
        found = pattern.search(rest)
        if found is not None:
            year, month, day = read(found, order, text)
            if year < 100:
                year += 2000 if year + 2000 <= last_year else 1900
            if not first_year <= year <= last_year:
                raise ValueError(_("the year of “%(text)s” cannot be right.") % {"text": text})
            try:
                return dt.date(year, month, day), f"{rest[: found.start()]} {rest[found.end() :]}".strip()
            except ValueError:
                raise ValueError(_("there is no such day as “%(text)s”.") % {"text": text}) from None
    return None, rest


_Parts = tuple[int, int, int]


def _iso(found: re.Match[str], order: DateOrder | None, text: str) -> _Parts:
    return int(found[1]), int(found[2]), int(found[3])


def _numbers(found: re.Match[str], order: DateOrder | None, text: str) -> _Parts:
    one, two, year = int(found[1]), int(found[2]), int(found[3])
    if order is None and one <= 12 and two <= 12 and one != two:
        raise ValueError(_("“%(text)s” can mean two days; say what comes first.") % {"text": text})
    if order is None:
        order = DateOrder.DAY_FIRST if one > 12 else DateOrder.MONTH_FIRST
    return (year, one, two) if order is DateOrder.MONTH_FIRST else (year, two, one)


def _named(found: re.Match[str], order: DateOrder | None, text: str) -> _Parts:
    return int(found[3]), _month(found[2], text), int(found[1])


def _named_us(found: re.Match[str], order: DateOrder | None, text: str) -> _Parts:
    return int(found[3]), _month(found[1], text), int(found[2])


def _month(name: str, text: str) -> int:
    if name not in _MONTHS:
        raise _unreadable(text)
    return _MONTHS[name]


def _take_time(rest: str, text: str) -> tuple[dt.time | None, str]:
    found = _TIME.search(rest)
    if found is None:
        return None, rest
    return _time(found, text), f"{rest[: found.start()]} {rest[found.end() :]}".strip()


def _whole_time(part: str, text: str) -> dt.time:
    found = _TIME.fullmatch(part.strip())
    if found is None:
        raise _unreadable(text)
    return _time(found, text)


def _time(found: re.Match[str], text: str) -> dt.time:
    if found["word"]:
        return dt.time(0) if found["word"].startswith(("midni", "media")) else dt.time(12)
    hour, minute = int(found["hour"] or found["hour24"]), int(found["minute"] or found["minute24"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise _unreadable(text)
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    if hour > 23 or minute > 59:
        raise _unreadable(text)
    return dt.time(hour, minute)


def _signed(offset: str) -> str:
    if offset == "z":
        return "+00:00"
    return offset if ":" in offset else f"{offset[:3]}:{offset[3:]}"


def _unreadable(text: str) -> ValueError:
    return ValueError(
        _("“%(text)s” is not a date or time that we can read; write it as 2026-03-05 18:30.") % {"text": text}
    )


def local_text(moment: dt.datetime, zone: str) -> str:
    """Return a moment as a table has it, on the clocks of a zone; with the offset in the hour that comes twice."""
    there = moment.astimezone(zoneinfo.ZoneInfo(zone))
    text = there.strftime("%Y-%m-%d %H:%M")
    return f"{text}{there.strftime('%z')}" if there.fold else text
