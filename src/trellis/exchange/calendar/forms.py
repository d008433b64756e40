"""The form of a new calendar address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.people.models import Unit

OWN = "own"
TITLES = (("full", _("Show what each entry is about")), ("plain", _("Only show that there is something")))


class FeedForm(forms.Form):
    """What a calendar should show: one's own dates or a unit's sessions, with titles or without."""

    what = forms.ChoiceField(label=_("What the calendar shows"))
    titles = forms.ChoiceField(label=_("Titles"), choices=TITLES, widget=forms.RadioSelect, initial="full")

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        self._units = {str(unit.uid): unit for unit in units}
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (OWN, _("My dates: my sessions, my steps, my check-ins")),
            *((uid, _("Sessions of %(unit)s") % {"unit": unit.name}) for uid, unit in self._units.items()),
        ]

    def unit(self) -> Unit | None:
        """Return the unit that was chosen, None for one's own dates."""
        return self._units.get(self.cleaned_data["what"])
