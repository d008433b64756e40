"""The forms of who arranges: an offering with the steps that it teaches, and a material."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from trellis.core.uploads import FileRefusedError, check_file, endings
from trellis.framework.tree import DomainNode, EditionTree
from trellis.learning.languages import language_choices
from trellis.learning.models import Audience, Format, Offering, Place
from trellis.learning.offering_actions import OfferingContent, cell_refs
from trellis.people.models import Unit


@dataclass(frozen=True, slots=True)
class Row:
    """A theme in the list of steps: for each level its code, the level, and whether it is chosen."""

    name: str
    cells: tuple[tuple[str, int, bool], ...]


class OfferingForm(forms.Form):
    """An offering of one of the units for which somebody arranges; `teaches` and `needs` are codes of cells.

    It begins as `filled` is, or with the cells of `teaches` when it is new.
    """

    use_required_attribute = False

    unit = forms.ChoiceField(label=_("Who arranges it"))
    title = forms.CharField(
        label=_("Title"), max_length=120, error_messages={"required": _("Give it a title.")}
    )  # fmt: skip
    description = forms.CharField(
        label=_("What happens there"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("For somebody who has never been. What do they do there, and what do they take home?"),
    )  # fmt: skip
    format = forms.ChoiceField(label=_("How"), choices=Format.choices)
    hours = forms.DecimalField(
        label=_("How many hours in all"), min_value=Decimal("0.1"), max_value=400, decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "any", "min": "0.1", "inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"), _("Say how many hours it takes, such as 1.5.")
        ),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"))
    cost = forms.DecimalField(
        label=_("What a member pays, in dollars"), required=False, min_value=0, max_digits=8, decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.01", "min": "0", "inputmode": "decimal"}),
        help_text=_("Leave it empty when it is free."),
    )  # fmt: skip
    provider = forms.CharField(
        label=_("Who teaches it"), required=False, max_length=120, help_text=_("Only when that is not the unit itself.")
    )
    access_notes = forms.CharField(
        label=_("Access"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Steps, captions, interpreters, food, child care: what people can count on."),
    )  # fmt: skip
    is_public = forms.BooleanField(
        label=_("Show its sessions to everybody, signed in or not"), required=False,
        help_text=_("Other sites may list them: title, description, place and time. Never who comes, or the link."),
    )  # fmt: skip
    key = forms.CharField(
        label=_("Your own number for it"), required=False, max_length=60,
        help_text=_("Lists that you import know it by this."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        units: Iterable[Unit],
        tree: EditionTree | None,
        filled: Offering | None = None,
        teaches: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        self._units, self._tree = {str(unit.uid): unit for unit in units}, tree
        self._chosen: dict[str, set[str]] = {Place.TEACHES.value: set(teaches), Place.NEEDS.value: set()}
        if filled is not None:
            kwargs["initial"] = _as_initial(filled)
            for cell in filled.cells.all():
                self._chosen[cell.place].add(cell.cell_code)
        super().__init__(*args, **kwargs)
        self._choose("unit", [(uid, unit.name) for uid, unit in self._units.items()])
        self._choose("language", language_choices(("en", "es")))
        if self.is_bound:
            for place in Place.values:
                self._chosen[place] = set(self.data.getlist(place))  # type: ignore[attr-defined]

    def content(self) -> OfferingContent:
        """Return what was written; raises ValidationError for a cell that is not in the framework."""
        said = self.cleaned_data
        places, tree = (Place.TEACHES, Place.NEEDS), self._tree
        taught, needed = (cell_refs(tree, self._chosen[place]) if tree else () for place in places)
        return OfferingContent(
            title=said["title"], minutes=round(said["hours"] * 60), description=said["description"],
            provider=said["provider"], key=said["key"], format=said["format"], language=said["language"],
            access_notes=said["access_notes"], cost=said["cost"] or Decimal(0), is_public=said["is_public"],
            teaches=taught, needs=needed,
        )  # fmt: skip

    def unit_chosen(self) -> Unit:
        """Return the unit that arranges it."""
        return self._units[self.cleaned_data["unit"]]

    def taught(self) -> Iterator[tuple[DomainNode, list[Row], int]]:
        """Yield each domain with its themes' cells as what is taught, and how many of them are chosen."""
        return self._grid(Place.TEACHES)

    def needed(self) -> Iterator[tuple[DomainNode, list[Row], int]]:
        """Yield the same as what one should stand at before."""
        return self._grid(Place.NEEDS)

    def _grid(self, place: Place) -> Iterator[tuple[DomainNode, list[Row], int]]:
        chosen = self._chosen[place]
        for domain in self._tree.domains if self._tree is not None else ():
            rows = [
                Row(theme.short, tuple((cell.code, cell.level, cell.code in chosen) for cell in theme.cells))
                for theme in domain.themes
            ]
            yield domain, rows, sum(is_chosen for row in rows for _code, _level, is_chosen in row.cells)

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class MaterialForm(forms.Form):
    """A link or a file; `too_large` names a file that was refused while it came in."""

    use_required_attribute = False

    title = forms.CharField(label=_("What it is"), max_length=120, error_messages={"required": _("Give it a name.")})
    link = forms.URLField(
        label=_("Address"), required=False, max_length=500, assume_scheme="https",
        error_messages={"invalid": _("Write it like https://example.org/page.")},
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or a file"), required=False, allow_empty_file=True,
        help_text=_("PDF, picture, office document or plain text, up to 10 MB, without macros."),
        widget=forms.FileInput(attrs={"accept": endings()}),
    )  # fmt: skip
    audience = forms.ChoiceField(
        label=_("Who may open it"), choices=Audience.choices, initial=Audience.SEATS, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, too_large: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._too_large = too_large

    def clean_link(self) -> str:
        """Take addresses of pages only, and none with a password in it."""
        link = str(self.cleaned_data["link"])
        if link and (urlsplit(link).scheme not in ("http", "https") or "@" in urlsplit(link).netloc):
            raise forms.ValidationError(_("Give the address of a page, without a name and password in it."))
        return link

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """Take only what its content says it is."""
        if self._too_large:
            raise forms.ValidationError(_("%(name)s is larger than 10 MB.") % {"name": self._too_large})
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is not None:
            try:
                check_file(file)
            except FileRefusedError as error:
                raise forms.ValidationError(str(error)) from error
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        found = super().clean() or self.cleaned_data
        if not self.errors and bool(found.get("link")) == bool(found.get("file")):
            raise forms.ValidationError(_("Give either an address or a file."))
        return found


def _as_initial(offering: Offering) -> dict[str, Any]:
    names = ("title", "description", "format", "language", "provider", "access_notes", "key", "is_public")
    hours = f"{offering.minutes / 60:.2f}".rstrip("0").rstrip(".")
    return {name: getattr(offering, name) for name in names} | {
        "unit": str(offering.unit.uid),
        "hours": hours,
        "cost": offering.cost or None,
    }
