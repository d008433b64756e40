"""The form of a session: days and times by the clocks of its own zone, seats, and who leads it."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.learning.models import Session
from trellis.learning.session_actions import SessionContent
from trellis.learning.when import there
from trellis.learning.zones import NoSuchTimeError, moment, zone_choices
from trellis.people.models import Person, Unit
from trellis.people.queries import person_at

_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
_TIME = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class SessionForm(forms.Form):
    """A session; `filled` is one to begin from, by its own clocks, `days` later when it is copied."""

    use_required_attribute = False

    unit = forms.ChoiceField(label=_("Who arranges it"))
    day = forms.DateField(label=_("Day"), widget=_DAY, error_messages={"required": _("Choose a day.")})
    start = forms.TimeField(label=_("Begins"), widget=_TIME, error_messages={"required": _("Say when it begins.")})
    end = forms.TimeField(label=_("Ends"), widget=_TIME, error_messages={"required": _("Say when it ends.")})
    last_day = forms.DateField(
        label=_("Last day"), required=False, widget=_DAY, help_text=_("Only when it ends on a later day.")
    )
    zone = forms.ChoiceField(label=_("Time zone"))
    place = forms.CharField(label=_("Place"), required=False, max_length=200, help_text=_("Building, room, street."))
    link = forms.URLField(
        label=_("Link to the meeting"), required=False, max_length=300, assume_scheme="https",
        help_text=_("Only who has a seat sees it."),
        error_messages={"invalid": _("Write it like https://example.org/meeting.")},
    )  # fmt: skip
    seats = forms.IntegerField(
        label=_("Seats"), required=False, min_value=1, max_value=100_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1}),
        help_text=_("Leave it empty for as many as come."),
    )  # fmt: skip
    until_day = forms.DateField(
        label=_("Sign up until"), required=False, widget=_DAY,
        help_text=_("The whole of this day. Leave it empty for until it begins."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Good to know"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What to bring, where to park."),
    )  # fmt: skip
    leads = forms.CharField(
        label=_("Who leads it"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("E-mail addresses, one a line. They see who comes, and mark who came."),
    )  # fmt: skip
    key = forms.CharField(
        label=_("Your own number for it"), required=False, max_length=60,
        help_text=_("Lists that you import know it by this."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, units: Iterable[Unit], filled: Session | None = None, days: int = 0, **kwargs: Any
    ) -> None:
        self._units = {str(unit.uid): unit for unit in units}
        first = {"zone": settings.TIME_ZONE} if filled is None else _as_initial(filled, days)
        super().__init__(*args, **kwargs | {"initial": first | kwargs.get("initial", {})})
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            (uid, unit.name) for uid, unit in self._units.items()
        ]
        self.fields["zone"].choices = zone_choices()  # type: ignore[attr-defined]

    def clean_leads(self) -> tuple[Person, ...]:
        """Return the persons of these addresses, and name an address that belongs to nobody."""
        found: dict[int, Person] = {}
        for address in re.split(r"[\s,;]+", self.cleaned_data["leads"].strip()):
            if address:
                person = person_at(address)
                if person is None or not person.is_active:
                    raise forms.ValidationError(
                        _("Nobody has an account with %(address)s."), params={"address": address}
                    )
                found[person.pk] = person
        return tuple(found.values())

    def clean(self) -> dict[str, Any]:
        """Put days and times together, and name the field where they do not fit."""
        said = super().clean() or self.cleaned_data
        if {"day", "start", "end", "zone"} <= said.keys():
            said["starts_at"] = self._moment("start", said["day"], said["start"])
            said["ends_at"] = self._moment("end", said.get("last_day") or said["day"], said["end"])
            until = said.get("until_day")
            if until is not None and said["starts_at"] is not None:
                # The whole of the day, but not into the session.
                end_of_day = moment(until, dt.time(23, 59, 59), said["zone"])
                said["sign_up_until"] = min(end_of_day, said["starts_at"])
        return said

    def content(self) -> SessionContent:
        """Return what was said, as the actions take it; times are aware moments."""
        said = self.cleaned_data
        plain = {name: said[name] for name in ("starts_at", "ends_at", "zone", "place", "link", "seats", "note", "key")}
        return SessionContent(**plain, sign_up_until=said.get("sign_up_until"))

    def unit_chosen(self) -> Unit:
        """Return the unit that arranges it."""
        return self._units[self.cleaned_data["unit"]]

    def _moment(self, field: str, day: dt.date, time: dt.time) -> dt.datetime | None:
        try:
            return moment(day, time, self.cleaned_data["zone"])
        except NoSuchTimeError:
            self.add_error(field, _("On that day the clocks go forward, and skip this time."))
            return None


def _as_initial(session: Session, days: int) -> dict[str, Any]:
    later = dt.timedelta(days=days)
    starts, ends = (there(each, session.zone) for each in (session.starts_at, session.ends_at))
    names = ("zone", "place", "link", "seats", "note")
    found: dict[str, Any] = {name: getattr(session, name) for name in names} | {
        "unit": str(session.unit.uid),
        "day": starts.date() + later,
        "start": starts.time(),
        "end": ends.time(),
        "last_day": ends.date() + later if ends.date() > starts.date() else None,
        "leads": "\n".join(lead.person.email or "" for lead in session.leads.select_related("person").order_by("pk")),
    }
    if session.sign_up_until is not None:
        found["until_day"] = there(session.sign_up_until, session.zone).date() + later
    return found if days else found | {"key": session.key}


def days_to_copy(session: Session) -> int:
    """Return how many days later a copy should be: whole weeks, so that it lies at least a week ahead."""
    passed = (clock.now() - session.starts_at).days
    return 7 * (max(0, passed) // 7 + (2 if passed >= 0 else 1))
