"""Forms of those who run programmes: the programme, its call, decisions, the cohort and its sessions."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trellis.core import clock
from trellis.framework.tree import EditionTree
from trellis.learning.call_actions import MOST_CRITERIA, MOST_QUESTIONS, CallFacts
from trellis.learning.models import Outcome
from trellis.learning.models.call import LEAST_READERS, MOST_CHARACTERS, MOST_READERS
from trellis.learning.models.programme import MOST_LINES
from trellis.learning.offering_actions import cell_refs
from trellis.learning.programme_actions import Line, ProgrammeFacts
from trellis.learning.session_actions import SessionContent
from trellis.learning.zones import NoSuchTimeError, moment, zone_choices
from trellis.people.models import Role, Unit

_LONG = forms.Textarea(attrs={"rows": 4})
_SHORT = forms.Textarea(attrs={"rows": 2})


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _number(label: Any, least: int, most: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, **more)


class ProgrammeForm(forms.Form):
    """A programme: what it is, whom it is for, what it takes to complete it. The rubric has a formset of its own."""

    use_required_attribute = False

    unit = forms.ChoiceField(label=_("Who runs it"))
    title = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Give it a name.")})
    description = forms.CharField(label=_("What it is"), required=False, max_length=4000, widget=_LONG)
    roles = forms.MultipleChoiceField(label=_("Whom it is for"), required=False, widget=forms.CheckboxSelectMultiple)
    cells = forms.MultipleChoiceField(label=_("What it develops"), required=False)
    sessions_planned = _number(_("Sessions"), 1, 40, initial=6)
    attend_least = _number(_("How many complete it"), 1, 40, initial=5)
    attend_first = forms.BooleanField(label=_("The first session has to be one of them"), required=False, initial=True)
    has_capstone = forms.BooleanField(label=_("It ends with a capstone"), required=False)
    capstone_task = forms.CharField(label=_("What the capstone is"), required=False, max_length=600, widget=_SHORT)

    def __init__(
        self, *args: Any, units: Sequence[Unit], roles: Sequence[Role], tree: EditionTree | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._units = {str(unit.uid): unit for unit in units}
        self._roles = {role.code: role for role in roles}
        self._tree = tree
        self._choose("unit", [(uid, unit.name) for uid, unit in self._units.items()])
        self._choose("roles", [(code, role.name) for code, role in self._roles.items()])
        self._choose("cells", [(code, code) for code in tree.cell_by_code] if tree else [])

    def clean(self) -> dict[str, Any]:
        """The rule must be one that can be met."""
        found = super().clean() or self.cleaned_data
        planned, least = found.get("sessions_planned"), found.get("attend_least")
        if planned and least and least > planned:
            self.add_error("attend_least", _("There are not that many sessions."))
        if found.get("has_capstone") and not found.get("capstone_task"):
            self.add_error("capstone_task", _("Say what the capstone is."))
        return found

    def chosen_unit(self) -> Unit:
        """Return the unit that runs it."""
        return self._units[self.cleaned_data["unit"]]

    def facts(self, rubric: Sequence[Line]) -> ProgrammeFacts:
        """Return what was said, for the actions."""
        found = dict(self.cleaned_data)
        del found["unit"]
        codes = found.pop("cells")
        return ProgrammeFacts(
            **found | {"roles": [self._roles[code] for code in found["roles"]]},
            cells=cell_refs(self._tree, codes) if self._tree else (),
            rubric=rubric,
        )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


_WHOLE = {"required": _("Fill this in, or empty the whole block.")}


class BlockForm(forms.Form):
    """A block of a page that may hold several: filled in whole, or left empty for none."""

    use_required_attribute = False

    def full_clean(self) -> None:
        """Ask for every field as soon as one of `told_by` has something in it, and for none before."""
        is_empty = self.is_bound and not any(self.data.get(self.add_prefix(name)) for name in self.told_by)
        # A block that stands as it stood is one that was filled in, too.
        self.empty_permitted = False
        for bound in self.fields.values():
            bound.required = not is_empty
        super().full_clean()
        for bound in self.fields.values():
            bound.required = True

    told_by: tuple[str, ...] = ()


def _words(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=160, error_messages=_WHOLE)


class LineForm(BlockForm):
    """A criterion with words for each step."""

    told_by = ("title", "words_0", "words_1", "words_2", "words_3")

    title = forms.CharField(label=_("What to look for"), max_length=80, error_messages=_WHOLE)
    words_0 = _words(_("0: not shown"))
    words_1 = _words(_("1: a beginning"))
    words_2 = _words(_("2: mostly"))
    words_3 = _words(_("3: clearly"))

    def line(self) -> Line | None:
        """Return the line, or None for an empty one."""
        found = self.cleaned_data
        if not found.get("title"):
            return None
        return Line(found["title"], (found["words_0"], found["words_1"], found["words_2"], found["words_3"]))


class CriterionForm(LineForm):
    """A criterion of a call, with its weight."""

    weight = _number(_("Weight"), 1, 5, initial=1, error_messages=_WHOLE)


class QuestionForm(BlockForm):
    """A question with the most characters of its answer."""

    told_by = ("text",)

    text = forms.CharField(label=_("Question"), max_length=300, widget=_SHORT, error_messages=_WHOLE)
    limit = _number(_("Most characters"), 50, MOST_CHARACTERS, initial=800, error_messages=_WHOLE)


LineFormSet = formset_factory(LineForm, min_num=3, extra=2, max_num=MOST_LINES, validate_max=True)
QuestionFormSet = formset_factory(QuestionForm, extra=2, max_num=MOST_QUESTIONS, validate_max=True)
CriterionFormSet = formset_factory(CriterionForm, min_num=3, extra=2, max_num=MOST_CRITERIA, validate_max=True)


def lines_of(formset: "BaseFormSet[LineForm]") -> list[Line]:
    """Return the lines that were filled in."""
    return [line for form in formset if (line := form.line())]


class CallForm(forms.Form):
    """A call: its days, places and rules. Questions and criteria have formsets of their own."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("Which one"), max_length=80, help_text=_("Such as: Spring 2027"),
        error_messages={"required": _("Give it a name.")},
    )  # fmt: skip
    opens_on = _day(_("Opens on"))
    closes_on = _day(_("Closes on"), help_text=_("Applications are taken on this day too."))
    decide_on = _day(_("Decided by"), help_text=_("Applicants are told that they hear from you by then."))
    places = _number(_("Places"), 1, 500)
    answer_days = _number(_("Days to answer an offer"), 1, 60, initial=10)
    needs_endorsement = forms.BooleanField(label=_("Their local or state has to endorse them"), required=False)
    readers_each = _number(_("Readers of each application"), LEAST_READERS, MOST_READERS, initial=LEAST_READERS)
    differ_at = forms.TypedChoiceField(
        label=_("Suggest a further reading when two readers are apart by"),
        choices=[
            (1, pgettext_lazy("rubric", "one step")),
            (2, pgettext_lazy("rubric", "two steps")),
            (3, pgettext_lazy("rubric", "three steps")),
        ],
        coerce=int,
        initial=2,
    )

    def clean(self) -> dict[str, Any]:
        """The days follow each other."""
        found = super().clean() or self.cleaned_data
        opens, closes, decides = found.get("opens_on"), found.get("closes_on"), found.get("decide_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("It cannot close before it opens."))
        if closes and decides and decides < closes:
            self.add_error("decide_on", _("It cannot be decided before it closes."))
        return found

    def facts(self, questions: "BaseFormSet[QuestionForm]", criteria: "BaseFormSet[CriterionForm]") -> CallFacts:
        """Return what was said, for the actions."""
        return CallFacts(
            **self.cleaned_data,
            questions=[
                (" ".join(one.cleaned_data["text"].split()), one.cleaned_data["limit"])
                for one in questions
                if one.cleaned_data.get("text")
            ],
            criteria=[(line, one.cleaned_data["weight"]) for one in criteria if (line := one.line())],
        )


class DaysForm(forms.Form):
    """More time for an open call, or other places."""

    use_required_attribute = False

    closes_on = _day(_("Closes on"))
    decide_on = _day(_("Decided by"))
    places = _number(_("Places"), 1, 500)


class DecideForm(forms.Form):
    """A decision about an application, with its reason."""

    use_required_attribute = False

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[(one.value, one.label) for one in Outcome if one != Outcome.OPEN],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For your own records: the applicant does not see it."),
        error_messages={"required": _("Say why: whoever asks later should find it here.")},
    )


