"""What a member may say with a sign-up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.learning.sign_up_actions import MOST_CHILDREN


class NeedsForm(forms.Form):
    """What somebody needs to take part, and for how many children; both may stay empty."""

    needs = forms.CharField(
        label=_("Anything you need to take part?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A ramp, captions, an interpreter, food, somewhere to rest: in your own words."),
    )
    children = forms.IntegerField(
        label=_("Children who need care"),
        required=False,
        min_value=0,
        max_value=MOST_CHILDREN,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0, "max": MOST_CHILDREN}),
    )

    def said(self) -> dict[str, Any]:
        """Return what was said, as the actions take it."""
        return {"needs": self.cleaned_data["needs"], "children": self.cleaned_data["children"] or 0}
