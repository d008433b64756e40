"""The form of a new webhook."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from trellis.exchange.models import Event
from trellis.people.models import Unit

EVENTS = (
    (Event.PROGRAM_COMPLETED.value, _("Somebody has completed a program")),
    (Event.SESSION_ATTENDED.value, _("Somebody came to a session")),
)


class WebhookForm(forms.Form):
    """Of which unit what is to be told to which address."""

    unit = forms.ChoiceField(label=_("Of which unit, with all inside it?"))
    url = forms.URLField(
        label=_("Address"), max_length=500, assume_scheme="https", help_text=_("It must begin with https://.")
    )
    events = forms.MultipleChoiceField(
        label=_("What is to be told?"), choices=EVENTS, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )  # fmt: skip

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        self._units = {str(unit.uid): unit for unit in units}
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(uid, unit.name) for uid, unit in self._units.items()]  # type: ignore[attr-defined]

    def clean_url(self) -> str:
        """Return the address; whether it is in a private network is looked at with every message."""
        url: str = self.cleaned_data["url"]
        parts = urlsplit(url)
        if parts.scheme != "https" or parts.username or parts.password:
            raise ValidationError(_("Only addresses that begin with https:// and hold no name or password are taken."))
        return url

    def chosen(self) -> Unit:
        """Return the unit that was chosen."""
        return self._units[self.cleaned_data["unit"]]
