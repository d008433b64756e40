"""The forms of a directory: for which unit it is, and a new token."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.exchange.api.forms import DAYS
from trellis.people.models import Unit


class UnitForm(forms.Form):
    """For which unit a directory is set up."""

    unit = forms.ChoiceField(label=_("Whose directory is it?"))

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        self._units = {str(unit.uid): unit for unit in units}
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(uid, unit.name) for uid, unit in self._units.items()]  # type: ignore[attr-defined]

    def chosen(self) -> Unit:
        """Return the unit that was chosen."""
        return self._units[self.cleaned_data["unit"]]


class TokenForm(forms.Form):
    """What a token is called, and for how long it is good."""

    label = forms.CharField(label=_("What is it for?"), max_length=60, help_text=_("Such as Entra or Okta."))
    days = forms.TypedChoiceField(label=_("For how long?"), choices=DAYS, coerce=int, initial=365)
