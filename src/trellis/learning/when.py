"""When a session is, in words: in its own zone, which is named."""

import datetime as dt
import zoneinfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from trellis.core import clock
from trellis.learning.models import Session
from trellis.learning.zones import zone_name


def there(moment: dt.datetime, zone: str) -> dt.datetime:
    """Return a moment by the clocks of a zone."""
    return moment.astimezone(zoneinfo.ZoneInfo(zone))


def day_of(session: Session) -> str:
    """Return the day on which it begins: "Tuesday, December 8, 2026"."""
    return _day(there(session.starts_at, session.zone))


def hours_of(session: Session) -> str:
    """Return from when to when, with the zone: "6 p.m. to 7:30 p.m., Mountain time", or to when on a later day."""
    starts, ends = there(session.starts_at, session.zone), there(session.ends_at, session.zone)
    said = {
        "start": time_format(starts, "TIME_FORMAT"),
        "end": time_format(ends, "TIME_FORMAT"),
        "day": _day(ends),
        "zone": zone_name(session.zone),
    }
    if ends.date() != starts.date():
        return _("%(start)s until %(day)s, %(end)s, %(zone)s") % said
    return _("%(start)s to %(end)s, %(zone)s") % said


def short(session: Session) -> str:
    """Return day and start for a line in a list: "Tue, December 8, 6 p.m., Mountain time"; another year is said."""
    return moment_of(session.starts_at, session.zone)


def moment_of(at: dt.datetime, zone: str) -> str:
    """Return a moment by the clocks of a zone: "Tue, December 8, 6 p.m., Mountain time"; another year is said."""
    local = there(at, zone)
    own_year = local.year == there(clock.now(), zone).year
    said = {
        "weekday": date_format(local, "D"),
        "day": date_format(local, "MONTH_DAY_FORMAT" if own_year else "DATE_FORMAT"),
        "time": time_format(local, "TIME_FORMAT"),
        "zone": zone_name(zone),
    }
    return _("%(weekday)s, %(day)s, %(time)s, %(zone)s") % said


def _day(moment: dt.datetime) -> str:
    return _("%(weekday)s, %(day)s") % {
        "weekday": date_format(moment, "l"),
        "day": date_format(moment, "DATE_FORMAT"),
    }
