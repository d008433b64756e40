"""The form of one step: which rung, whether the next is begun, and when it was chosen."""

import datetime as dt

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.measure.ladder import half_steps_of

NO_CHANCE = "none"
# A phone may keep an answer for weeks; anything older, or from the future, counts as given now.
_OLDEST_MS = 60 * 24 * 3600 * 1000


class StepForm(forms.Form):
    """Checks what a step sends; `half_steps()` and `answered_at()` turn it into what is stored."""

    step = forms.CharField(error_messages={"required": _("Pick a step, or skip this theme for now.")})
    partly = forms.CharField(required=False)
    age_ms = forms.IntegerField(required=False, min_value=0)

    def __init__(self, data: QueryDict, *, top: int) -> None:
        super().__init__(data)
        self.top = top
        # Each rung has its own tick, so that the form works without script; only the chosen rung's tick counts.
        self._begun = data.getlist("partly")

    def clean_step(self) -> str:
        """Accept a level of the ladder, or no chance."""
        step: str = self.cleaned_data["step"]
        if step not in {NO_CHANCE, *map(str, range(self.top + 1))}:
            raise forms.ValidationError(_("Pick one of the steps."))
        return step

    def first_error(self) -> str:
        """Return the first thing that is wrong, in words for the person."""
        return next(str(error) for errors in self.errors.values() for error in errors)

    def half_steps(self) -> int | None:
        """Return 0 to twice the top level, or None for no chance; 'partly' counts only on the step that was picked."""
        step = self.cleaned_data["step"]
        if step == NO_CHANCE:
            return None
        return half_steps_of(int(step), partly=step in self._begun, top=self.top)

    def answered_at(self) -> dt.datetime:
        """Return when it was picked, by our clock: the browser says how long ago, so its wrong clock does no harm."""
        now = clock.now()
        age_ms = self.cleaned_data.get("age_ms") or 0
        # Compared before it becomes a span of time, which has an end: a phone may send any number.
        return now - dt.timedelta(milliseconds=age_ms) if age_ms <= _OLDEST_MS else now
