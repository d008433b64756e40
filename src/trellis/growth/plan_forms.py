"""Forms of the plan: the why, a goal of one's own choice, steps, a check-in, a reflection, how the plan works."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.framework.tree import EditionTree
from trellis.growth.forms import DATE, level_options, theme_choices
from trellis.growth.models import Goal, PlanSharing, Step, StepKind

WORDS = 2000
_SOON = dt.timedelta(days=31)
_NO_DATE = {"invalid": _("That is not a date. Write it like 2026-11-30.")}


def _words(label: Any, *, rows: int = 3, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": _("That is more than fits here: %(limit_value)d letters at most.")},
    )


def _date(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DATE, error_messages=_NO_DATE)


class WhyForm(forms.Form):
    """Three questions to begin with; each may stay empty."""

    why = _words(_("Why do I do this?"), hint=_("A moment, a person, a promise. The first thing that comes to mind."))
    what = _words(_("What do I want to change?"), hint=_("Small is fine: one thing in one building."))
    for_whom = _words(_("For whom?"), rows=2, hint=_("Who will feel the difference?"))


class FreeGoalForm(forms.Form):
    """Any theme and any level, for a reason of one's own."""

    theme = forms.ChoiceField(label=_("Theme"), error_messages={"required": _("Choose a theme.")})
    level = forms.ChoiceField(
        label=_("To which level?"), widget=forms.RadioSelect, error_messages={"required": _("Choose a level.")}
    )
    reason = _words(_("Why this one?"), rows=2, hint=_("In your own words. Only you see it."))
    use_required_attribute = False

    def __init__(self, *args: Any, tree: EditionTree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = theme_choices(tree)  # type: ignore[attr-defined]
        self.fields["level"].choices = level_options(tree)  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """One's own reason for a goal."""

    reason = _words(_("Why this one?"), rows=2, hint=_("In your own words. Only you see it."))


class StepForm(forms.Form):
    """What a step is, when, with whom, and notes; the words of one that is not one's own stay."""

    text = forms.CharField(
        label=_("What I do"), max_length=300, error_messages={"required": _("Say what you want to do.")}
    )
    due_on = _date(_("By when"))
    with_whom = forms.CharField(label=_("With whom"), required=False, max_length=200, help_text=_("Only you see it."))
    notes = _words(_("Notes"), rows=4, hint=_("Only you see them."))
    use_required_attribute = False

    def __init__(self, *args: Any, step: Step, words: dict[str, str], **kwargs: Any) -> None:
        kwargs["initial"] = {"text": step.text, "due_on": step.due_on, **words}
        super().__init__(*args, **kwargs)
        if step.kind != StepKind.OWN:
            del self.fields["text"]


class CheckInForm(forms.Form):
    """Three small questions, and the dates of the steps that wait."""

    did = _words(_("What did you do?"), hint=_("Big or small. It may be something that is not in the plan."))
    hindered = _words(_("What got in the way?"), rows=2)
    next = _words(_("What is next?"), rows=2)

    def __init__(self, *args: Any, steps: Iterable[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._steps = list(steps)
        for step in self._steps:
            self.fields[f"date-{step.uid}"] = _date(step.text)
            self.initial[f"date-{step.uid}"] = step.due_on

    @property
    def dates(self) -> list[tuple[Step, forms.BoundField]]:
        """The steps, each with the field of its date."""
        return [(step, self[f"date-{step.uid}"]) for step in self._steps]

    @property
    def soon(self) -> list[tuple[Step, forms.BoundField]]:
        """Those whose date has passed or comes within a month."""
        limit = clock.today() + _SOON
        return [pair for pair in self.dates if pair[0].due_on is not None and pair[0].due_on <= limit]

    @property
    def later(self) -> list[tuple[Step, forms.BoundField]]:
        """Those with a later date, or none."""
        near = {step.pk for step, _bound in self.soon}
        return [pair for pair in self.dates if pair[0].pk not in near]

    def clean(self) -> dict[str, Any]:
        """Something must be said or moved: an empty page is no check-in."""
        found = super().clean() or self.cleaned_data
        if not self.errors and not any(self.words().values()) and not self.moved():
            self.add_error(None, _("Write a word or two, or move a date."))
        return found

    def words(self) -> dict[str, str]:
        """Return the three answers."""
        return {name: self.cleaned_data[name] for name in ("did", "hindered", "next")}

    def moved(self) -> dict[Step, dt.date | None]:
        """Return the steps whose date was changed, with the new one."""
        dates = {step: self.cleaned_data.get(f"date-{step.uid}") for step in self._steps}
        return {step: day for step, day in dates.items() if day != step.due_on}


class ReflectionForm(forms.Form):
    """A thought, about one goal or about all of it."""

    text = forms.CharField(
        label=_("What is on your mind?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write a word or two.")},
    )
    about = forms.ChoiceField(label=_("About"), required=False)
    use_required_attribute = False

    def __init__(self, *args: Any, goals: Iterable[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._goals = {str(goal.uid): goal for goal in goals}
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            ("", _("all of it")),
            *((uid, goal.theme_name) for uid, goal in self._goals.items()),
        ]

    def goal(self) -> Goal | None:
        """Return the goal that it is about, None for all of it."""
        return self._goals.get(self.cleaned_data["about"])


_WEEKDAYS = (
    (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")),
    (5, _("Saturday")), (6, _("Sunday")),
)  # fmt: skip


class PlanSettingsForm(forms.Form):
    """How the plan works: check-ins, who sees it, the weekly mail."""

    rhythm = forms.TypedChoiceField(
        label=_("Check in"),
        choices=[(0, _("Never")), (2, _("Every two weeks")), (4, _("Every four weeks"))],
        coerce=int,
        widget=forms.RadioSelect,
    )
    sharing = forms.ChoiceField(label=_("What my mentor or coach sees"), choices=PlanSharing, widget=forms.RadioSelect)
    mails_weekly = forms.BooleanField(label=_("Send me the weekly mail"), required=False)
    weekday = forms.TypedChoiceField(label=_("On which day"), choices=_WEEKDAYS, coerce=int)
    use_required_attribute = False
