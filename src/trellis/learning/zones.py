"""Time zones in the words that people use for them: "Mountain time", and the city's name elsewhere."""

import datetime as dt
import zoneinfo
from functools import lru_cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_KNOWN: dict[str, Promise] = {
    "America/New_York": gettext_lazy("Eastern time"),
    "America/Chicago": gettext_lazy("Central time"),
    "America/Denver": gettext_lazy("Mountain time"),
    "America/Phoenix": gettext_lazy("Arizona time"),
    "America/Los_Angeles": gettext_lazy("Pacific time"),
    "America/Anchorage": gettext_lazy("Alaska time"),
    "Pacific/Honolulu": gettext_lazy("Hawaii time"),
    "America/Puerto_Rico": gettext_lazy("Atlantic time, Puerto Rico"),
    "Pacific/Guam": gettext_lazy("Guam time"),
}
_AREAS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


class NoSuchTimeError(ValueError):
    """A time that the clocks of a zone skip on that day."""


def zone_name(zone: str) -> str:
    """Return what a zone is called: "Mountain time", "Berlin time"; "UTC" stays "UTC"."""
    if zone in _KNOWN:
        return str(_KNOWN[zone])
    if "/" not in zone:
        return zone
    return _("%(city)s time") % {"city": zone.rpartition("/")[2].replace("_", " ")}


def zone_choices() -> list[tuple[str, str] | tuple[str, list[tuple[str, str]]]]:
    """Return the zones for a list to choose from: the usual ones first, then all cities."""
    usual = [(zone, str(name)) for zone, name in _KNOWN.items()]
    if settings.TIME_ZONE not in _KNOWN:
        usual.insert(0, (settings.TIME_ZONE, zone_name(settings.TIME_ZONE)))
    return [*usual, (_("Other places"), [(zone, zone.replace("_", " ")) for zone in _cities()])]


def moment(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """Return the moment of a day and time in a zone; raises NoSuchTimeError when its clocks skip that time.

    Of a time that comes twice, in the night when clocks go back, it is the first.
    """
    there = zoneinfo.ZoneInfo(zone)
    found = dt.datetime.combine(day, time, there)
    if found.astimezone(dt.UTC).astimezone(there).replace(tzinfo=None) != found.replace(tzinfo=None):
        raise NoSuchTimeError
    return found.astimezone(dt.UTC)


@lru_cache(maxsize=1)
def _cities() -> tuple[str, ...]:
    return tuple(sorted(zone for zone in zoneinfo.available_timezones() if zone.startswith(_AREAS)))
