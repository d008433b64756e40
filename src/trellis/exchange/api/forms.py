"""The form of a new token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.core.registry import api_parts

DAYS = ((30, _("30 days")), (90, _("90 days")), (365, _("One year")))


class TokenForm(forms.Form):
    """What a program is called, what it may read, and for how long."""

    label = forms.CharField(label=_("What is it for?"), max_length=60, help_text=_("Such as the name of the program."))
    scopes = forms.MultipleChoiceField(
        label=_("What may it read?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one, or the program can read nothing.")},
    )
    days = forms.TypedChoiceField(label=_("For how long?"), choices=DAYS, coerce=int, initial=90)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["scopes"].choices = [(part.scope, part.label) for part in api_parts if part.scope]  # type: ignore[attr-defined]
