"""Forms of an import: the file with what it leaves open, and the answers to what it asks."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from trellis.exchange.catalogue.columns import BY_KEY, OFFERING_COLUMNS, SESSION_COLUMNS
from trellis.exchange.catalogue.grouping import NEW
from trellis.exchange.catalogue.moments import DateOrder
from trellis.exchange.catalogue.pending import Pending
from trellis.exchange.catalogue.plan import Likeness, Plan
from trellis.exchange.catalogue.sheets import LIMITS, Sheet
from trellis.learning.zones import zone_choices
from trellis.people.models import Unit

ORDERS = (
    (DateOrder.MONTH_FIRST.value, _("The month comes first")),
    (DateOrder.DAY_FIRST.value, _("The day comes first")),
)


class UploadForm(forms.Form):
    """A file, the unit that it is for, and the zone of its times."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx), CSV or a calendar (.ics), up to 10 MB."),
        max_length=200,
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    unit = forms.ChoiceField(label=_("Who arranges it"))
    zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Of times for which the file itself names none."))
    lists_new = forms.BooleanField(label=_("Put new offerings in the catalog right away"), required=False)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        self._units = {str(unit.uid): unit for unit in units}
        super().__init__(*args, **kwargs)
        _choose(self, "unit", [(uid, unit.name) for uid, unit in self._units.items()])
        _choose(self, "zone", zone_choices())

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse a large file by its size, before anything reads it."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LIMITS.size:
            raise forms.ValidationError(_t("This file is larger than 10 MB."))
        return file


class AnswersForm(forms.Form):
    """What a person says about a plan: what columns mean, what comes first in dates, which offerings are the same."""

    use_required_attribute = False

    zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Of times for which the file itself names none."))
    order = forms.ChoiceField(
        label=_("Dates such as 3/5/2026"), required=False, choices=ORDERS, widget=forms.RadioSelect
    )
    lists_new = forms.BooleanField(label=_("Put new offerings in the catalog right away"), required=False)

    def __init__(self, *args: Any, plan: Plan, pending: Pending, **kwargs: Any) -> None:
        self._plan = plan
        first = {"zone": pending.zone, "order": pending.order, "lists_new": pending.lists_new}
        super().__init__(*args, **kwargs | {"initial": first})
        _choose(self, "zone", zone_choices())
        for likeness in plan.likenesses:
            self.fields[f"same-{likeness.token}"] = _same_field(likeness)
        meanings = _meanings()
        for number, sheet in enumerate(self._tables()):
            meant = {place: key for key, place in sheet.header.of.items()}
            for place in _places(sheet):
                self.fields[f"column-{number}-{place}"] = forms.ChoiceField(
                    label=sheet.header.heading(place), required=False, choices=meanings, initial=meant.get(place, "")
                )

    def clean(self) -> dict[str, Any]:
        """Refuse two columns of one sheet with the same meaning."""
        said: dict[str, Any] = super().clean() or {}
        for number, sheet in enumerate(self._tables()):
            met: set[str] = set()
            for place in _places(sheet):
                key = said.get(f"column-{number}-{place}")
                if key and key in met:
                    reason = _t("two columns cannot both be “%(name)s”.") % {"name": BY_KEY[key].label}
                    self.add_error(f"column-{number}-{place}", reason)
                met.add(key or "")
        return said

    def answered(self, pending: Pending) -> Pending:
        """Return what is pending with these answers; answers given before stay where nothing new is said."""
        said = self.cleaned_data
        columns: dict[str, Mapping[str, int]] = {
            sheet.header.sheet: {
                key: place for place in _places(sheet) if (key := said.get(f"column-{number}-{place}"))
            }
            for number, sheet in enumerate(self._tables())
        }
        asked = {likeness.token: said.get(f"same-{likeness.token}") for likeness in self._plan.likenesses}
        same = {**pending.same, **{token: answer for token, answer in asked.items() if answer}}
        order = said["order"] or pending.order
        if not any(name.startswith("column-") for name in self.data):
            columns = dict(pending.columns)
        return pending.with_answers(
            zone=said["zone"], order=order, lists_new=said["lists_new"], same=same, columns=columns
        )

    def questions(self) -> list[tuple[Likeness, forms.BoundField]]:
        """Return each offering that may be one that is there, with its field."""
        return [(likeness, self[f"same-{likeness.token}"]) for likeness in self._plan.likenesses]

    def columns(self) -> list[tuple[Sheet, list[tuple[int, str, forms.BoundField]]]]:
        """Return the columns of each sheet: place from 1, an example, and the field of what it means."""
        return [
            (sheet, [(place + 1, _example(sheet, place), self[f"column-{number}-{place}"]) for place in _places(sheet)])
            for number, sheet in enumerate(self._tables())
        ]

    def _tables(self) -> list[Sheet]:
        return [sheet for sheet in self._plan.sheets.sheets if not sheet.header.of_events]


def _places(sheet: Sheet) -> range:
    return range(max([len(sheet.header.row.cells), *(len(record.row.cells) for record in sheet.records)]))


def _example(sheet: Sheet, place: int) -> str:
    cells = (record.row.cells[place] for record in sheet.records if place < len(record.row.cells))
    return next((cell.strip()[:60] for cell in cells if cell.strip()), "")


def _same_field(likeness: Likeness) -> forms.ChoiceField:
    choices = [
        (str(likeness.known.uid), _t("It is “%(title)s”") % {"title": likeness.known.title}),
        (NEW, _t("It is a new one")),
    ]
    return forms.ChoiceField(label=likeness.title, choices=choices, widget=forms.RadioSelect, required=False)


def _meanings() -> list[tuple[str, Any]]:
    groups = ((_t("The offering"), OFFERING_COLUMNS), (_t("Its session"), SESSION_COLUMNS))
    return [("", _t("leave it out")), *((name, [(one.key, one.label) for one in columns]) for name, columns in groups)]


def _choose(form: forms.Form, name: str, choices: list[Any]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]
