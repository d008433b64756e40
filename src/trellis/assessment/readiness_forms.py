"""The forms of a readiness meeting: the code that joins it, and what the team agrees on."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.assessment.meeting_code import LENGTH, read_code
from trellis.assessment.models import AgreedStatus
from trellis.assessment.readiness_queries import people_to_choose
from trellis.core import clock
from trellis.people.models import Person, Unit

_YEARS_AHEAD = 5


class CodeForm(forms.Form):
    """Asks for the code on the wall; spaces, dashes and small letters do not matter."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        error_messages={"required": _("Type the code that is on the screen.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code-in"}
        ),
    )

    def clean_code(self) -> str:
        """Bring it into the form in which it is stored."""
        code = read_code(self.cleaned_data["code"])
        if len(code) != LENGTH:
            raise forms.ValidationError(_("The code has eight letters and digits."))
        return code


class AgreeForm(forms.Form):
    """What the team agreed on one attribute: status, and who does what is next by when; and what shows it."""

    status = forms.ChoiceField(
        label=_("We agree"),
        choices=AgreedStatus.choices,
        error_messages={"required": _("Pick one of the three."), "invalid_choice": _("Pick one of the three.")},
    )
    owner = forms.ChoiceField(label=_("Who takes the next step"), required=False)
    due_on = forms.DateField(
        label=_("By when"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    proof = forms.CharField(
        label=_("What shows it, in one sentence"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.uid): person for person in people_to_choose(unit)}
        names = ((uid, person.name) for uid, person in self._people.items())
        cast(forms.ChoiceField, self.fields["owner"]).choices = [("", _("Nobody yet")), *names]
        self.fields["due_on"].widget.attrs["min"] = clock.today().isoformat()

    def clean_due_on(self) -> dt.date | None:
        """Accept today or later, within five years."""
        due_on: dt.date | None = self.cleaned_data["due_on"]
        today = clock.today()
        if due_on is not None and not today <= due_on <= today + dt.timedelta(days=366 * _YEARS_AHEAD):
            raise forms.ValidationError(_("Pick a day from today on, within five years."))
        return due_on

    def clean(self) -> dict[str, Any]:
        """Ask for owner and date together."""
        data = super().clean() or {}
        if data.get("owner") and "due_on" in data and not data["due_on"]:
            self.add_error("due_on", _("By when? Pick a day."))
        if data.get("due_on") and "owner" in data and not data["owner"]:
            self.add_error("owner", _("Who? Pick somebody, or leave the day empty."))
        return data

    def chosen_owner(self) -> Person | None:
        """Return who was picked, or None."""
        return self._people.get(self.cleaned_data["owner"])
