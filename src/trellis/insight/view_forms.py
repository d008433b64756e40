"""Forms of saved views: what was chosen with a name for it, and another name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.insight.access import insight_units
from trellis.insight.chosen import LEVELS
from trellis.insight.models import Release, SavedView
from trellis.insight.tabs import PAGES
from trellis.people.models import Person, Unit

LONGEST = SavedView._meta.get_field("name").max_length


class NameForm(forms.Form):
    """A name for a view."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST,
        error_messages={
            "required": _("Give it a name, so that you find it again."),
            "max_length": _("That is too long: %(limit_value)d letters at most."),
        },
    )


class SaveForm(NameForm):
    """A name, and what was chosen: the page, the unit and the wave within the viewer's reach, and the rest of it."""

    page = forms.ChoiceField(choices=[(name, name) for name in PAGES], widget=forms.HiddenInput)
    unit = forms.ModelChoiceField(Unit.objects.none(), to_field_name="uid", widget=forms.HiddenInput)
    wave = forms.SlugField(required=False, widget=forms.HiddenInput)
    level = forms.TypedChoiceField(choices=[(level, level) for level in LEVELS], coerce=int, widget=forms.HiddenInput)
    by = forms.SlugField(max_length=20, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, viewer: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = insight_units(viewer)  # type: ignore[attr-defined]

    def clean_wave(self) -> str:
        """Take a wave that is released, or none for the newest."""
        wave: str = self.cleaned_data["wave"]
        if wave and not Release.objects.filter(wave__code=wave).exists():
            raise forms.ValidationError(_("There is no such wave."))
        return wave

    @property
    def is_lost(self) -> bool:
        """Whether something else than the name is wrong, which nobody can mend on the page."""
        return bool(self.errors.keys() - {"name"})
