"""The catalogue's filters."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from trellis.framework.tree import EditionTree
from trellis.learning.catalogue_search import Wanted
from trellis.learning.languages import language_name
from trellis.learning.models import Format

LONGEST = 120


class CatalogueForm(forms.Form):
    """What a person looks for: words, and any of the filters."""

    use_required_attribute = False

    q = forms.CharField(label=_("Search"), required=False, max_length=LONGEST)
    about = forms.ChoiceField(label=_("About"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    format = forms.ChoiceField(label=_("How"), required=False, choices=[("", _("Any way")), *Format.choices])
    language = forms.ChoiceField(label=_("Language"), required=False)
    dated = forms.BooleanField(label=_("Has a date"), required=False)
    free = forms.BooleanField(label=_("Free"), required=False)
    near = forms.BooleanField(label=_("From my local, my state or national"), required=False)

    def __init__(self, *args: Any, tree: EditionTree | None, languages: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        domains = tree.domains if tree else ()
        self._choose("about", _("Anything"), [
            (
                domain.name,
                [(domain.code, _("All of %(domain)s") % {"domain": domain.name})]
                + [(theme.code, theme.short) for theme in domain.themes],
            )
            for domain in domains
        ])  # fmt: skip
        levels = tree.levels if tree else ()
        self._choose("level", _("Any level"), [(str(level.number), f"{level.number} {level.name}") for level in levels])
        self._choose("language", _("Any language"), [(code, language_name(code)) for code in languages])

    @property
    def selects(self) -> list[BoundField]:
        """The filters to choose from."""
        return [self[name] for name in ("about", "level", "format", "language")]

    @property
    def ticks(self) -> list[BoundField]:
        """The filters to tick."""
        return [self[name] for name in ("dated", "free", "near")]

    def active(self, wanted: Wanted) -> list[tuple[str, str]]:
        """Return each filter that is set, in words, with the query string that leaves it away."""
        found = []
        for bound in (*self.selects, *self.ticks):
            value = self.cleaned_data.get(bound.name)
            if value:
                said = str(bound.label) if value is True else _label(bound, str(value))
                found.append((said, wanted.query(**{bound.name: ""})))
        return found

    def _choose(self, name: str, anything: Any, choices: list[Any]) -> None:
        self.fields[name].choices = [("", anything), *choices]  # type: ignore[attr-defined]


def _label(bound: BoundField, value: str) -> str:
    """Return a chosen value in the words of its list."""
    for key, label in bound.field.choices:  # type: ignore[attr-defined]
        for inner, words in label if isinstance(label, (list, tuple)) else [(key, label)]:
            if str(inner) == value:
                return str(words)
    return value