class TellForm(forms.Form):
    """The day by which offers are answered."""

    use_required_attribute = False

    answer_by = _day(_("Offers are answered by"))

    def clean_answer_by(self) -> dt.date:
        """Nobody can answer yesterday."""
        day: dt.date = self.cleaned_data["answer_by"]
        if day <= clock.today():
            raise ValidationError(_("Choose a day that lies ahead."))
        return day


class CohortForm(forms.Form):
    """A cohort: its name and its days."""

    use_required_attribute = False

    title = forms.CharField(label=_("Name"), max_length=80, error_messages={"required": _("Give it a name.")})
    starts_on = _day(_("Begins on"))
    ends_on = _day(_("Ends on"))

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        found = super().clean() or self.cleaned_data
        starts, ends = found.get("starts_on"), found.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("It must end after it starts."))
        return found


class CohortSessionForm(forms.Form):
    """A session for a cohort only."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("What it is about"), max_length=120, error_messages={"required": _("Say what it is about.")}
    )
    day = _day(_("Day"))
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("To"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    zone = forms.ChoiceField(label=_("Time zone"))
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    link = forms.URLField(label=_("Link, when it is online"), required=False, max_length=300, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = zone_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Turn day, times and zone into moments."""
        found = super().clean() or self.cleaned_data
        if {"day", "starts", "ends", "zone"} <= found.keys():
            try:
                found["starts_at"] = moment(found["day"], found["starts"], found["zone"])
                found["ends_at"] = moment(found["day"], found["ends"], found["zone"])
            except NoSuchTimeError:
                self.add_error("starts", _("The clocks go forward that night, so there is no such time."))
                return found
            if found["ends_at"] <= found["starts_at"]:
                self.add_error("ends", _("It must end after it starts."))
        return found

    def content(self) -> SessionContent:
        """Return what was said, for the actions."""
        found = self.cleaned_data
        return SessionContent(
            starts_at=found["starts_at"],
            ends_at=found["ends_at"],
            zone=found["zone"],
            place=found["place"],
            link=found["link"],
        )
