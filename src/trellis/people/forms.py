"""Forms of people: with whom to share, and which language to read."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from trellis.people.models import Sharing


class SharingForm(forms.Form):
    """One of three choices."""

    sharing = forms.ChoiceField(
        choices=Sharing, widget=forms.RadioSelect, error_messages={"required": _("Choose one of the three.")}
    )


class LanguageForm(forms.Form):
    """One of the languages that this site speaks, each in its own words."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=lambda: [
            (code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES
        ],
    )
