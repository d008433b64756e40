"""Forms of bringing members in: the file, what columns mean, which units places are, and who is somebody already."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from trellis.exchange.catalogue.forms import ORDERS
from trellis.exchange.people.columns import BY_KEY, COLUMNS
from trellis.exchange.people.duplicates import Candidate, Doubt
from trellis.exchange.people.matching import NEW as NEW_PERSON
from trellis.exchange.people.new_units import may_be_new
from trellis.exchange.people.places import NEW, OUT
from trellis.exchange.people.reading import Reading
from trellis.exchange.people.said import STATES
from trellis.exchange.tables.mapping import plain
from trellis.people.models import Unit

MOST_BYTES = 500 * 1024 * 1024


class UploadForm(forms.Form):
    """A list, and the unit whose members it names."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, up to 500 MB, or Excel (.xlsx)."),
        max_length=200,
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    unit = forms.ChoiceField(label=_("Whose members are in it"))
    is_whole = forms.BooleanField(label=_("The list is whole: whoever is missing in it has left"), required=False)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        self._units = {str(unit.uid): unit for unit in units}
        super().__init__(*args, **kwargs)
        choices = [
            (uid, f"{'· ' * _steps(unit, self._units.values())}{unit.name}") for uid, unit in self._units.items()
        ]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    def clean_unit(self) -> Unit:
        """Return the unit itself."""
        return self._units[self.cleaned_data["unit"]]

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse a large file by its size, before anything reads it."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _t("This file is larger than 500 MB. Bring it in with “trellis import_people”.")
            )
        return file


class ColumnsForm(forms.Form):
    """What each column of a list means; a heading may stand over none of those that are known."""

    use_required_attribute = False

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reading, header = reading, reading.header
        meant = {place: key for key, place in header.of.items()}
        choices = [("", _t("leave it out")), *((column.key, column.label) for column in COLUMNS)]
        for place in range(len(header.row.cells)):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=header.heading(place), required=False, choices=choices, initial=meant.get(place, "")
            )

    def clean(self) -> dict[str, Any]:
        """Refuse two columns with the same meaning, and a list without names."""
        said: dict[str, Any] = super().clean() or {}
        met: set[str] = set()
        for name, key in list(said.items()):  # an error takes its field out
            if key and key in met:
                self.add_error(name, _t("two columns cannot both be “%(name)s”.") % {"name": BY_KEY[key].label})
            met.add(key)
        if not met & {"given", "family", "name"}:
            raise forms.ValidationError(_t("Say which column holds the names of people."))
        return said

    def columns(self) -> dict[str, int]:
        """Return the place (from 0) of each column that means something."""
        return {key: int(name.rpartition("-")[2]) for name, key in self.cleaned_data.items() if key}

    def lines(self) -> list[tuple[str, list[str], forms.BoundField]]:
        """Return each column with its heading, examples from the first rows, and its field."""
        return [
            (
                self._reading.header.heading(place) or str(place + 1),
                [row[place][:60] for row in self._reading.examples if place < len(row) and row[place]],
                self[f"column-{place}"],
            )
            for place in range(len(self._reading.header.row.cells))
        ]


class WordsForm(forms.Form):
    """What a list leaves open: what comes first in its dates, and which states of membership mean a member."""

    use_required_attribute = False

    def __init__(self, *args: Any, ambiguous: str, states: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._states = states
        if ambiguous:
            self.fields["order"] = forms.ChoiceField(
                label=_t("Dates such as %(date)s") % {"date": ambiguous}, choices=ORDERS, widget=forms.RadioSelect,
                required=False,
            )  # fmt: skip
        for number, state in enumerate(states):
            self.fields[f"state-{number}"] = forms.ChoiceField(
                label=_t("“%(state)s” means") % {"state": state}, choices=[*STATES.items()], widget=forms.RadioSelect,
                required=False,
            )  # fmt: skip

    def answers(self) -> dict[str, Mapping[str, str] | str]:
        """Return what was said, without what was left open."""
        said = self.cleaned_data
        states = {
            plain(state): said[f"state-{number}"]
            for number, state in enumerate(self._states)
            if said.get(f"state-{number}")
        }
        found: dict[str, Mapping[str, str] | str] = {}
        if said.get("order"):
            found["order"] = said["order"]
        if states:
            found["states"] = states
        return found


class PlacesForm(forms.Form):
    """Which unit each place is that nobody knows."""

    use_required_attribute = False

    def __init__(self, *args: Any, spellings: Sequence[Mapping[str, Any]], scope: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._spellings = spellings
        for number, one in enumerate(spellings):
            choices = [("", _t("not said yet")), *((uid, name) for uid, name, _score in one["likely"])]
            if _may_be_new(scope, one):
                choices.append((NEW, _t("make it a new one")))
            choices.append((OUT, _t("leave these rows out")))
            self.fields[f"place-{number}"] = forms.ChoiceField(
                label=_place(one), choices=choices, initial=one["likeliest"], required=False
            )

    def answers(self) -> dict[str, str]:
        """Return what was said, by spelling."""
        return {
            one["token"]: said
            for number, one in enumerate(self._spellings)
            if (said := self.cleaned_data.get(f"place-{number}"))
        }

    def lines(self) -> list[tuple[str, int, forms.BoundField]]:
        """Return each place with the number of its rows and its field."""
        return [(_place(one), one["rows"], self[f"place-{number}"]) for number, one in enumerate(self._spellings)]


class DoubtsForm(forms.Form):
    """Whether rows are somebody who is here already."""

    use_required_attribute = False

    def __init__(self, *args: Any, doubts: Sequence[Doubt], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._doubts = doubts
        for one in doubts:
            choices = [(str(candidate.key), _candidate(candidate)) for candidate in one.candidates]
            self.fields[f"row-{one.line}"] = forms.ChoiceField(
                label=one.name, required=False, widget=forms.RadioSelect,
                choices=[*choices, (NEW_PERSON, _t("Nobody of these: a new person"))],
            )  # fmt: skip

    def answers(self) -> dict[str, str]:
        """Return what was said, by row."""
        said = self.cleaned_data
        return {str(one.line): said[f"row-{one.line}"] for one in self._doubts if said.get(f"row-{one.line}")}

    def lines(self) -> list[tuple[Doubt, forms.BoundField]]:
        """Return each row with its field."""
        return [(one, self[f"row-{one.line}"]) for one in self._doubts]


def _candidate(one: Candidate) -> str:
    known = [one.name, _t("member ID %(number)s") % {"number": one.number} if one.number else "", *one.units]
    return _t("The same as %(who)s") % {"who": ", ".join(filter(None, known))}


def _place(one: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, (one["worksite"], one["local"])))


def _may_be_new(scope: Unit, one: Mapping[str, Any]) -> bool:
    inside = Unit(kind=one["inside_kind"]) if one["inside_kind"] else None
    return may_be_new(scope, inside, one["worksite"], one["local"])


def _steps(unit: Unit, units: Iterable[Unit]) -> int:
    return sum(other.tree_id == unit.tree_id and other.lft < unit.lft <= other.rgt for other in units)
