"""When an event of a calendar takes place that repeats: the rules that people's calendar programs make, within limits.

Of RFC 5545 these: daily, weekly on days of the week, monthly on a day of the month or on the nth such day, yearly;
every so often, so many times or until a day. Any other rule is named and refused rather than read wrongly.
"""

import calendar
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from django.utils.translation import gettext as _

MOST = 200
_LONGEST_PAUSE = 1000
_LAST_YEAR = 2100
_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_KNOWN = frozenset(("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"))


def occurrences(first: dt.datetime, rule: Mapping[str, Sequence[Any]]) -> list[dt.datetime]:
    """Return when it takes place, by the clock of the first (which counts, whatever the rule says), in order.

    `rule` has the parts of an RRULE as icalendar reads them. Raises ValueError for a rule that is not known here, and
    for more than MOST occurrences.
    """
    unknown = sorted(set(rule) - _KNOWN)
    if unknown:
        raise ValueError(_("it repeats by a rule that is not known here (%(parts)s).") % {"parts": ", ".join(unknown)})
    most, until = int(_one(rule, "COUNT", 0)), _one(rule, "UNTIL", None)
    if not most and until is None:
        raise ValueError(_("it repeats without an end; give it a last day."))
    found = [first]
    for moment in _candidates(first, rule):
        if moment <= first:
            continue
        if (most and len(found) >= most) or (until is not None and _is_after(moment, until)):
            break
        found.append(moment)
        if len(found) > MOST:
            raise ValueError(_("it repeats more than %(most)d times.") % {"most": MOST})
    return found


def _candidates(first: dt.datetime, rule: Mapping[str, Sequence[Any]]) -> Iterator[dt.datetime]:
    frequency, every = str(_one(rule, "FREQ", "")).upper(), int(_one(rule, "INTERVAL", 1))
    days = _PERIODS.get(frequency)
    if days is None or not 1 <= every <= _LONGEST_PAUSE:
        raise ValueError(_("it repeats by a rule that is not known here (%(parts)s).") % {"parts": frequency or "FREQ"})
    months = {int(month) for month in rule.get("BYMONTH", ())}
    for number in count(0, every):
        period = days(first, number, rule)
        if period is None:
            return
        for day in period:
            if not months or day.month in months:
                yield first.replace(year=day.year, month=day.month, day=day.day)


def _daily(first: dt.datetime, number: int, rule: Mapping[str, Sequence[Any]]) -> list[dt.date] | None:
    day = first.date() + dt.timedelta(days=number)
    wanted = _weekdays(rule, numbered=False)
    if day.year > _LAST_YEAR:
        return None
    return [day] if not wanted or day.weekday() in {weekday for _nth, weekday in wanted} else []


def _weekly(first: dt.datetime, number: int, rule: Mapping[str, Sequence[Any]]) -> list[dt.date] | None:
    start = _DAYS.get(str(_one(rule, "WKST", "MO")), 0)
    monday = first.date() - dt.timedelta(days=(first.weekday() - start) % 7) + dt.timedelta(weeks=number)
    if monday.year > _LAST_YEAR:
        return None
    wanted = {weekday for _nth, weekday in _weekdays(rule, numbered=False)} or {first.weekday()}
    return [day for day in (monday + dt.timedelta(days=place) for place in range(7)) if day.weekday() in wanted]


def _monthly(first: dt.datetime, number: int, rule: Mapping[str, Sequence[Any]]) -> list[dt.date] | None:
    year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
    return _in_month(first, year, month + 1, rule)


def _yearly(first: dt.datetime, number: int, rule: Mapping[str, Sequence[Any]]) -> list[dt.date] | None:
    if "BYDAY" in rule and "BYMONTH" not in rule:
        raise ValueError(_("it repeats by a rule that is not known here (%(parts)s).") % {"parts": "YEARLY, BYDAY"})
    months = sorted({int(month) for month in rule.get("BYMONTH", (first.month,))})
    found = [_in_month(first, first.year + number, month, rule) for month in months]
    return None if None in found else [day for days in found for day in days or ()]


_Period = Callable[[dt.datetime, int, Mapping[str, Sequence[Any]]], list[dt.date] | None]
_PERIODS: dict[str, _Period] = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}


def _in_month(first: dt.datetime, year: int, month: int, rule: Mapping[str, Sequence[Any]]) -> list[dt.date] | None:
    if year > _LAST_YEAR:
        return None
    length = calendar.monthrange(year, month)[1]
    every = [dt.date(year, month, day) for day in range(1, length + 1)]
    of_month = [int(day) for day in rule.get("BYMONTHDAY", ())]
    wanted = _weekdays(rule, numbered=True)
    if not of_month and not wanted:
        of_month = [first.day]
    found = set(every)
    if of_month:
        found &= {day for day in every if day.day in of_month or day.day - length - 1 in of_month}
    if wanted:
        found &= {day for nth, weekday in wanted for day in _nth(every, nth, weekday)}
    return sorted(found)


def _nth(month: Sequence[dt.date], nth: int, weekday: int) -> list[dt.date]:
    days = [day for day in month if day.weekday() == weekday]
    if nth == 0:
        return days
    place = nth - 1 if nth > 0 else nth
    return [days[place]] if -len(days) <= place < len(days) else []


def _weekdays(rule: Mapping[str, Sequence[Any]], *, numbered: bool) -> list[tuple[int, int]]:
    found = []
    for part in rule.get("BYDAY", ()):
        text = str(part).upper()
        number, name = text[:-2], text[-2:]
        if name not in _DAYS or (number and not numbered):
            raise ValueError(_("it repeats by a rule that is not known here (%(parts)s).") % {"parts": f"BYDAY={text}"})
        found.append((int(number or 0), _DAYS[name]))
    return found


def _is_after(moment: dt.datetime, until: dt.date) -> bool:
    if not isinstance(until, dt.datetime):
        return moment.date() > until
    if moment.tzinfo is None or until.tzinfo is None:
        return moment.replace(tzinfo=None) > until.replace(tzinfo=None)
    return moment > until


def _one(rule: Mapping[str, Sequence[Any]], part: str, otherwise: Any) -> Any:
    values = rule.get(part)
    return values[0] if values else otherwise
