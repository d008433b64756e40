"""Forms of the framework: a document to read, and what its draft edition is called."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from trellis.framework.actions import LONGEST_CODE
from trellis.framework.models import Framework
from trellis.framework.reader.source import MOST_BYTES


class DocumentForm(forms.Form):
    """A document, and the framework that it is an edition of."""

    document = forms.FileField(
        label=_("Document"),
        help_text=_("Markdown tables, tab-separated text or a list of attributes; up to 20 MB."),
        max_length=200,
    )
    into = forms.ChoiceField(
        label=_("Framework"),
        required=False,
        help_text=_("Leave it open, and the document is matched to the framework that it resembles most."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        known = [(framework.code, framework.name) for framework in Framework.objects.order_by("-is_main", "name")]
        field = self.fields["into"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Find out from the document")), *known]

    def clean_document(self) -> "UploadedFile[bytes]":
        """Refuse a large file by its size, before anything reads it."""
        document: UploadedFile[bytes] = self.cleaned_data["document"]
        if (document.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 20 MB."))
        return document


class DraftForm(forms.Form):
    """What the draft edition is called."""

    code = forms.CharField(
        label=_("Code"),
        max_length=LONGEST_CODE,
        validators=[validate_slug],
        help_text=_("Stands in addresses: small letters, digits and hyphens."),
    )
    name = forms.CharField(label=_("Name"), max_length=120)

    def clean_code(self) -> str:
        """Codes are small letters."""
        return str(self.cleaned_data["code"]).lower()
