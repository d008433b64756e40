"""The form of how people sign in through a directory."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from trellis.exchange.models import Directory
from trellis.exchange.sign_in.transport import may_be_asked


class SignInForm(forms.Form):
    """Where the directory signs people in, what it calls us, and whether it is on."""

    issuer = forms.URLField(
        label=_("Issuer"), max_length=500, assume_scheme="https",
        help_text=_("The address without /.well-known/ and what follows."),
    )  # fmt: skip
    client = forms.CharField(label=_("Client ID"), max_length=255)
    secret = forms.CharField(
        label=_("Client secret"), max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    is_on = forms.BooleanField(label=_("People can sign in through it"), required=False)
    lets_in = forms.BooleanField(label=_("It also lets in people whom we do not know yet"), required=False)

    def __init__(self, *args: Any, directory: Directory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(directory, name) for name in ("issuer", "client", "is_on", "lets_in")}
        if directory.sealed:
            self.fields["secret"].required = False
            self.fields["secret"].help_text = _("There is one. Leave this empty to keep it.")

    def clean_issuer(self) -> str:
        """Return the address; whether it is in a private network is looked at whenever it is asked."""
        issuer: str = self.cleaned_data["issuer"].strip()
        if not may_be_asked(issuer):
            raise ValidationError(_("Only addresses that begin with https:// and hold no name or password are taken."))
        return issuer.removesuffix("/.well-known/openid-configuration")
