"""Forms of members: an affiliate's word, a reading against criteria, a capstone."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.validators import URLValidator
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from trellis.learning.capstone_actions import CapstoneContent
from trellis.learning.models import CallCriterion, RubricLine

_CHOOSE = {"required": _("Choose one.")}


class EndorsementForm(forms.Form):
    """Endorse or not, with a sentence for the applicant."""

    use_required_attribute = False

    endorses = forms.ChoiceField(
        choices=[("1", _("Endorse")), ("0", _("Do not endorse"))],
        error_messages={"required": _("Choose one of the two.")},
    )
    words = forms.CharField(
        label=_("A sentence for them"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They read it under the name of your local or state. Those who run the program read it too."),
        error_messages={"required": _("Write them a sentence.")},
    )


class StepsForm(forms.Form):
    """A step from 0 to 3, in words, for each criterion; and a comment."""

    use_required_attribute = False

    comment = forms.CharField(
        required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 3}), label=_("A comment")
    )

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[CallCriterion] | Sequence[RubricLine],
        to_owner: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._keys = [criterion.pk for criterion in criteria]
        comment = self.fields["comment"]
        if to_owner:
            comment.help_text = _("For the member. Needed when you send it back: say what is missing.")
        else:
            comment.help_text = _("For those who decide. Do not guess whose it is.")
        for criterion in criteria:
            self.fields[_name(criterion.pk)] = forms.TypedChoiceField(
                label=criterion.title,
                choices=list(enumerate(criterion.words)),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages=_CHOOSE,
            )

    def rubric(self) -> Iterator[BoundField]:
        """Return the fields of the criteria, in order."""
        return (self[_name(key)] for key in self._keys)

    def steps(self) -> dict[int, int]:
        """Return the chosen steps by the criterion's key."""
        return {key: self.cleaned_data[_name(key)] for key in self._keys}


class CapstoneForm(forms.Form):
    """What a member points at: what it is, where it stands, what came of it."""

    use_required_attribute = False

    title = forms.CharField(label=_("What is it?"), max_length=120, error_messages={"required": _("Give it a name.")})
    link = forms.URLField(
        label=_("Address"), required=False, max_length=500, assume_scheme="https",
        error_messages={"invalid": _("Write it like https://example.org/page.")},
        help_text=_("A page, a video, a shared document. We store the address and never open it."),
    )  # fmt: skip
    result = forms.CharField(
        label=_("What came of it?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences. Name no co-worker, and leave out what was told to you in confidence."),
        error_messages={"required": _("Say in a sentence what came of it.")},
    )

    def clean_link(self) -> str:
        """Take addresses of pages only, and none with a password in it."""
        link = str(self.cleaned_data["link"])
        if link:
            URLValidator(schemes=["https", "http"])(link)
            if "@" in urlsplit(link).netloc:
                raise forms.ValidationError(_("Leave the name and password out of the address."))
        return link

    def content(self) -> CapstoneContent:
        """Return what was said, for the actions."""
        found = self.cleaned_data
        return CapstoneContent(
            title=" ".join(found["title"].split()), result=" ".join(found["result"].split()), link=found["link"]
        )


def _name(key: int) -> str:
    return f"c-{key}"
