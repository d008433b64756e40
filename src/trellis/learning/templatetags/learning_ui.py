"""Tags for pages of learning: when, how long, how much, and how many seats are left."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django import template
from django.contrib.humanize.templatetags.humanize import ordinal
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.framework.duration import about
from trellis.learning import when
from trellis.learning.languages import language_name
from trellis.learning.models import Session
from trellis.people.models import Person

register = template.Library()
_ICONS = {"in person": "map-pin", "online": "video", "hybrid": "share-2", "self-paced": "clock"}


@register.filter
def day(session: Session) -> str:
    """Return the day on which a session begins, with its weekday."""
    return when.day_of(session)


@register.filter
def hours(session: Session) -> str:
    """Return from when to when, with the name of the zone."""
    return when.hours_of(session)


@register.filter
def moment(session: Session) -> str:
    """Return day and start of a session in one line."""
    return when.short(session)


@register.filter
def month_short(session: Session) -> str:
    """Return the month of a session in a few letters."""
    return date_format(when.there(session.starts_at, session.zone), "M")


@register.filter
def day_number(session: Session) -> int:
    """Return the day of the month on which a session begins."""
    return when.there(session.starts_at, session.zone).day


@register.filter
def until(session: Session) -> str:
    """Return until when one may sign up, by the session's own clocks."""
    return date_format(when.there(session.closes_at, session.zone), "DATETIME_FORMAT")


@register.filter
def length_words(minutes: int) -> str:
    """Return a length in words."""
    return about(minutes)


@register.filter
def price(cost: Decimal) -> str:
    """Return what it costs: "Free", "$25", "$12.50"."""
    if not cost:
        return _("Free")
    return f"${cost:,.0f}" if cost == cost.to_integral_value() else f"${cost:,.2f}"


@register.filter
def seats_left(session: Session) -> str:
    """Return in words how many seats are left; the session must have been counted (see SessionQuerySet)."""
    if session.seats is None:
        return _("Seats for everybody")
    left = session.seats - session.taken  # type: ignore[attr-defined]
    if left <= 0:
        waiting = session.waiting  # type: ignore[attr-defined]
        return _("Full, %(waiting)s waiting") % {"waiting": waiting} if waiting else _("Full")
    return ngettext("%(left)s seat left", "%(left)s seats left", left) % {"left": left}


@register.filter
def is_full(session: Session) -> bool:
    """Say whether who signs up now has to wait; the session must have been counted."""
    return session.seats is not None and session.taken >= session.seats  # type: ignore[attr-defined]


@register.filter
def held(own: Mapping[int, str], session: Session) -> str:
    """Return the viewer's own place in a session: `seat`, `waiting` or nothing."""
    return own.get(session.pk, "")


@register.filter
def names(people: Iterable[Person]) -> str:
    """Return names in one line."""
    return get_text_list([person.name for person in people], _("and"))


@register.filter
def place_words(place: int) -> str:
    """Return a place in a line in words: "3rd"."""
    return str(ordinal(place))


@register.filter
def format_icon(key: str) -> str:
    """Return the icon of a format."""
    return _ICONS[key]


register.filter("language_name", language_name)
