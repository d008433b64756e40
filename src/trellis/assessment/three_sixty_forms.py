"""Forms of the 360: its frame, whom to ask, and what a coach says."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from trellis.assessment.nominating import LEAST_DAYS, MOST_DAYS, USUAL_DAYS
from trellis.assessment.relations import SAID
from trellis.core import clock
from trellis.framework.tree import DomainNode
from trellis.people.models import Person


class FrameForm(forms.Form):
    """Which domains, until when, and which coach looks over the list."""

    domains = forms.MultipleChoiceField(
        label=_("What to ask about"), error_messages={"required": _("Choose at least one domain.")}
    )
    last_day = forms.DateField(
        label=_("Last day to answer"),
        help_text=_("Three weeks is a good time. We remind people halfway and three days before."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    coach = forms.ChoiceField(label=_("Coach who looks over your list"))

    def __init__(
        self,
        data: Any = None,
        *,
        domains: Sequence[DomainNode],
        coaches: Sequence[Person],
        chosen: Sequence[str] = (),
        last_day: dt.date | None = None,
        coach: Person | None = None,
    ) -> None:
        today = clock.today()
        usual = last_day if last_day and last_day > today else today + dt.timedelta(days=USUAL_DAYS)
        initial = {
            "domains": list(chosen) or [domain.code for domain in domains],
            "last_day": usual,
            "coach": str((coach or coaches[0]).uid) if coaches else "",
        }
        super().__init__(data, initial=initial)
        self._coaches = {str(one.uid): one for one in coaches}
        self._every = {domain.code for domain in domains}
        choices = self.fields["domains"], self.fields["coach"]
        choices[0].choices = [(domain.code, domain.name) for domain in domains]  # type: ignore[attr-defined]
        choices[1].choices = [(uid, one.name) for uid, one in self._coaches.items()]  # type: ignore[attr-defined]
        if not coaches:
            del self.fields["coach"]
        first, last = (today + dt.timedelta(days=days) for days in (LEAST_DAYS, MOST_DAYS))
        self.fields["last_day"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}

    def picked(self) -> set[str]:
        """Return the codes that stand ticked, as sent or to begin with."""
        return set(self["domains"].value() or ())

    def frame(self) -> dict[str, Any]:
        """Return what the form says, as the actions take it: all domains are none named."""
        chosen = set(self.cleaned_data["domains"])
        return {
            "domains": [] if chosen == self._every else sorted(chosen),
            "last_day": self.cleaned_data["last_day"],
            "coach": self._coaches.get(self.cleaned_data.get("coach", "")),
        }


class _NamingForm(forms.Form):
    relation = forms.ChoiceField(
        label=_("How do they know your work?"), choices=lambda: [("", _("Choose …")), *SAID.items()]
    )
    language = forms.ChoiceField(
        label=_("They read"),
        help_text=_("They can change it."),
        choices=lambda: [
            (code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES
        ],
    )


class PersonForm(_NamingForm):
    """Somebody found by name."""

    person = forms.UUIDField(error_messages={"required": _("Pick somebody from the list.")})


class AddressForm(_NamingForm):
    """Somebody outside, by name and e-mail."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("A private address: the employer may read mail at a school address.")
    )
    field_order = ("name", "email", "relation", "language")


class ReturnForm(forms.Form):
    """What the coach says when giving the list back."""

    note = forms.CharField(
        label=_("What should change?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a sentence what should change.")},
    )
