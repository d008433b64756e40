"""Forms of badges: what others see of one, whose it is, one to check, and one to take back for the association."""

import re
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from trellis.exchange.badges.subject import DID
from trellis.growth.models import Revocation, ShownName

# A picture of ours is 50 KB; others draw larger ones.
MOST_BYTES = 2 * 1024 * 1024
_ONE_OF_THESE = _("Choose one of these.")


class IssueForm(forms.Form):
    """How the badge names its holder: by a digest of their address, unless they have an identifier of their own."""

    did = forms.CharField(
        label=_("Identifier of your own wallet"),
        required=False,
        max_length=500,
        help_text=_("Only if you have one. It begins with did:key:, did:web: or did:jwk:."),
    )

    def clean_did(self) -> str:
        """Take it only in a form that other systems can read."""
        did = str(self.cleaned_data["did"]).strip()
        if did and not DID.fullmatch(did):
            raise forms.ValidationError(_("This is no such identifier. Leave it empty if you are not sure."))
        return did


class ShowForm(forms.Form):
    """What the page of a badge shows to whoever has its address."""

    public = forms.ChoiceField(
        label=_("Who may open its page"),
        choices=[("", _("Only I")), ("1", _("Anybody who has its address"))],
        required=False,
        widget=forms.RadioSelect,
    )
    name = forms.ChoiceField(
        label=_("What the page says of you"),
        choices=ShownName,
        widget=forms.RadioSelect,
        error_messages={"required": _ONE_OF_THESE},
    )
    outcome = forms.BooleanField(label=_("Show what came of it, in my words"), required=False)


class CheckForm(forms.Form):
    """A badge that somebody was given: a file, or its text."""

    file = forms.FileField(label=_("The file"), required=False, max_length=200)
    text = forms.CharField(
        label=_("Or its text"), required=False, max_length=300_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    email = forms.EmailField(label=_("E-mail address of its holder"), required=False)

    def __init__(self, *args: Any, too_large: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._too_large = too_large

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean() or {}
        if self._too_large:
            self.add_error("file", _("This file is larger than 2 MB. A badge is much smaller."))
        elif not self.errors and not cleaned.get("file") and not cleaned.get("text", "").strip():
            self.add_error("file", _("Choose the file of a badge, or paste its text."))
        return cleaned

    def content(self) -> bytes:
        """Return what was brought: the file before the text."""
        upload: UploadedFile[bytes] | None = self.cleaned_data["file"]
        text: str = self.cleaned_data["text"]
        return upload.read() if upload else text.strip().encode()


class TakeBackForm(forms.Form):
    """The address of a badge and why the association takes it back."""

    badge = forms.CharField(label=_("Address of the badge"), max_length=300)
    why = forms.ChoiceField(
        label=_("Why"),
        choices=[
            (Revocation.MISTAKE.value, _("It was issued by mistake.")),
            (Revocation.UNTRUE.value, _("Its evidence was not true.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _ONE_OF_THESE},
    )

    def clean_badge(self) -> UUID:
        """Read the badge's own number out of its address."""
        try:
            found = resolve(re.sub(r"\.(json|jwt|png|svg)$", "", urlsplit(self.cleaned_data["badge"].strip()).path))
        except (Resolver404, ValueError):
            found = None
        if found is None or found.view_name != "badges:credential":
            raise forms.ValidationError(_("This is not the address of a badge of this site."))
        uid: UUID = found.kwargs["uid"]
        return uid
