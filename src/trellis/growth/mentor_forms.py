"""Forms of mentoring: the offer, what one looks for, the ask and its answer, the agreement, meetings, the end."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.framework.tree import EditionTree
from trellis.growth.forms import DATE
from trellis.growth.mentor_actions import When
from trellis.growth.mentor_rules import LONGEST, MOST_AT_ONCE
from trellis.growth.models import Decline, FreeTime, HowOften, MentorMeeting, Mentorship, Shares
from trellis.growth.models.mentor import Availability
from trellis.people.spoken import spoken

IN_PERSON, ONLINE = "in person", "online"
WAYS = ((IN_PERSON, _("In person")), (ONLINE, _("Online")))
# So many themes are seen at a glance.
_FEW = 12
# So many languages are shown at once; the others are a tap away.
_SHOWN = 3
_TEXT = forms.Textarea(attrs={"rows": 3})


def _several(label: Any, missing: Any, choices: Any = (), *, required: bool = True) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=required,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": missing},
    )


class _WhenForm(forms.Form):
    """Themes, times, languages, and where to meet."""

    use_required_attribute = False

    themes = _several(_("Themes"), _("Choose at least one theme."))
    times = _several(_("When are you free?"), _("Choose at least one time."), FreeTime.choices)
    languages = _several(_("In which languages?"), _("Choose at least one language."), lambda: list(spoken().items()))
    ways = _several(_("How would you meet?"), _("Choose at least one way."), WAYS)

    def __init__(self, *args: Any, tree: EditionTree, codes: Iterable[str], kept: Availability | None, **kwargs: Any):
        if kept is not None:
            kwargs["initial"] = self.initial_of(kept)
        super().__init__(*args, **kwargs)
        allowed = set(codes)
        groups = [
            (domain.name, [(theme.code, theme.short) for theme in domain.themes if theme.code in allowed])
            for domain in tree.domains
        ]
        self.fields["themes"].choices = [group for group in groups if group[1]]  # type: ignore[attr-defined]

    def initial_of(self, kept: Availability) -> dict[str, Any]:
        """Return what an offer or a search fills the form with."""
        ways = [way for way, held in ((IN_PERSON, kept.in_person), (ONLINE, kept.online)) if held]
        return {"themes": list(kept.themes), "times": list(kept.times), "languages": list(kept.languages), "ways": ways}

    def when(self) -> When:
        """Return what was said, for the actions."""
        found = self.cleaned_data
        return When(
            themes=tuple(found["themes"]),
            times=tuple(found["times"]),
            languages=tuple(found["languages"]),
            in_person=IN_PERSON in found["ways"],
            online=ONLINE in found["ways"],
        )

    @property
    def is_short(self) -> bool:
        """Whether there are so few themes that all may stand open."""
        return len(list(self["themes"])) <= _FEW

    @property
    def language_groups(self) -> tuple[list[Any], list[Any]]:
        """The boxes of languages: the first ones and those that are ticked, and all others."""
        ticked = set(self["languages"].value() or ())
        boxes = list(self["languages"])
        shown = [box for place, box in enumerate(boxes) if place < _SHOWN or box.data["value"] in ticked]
        return shown, [box for box in boxes if box not in shown]

    @property
    def theme_groups(self) -> list[dict[str, Any]]:
        """The boxes of themes by domain: `name`, `boxes`, and how many are `chosen` as the form is shown."""
        ticked = set(self["themes"].value() or ())
        boxes = {str(box.data["value"]): box for box in self["themes"]}
        return [
            {
                "name": name,
                "boxes": [boxes[code] for code, _label in themes],
                "chosen": sum(code in ticked for code, _label in themes),
            }
            for name, themes in self.fields["themes"].choices  # type: ignore[attr-defined]
        ]


class OfferForm(_WhenForm):
    """An offer to mentor."""

    capacity = forms.TypedChoiceField(
        label=_("How many people at once?"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, MOST_AT_ONCE + 1)],
    )
    sentence = forms.CharField(
        label=_("One sentence about you as a mentor"),
        max_length=300,
        widget=_TEXT,
        help_text=_("What you have done, or what you like to talk about."),
        error_messages={"required": _("Write one sentence, so that people know whom they ask.")},
    )

    def initial_of(self, kept: Availability) -> dict[str, Any]:
        """Add what only an offer has."""
        return super().initial_of(kept) | {
            "capacity": getattr(kept, "capacity", 1),
            "sentence": getattr(kept, "sentence", ""),
        }


class SearchForm(_WhenForm):
    """What somebody looks for in a mentor."""

    times = _several(_("When are you free?"), "", FreeTime.choices, required=False)
    without_leaders = forms.BooleanField(label=_("Nobody who leads a unit of mine"), required=False)
    may_suggest = forms.BooleanField(label=_("Others may suggest a mentor to me"), required=False)

    def initial_of(self, kept: Availability) -> dict[str, Any]:
        """Add what only a search has."""
        return super().initial_of(kept) | {
            "without_leaders": getattr(kept, "without_leaders", False),
            "may_suggest": getattr(kept, "may_suggest", False),
        }


class FilterForm(forms.Form):
    """Narrow the list of mentors; whatever is not understood narrows nothing."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)
    time = forms.ChoiceField(label=_("Time"), required=False, choices=[("", _("Any time")), *FreeTime.choices])
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=lambda: [("", _("Any language")), *spoken().items()]
    )
    way = forms.ChoiceField(label=_("How to meet"), required=False, choices=[("", _("Either way")), *WAYS])

    def __init__(self, *args: Any, tree: EditionTree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [  # type: ignore[attr-defined]
            ("", _("Any theme")),
            *((domain.name, [(theme.code, theme.short) for theme in domain.themes]) for domain in tree.domains),
        ]

    def wanted(self) -> dict[str, str]:
        """Return what the list is narrowed by; empty texts for what is not."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class AskForm(forms.Form):
    """An ask: for which of their themes, and one sentence."""

    use_required_attribute = False

    themes = _several(_("What do you want to learn?"), _("Choose at least one of their themes."))
    sentence = forms.CharField(
        label=_("One sentence to them"),
        max_length=300,
        widget=_TEXT,
        help_text=_("Why you, why now? They read your name, your unit, the themes and this."),
        error_messages={"required": _("Write one sentence. It is how they get to know you.")},
    )

    def __init__(self, *args: Any, themes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].choices = list(themes)  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    """A kind no, in a ready sentence."""

    reason = forms.ChoiceField(
        label=_("Say no kindly"),
        choices=Decline,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the sentences.")},
    )


class TalkForm(forms.Form):
    """A talk before a yes or a no."""

    words = forms.CharField(
        label=_("When and how could you talk?"),
        max_length=300,
        widget=_TEXT,
        error_messages={"required": _("Say when and how you could talk.")},
    )


class TermsForm(forms.Form):
    """What two people agree."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    themes = _several(_("What do we work on?"), _("Choose at least one theme."))
    how_often = forms.ChoiceField(label=_("How often do we meet?"), choices=HowOften, widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Until when?"), widget=DATE, error_messages={"required": _("Choose a last day.")},
        help_text=_("It ends by itself then. You can end it earlier, or go on."),
    )  # fmt: skip
    confidential = forms.BooleanField(
        label=_("I keep what I hear to myself"),
        error_messages={"required": _("Without this promise nobody can speak freely.")},
    )

    def __init__(self, *args: Any, mentorship: Mentorship, themes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        kwargs["initial"] = {
            "version": mentorship.version,
            "themes": list(mentorship.themes),
            "how_often": mentorship.how_often,
            "until": mentorship.until,
        }
        super().__init__(*args, **kwargs)
        self.fields["themes"].choices = list(themes)  # type: ignore[attr-defined]

    def clean_until(self) -> dt.date:
        """Keep the last day between tomorrow and a year from now."""
        day: dt.date = self.cleaned_data["until"]
        if not clock.today() < day <= clock.today() + LONGEST:
            raise ValidationError(_("Choose a last day that lies ahead, a year from now at most."))
        return day


class AgreeForm(forms.Form):
    """A yes to the terms as they stand."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    confidential = TermsForm.base_fields["confidential"]


class SharesForm(forms.Form):
    """What the mentee lets the mentor see."""

    shares = forms.ChoiceField(choices=Shares, widget=forms.RadioSelect)


class MeetingForm(forms.Form):
    """A meeting that was held."""

    use_required_attribute = False

    held_on = forms.DateField(
        label=_("When did you meet?"), widget=DATE, error_messages={"required": _("Choose the day.")}
    )
    notes = forms.CharField(
        label=_("What did you agree?"),
        max_length=1000,
        widget=_TEXT,
        help_text=_("A line or two. You both read it, and nobody else can."),
        error_messages={"required": _("Write a line, so that both of you remember.")},
    )
    next_on = forms.DateField(label=_("When do you meet next?"), required=False, widget=DATE)

    def clean_held_on(self) -> dt.date:
        """Nobody has met tomorrow."""
        day: dt.date = self.cleaned_data["held_on"]
        if day > clock.today():
            raise ValidationError(_("This day lies ahead. Write it down once you have met."))
        return day

    def clean(self) -> dict[str, Any]:
        """The next meeting comes after this one."""
        found = super().clean() or self.cleaned_data
        held_on, next_on = found.get("held_on"), found.get("next_on")
        if held_on and next_on and next_on <= held_on:
            self.add_error("next_on", _("The next meeting comes after this one."))
        return found

    @staticmethod
    def filled(meeting: MentorMeeting, notes: str) -> dict[str, Any]:
        """Return what a meeting fills the form with."""
        return {"held_on": meeting.held_on, "notes": notes, "next_on": meeting.next_on}


class ThanksForm(forms.Form):
    """A thank-you, which need not be written."""

    thanks = forms.CharField(label=_("A thank-you"), required=False, max_length=600, widget=_TEXT)
