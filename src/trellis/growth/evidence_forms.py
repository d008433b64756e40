"""Forms of evidence: what a member sends, and what a coach finds."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.uploads import FileRefusedError, check_file, endings
from trellis.framework.tree import EditionTree, StatementNode
from trellis.growth.evidence_actions import Content
from trellis.growth.evidence_rules import Shown, last_day, may_attest, parts_for
from trellis.growth.forms import DATE, level_options, theme_choices
from trellis.growth.models import Decision, Evidence, EvidenceKind
from trellis.growth.reading_actions import Verdict
from trellis.people.models import Person

ANY_COACH = "any"
KINDS = (EvidenceKind.LINK, EvidenceKind.FILE, EvidenceKind.CREDENTIAL)
SHOWN = ((Shown.NOT.value, _("Not shown")), (Shown.PARTLY.value, _("Partly")), (Shown.CLEARLY.value, _("Clearly")))


class CellForm(forms.Form):
    """Choose the theme and the level that the evidence is for."""

    theme = forms.ChoiceField(label=_("Theme"), error_messages={"required": _("Choose a theme.")})
    level = forms.ChoiceField(
        label=_("Level"), widget=forms.RadioSelect, error_messages={"required": _("Choose a level.")}
    )
    use_required_attribute = False

    def __init__(self, *args: Any, tree: EditionTree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = theme_choices(tree)  # type: ignore[attr-defined]
        self.fields["level"].choices = level_options(tree)  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    """One piece of evidence for a level; `filled` is one to begin from, and with `keeps_file` its file may stay.

    `too_large` names a file that was refused while it came in.
    """

    use_required_attribute = False  # what is needed depends on the kind, so the browser cannot know

    kind = forms.ChoiceField(
        label=_("What do you point at?"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    link = forms.URLField(
        label=_("Address"), max_length=500, assume_scheme="https",
        error_messages={"required": _("Give the address."), "invalid": _("Write it like https://example.org/page.")},
        help_text=_("A page, a video, a shared document. We store the address and never open it."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"), allow_empty_file=True, error_messages={"required": _("Choose a file.")},
        help_text=_("PDF, picture, office document or plain text, up to 10 MB, without macros."),
        widget=forms.FileInput(attrs={"accept": endings()}),
    )  # fmt: skip
    credential = forms.CharField(label=_("Name of the credential"), max_length=120)
    credential_by = forms.CharField(label=_("Who gave it"), max_length=120)
    credential_number = forms.CharField(label=_("Number or address"), required=False, max_length=300)
    credential_on = forms.DateField(label=_("When"), required=False, widget=DATE)
    part = forms.ChoiceField(
        label=_("What was your part in it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what your part was.")},
    )
    outcome = forms.CharField(
        label=_("What came of it?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence. Name no co-worker, and leave out what was told to you in confidence."),
        error_messages={"required": _("Say in one sentence what came of it.")},
    )
    to = forms.ChoiceField(
        label=_("Who should read it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who should read it.")},
    )

    def __init__(
        self,
        *args: Any,
        level: int,
        coaches: Iterable[Person],
        filled: Evidence | None = None,
        keeps_file: bool = False,
        too_large: str = "",
        **kwargs: Any,
    ) -> None:
        if filled is not None:
            kwargs["initial"] = _as_initial(filled)
        super().__init__(*args, **kwargs)
        self._coaches = {str(coach.uid): coach for coach in coaches}
        self._may_lack_file = keeps_file or bool(too_large)
        self._too_large = too_large
        self._need(self.data.get("kind", "") if self.is_bound else None)
        self.fields["part"].choices = [  # type: ignore[attr-defined]
            (part.value, part.label) for part in parts_for(level)
        ]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            *((uid, coach.name) for uid, coach in self._coaches.items()),
            (ANY_COACH, _("Any coach of my unit")),
        ]

    def clean_link(self) -> str:
        """Take addresses of pages only, and none with a password in it."""
        link = str(self.cleaned_data["link"])
        if link:
            URLValidator(schemes=["https", "http"])(link)
            if "@" in urlsplit(link).netloc:
                raise forms.ValidationError(_("Leave the name and password out of the address."))
        return link

    def clean_credential_on(self) -> dt.date | None:
        """Nobody has a credential from tomorrow."""
        day: dt.date | None = self.cleaned_data["credential_on"]
        if day is not None and day > clock.today():
            raise forms.ValidationError(_("This day lies ahead."))
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen kind needs; what stands in the fields of another kind is left aside."""
        found = super().clean() or self.cleaned_data
        kind = found.get("kind")
        if kind == EvidenceKind.FILE:
            self._clean_file(found.get("file"))
        for other, names in _FIELDS.items():
            if other != kind:
                for name in names:
                    self.errors.pop(name, None)
        self._need(None)  # for the labels, if the page is shown again
        return found

    def _need(self, kind: str | None) -> None:
        """Make the pointers of a kind necessary, or with None those of every kind."""
        for each, names in _NEEDED.items():
            for name in names:
                self.fields[name].required = kind in (None, each) and not (name == "file" and self._may_lack_file)

    def _clean_file(self, upload: "UploadedFile[bytes] | None") -> None:
        if self._too_large:
            text = _("%(name)s is larger than 10 MB. Save a smaller one, or give a link.")
            self.add_error("file", forms.ValidationError(text, params={"name": self._too_large}))
        elif upload is not None:
            try:
                check_file(upload)
            except FileRefusedError as error:
                self.add_error("file", str(error))

    def content(self) -> Content:
        """Return what was said, for the actions."""
        found = self.cleaned_data
        return Content(
            kind=found["kind"],
            part=found["part"],
            outcome=" ".join(found["outcome"].split()),
            link=found.get("link", ""),
            upload=found.get("file"),
            credential=found.get("credential", ""),
            credential_by=found.get("credential_by", ""),
            credential_number=found.get("credential_number", ""),
            credential_on=found.get("credential_on"),
        )

    def reader(self) -> Person | None:
        """Return the coach that was chosen, None for any."""
        return self._coaches.get(self.cleaned_data["to"])

    @property
    def lost_file(self) -> bool:
        """Whether a good file has to be chosen again, since another field was wrong: browsers do not keep it."""
        return self.is_bound and bool(self.errors) and "file" not in self.errors and bool(self.files.get("file"))


_NEEDED: dict[str, tuple[str, ...]] = {
    EvidenceKind.LINK: ("link",),
    EvidenceKind.FILE: ("file",),
    EvidenceKind.CREDENTIAL: ("credential", "credential_by"),
}
_FIELDS: dict[str, tuple[str, ...]] = _NEEDED | {
    EvidenceKind.CREDENTIAL: (*_NEEDED[EvidenceKind.CREDENTIAL], "credential_number", "credential_on"),
}


def _as_initial(kept: Evidence) -> dict[str, Any]:
    names = ("kind", "part", "outcome", "link", "credential", "credential_by", "credential_number", "credential_on")
    to = str(kept.sent_to.uid) if kept.sent_to is not None else ANY_COACH if kept.any_coach else ""
    return {name: getattr(kept, name) for name in names} | {"to": to}


class ReadingForm(forms.Form):
    """A rubric made of the cell's statements, a decision, and a comment; a first reader may shorten the time too."""

    decision = forms.ChoiceField(choices=Decision)
    submission = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("A comment for them"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed when you send it back: say what is missing. They read it under your name."),
    )
    expires_on = forms.DateField(
        label=_("It counts until"), required=False, widget=DATE,
        help_text=_("Three years unless you choose an earlier day."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, statements: Iterable[StatementNode], submission: int, is_second: bool, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"submission": submission, "expires_on": last_day(clock.today())}
        super().__init__(*args, **kwargs)
        self._statements = tuple(statements)
        if is_second:
            del self.fields["expires_on"]
        for statement in self._statements:
            self.fields[_name(statement.uid)] = forms.TypedChoiceField(
                label=statement.text_other,
                choices=SHOWN,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )

    def rubric(self) -> Iterator[BoundField]:
        """Return the fields of the statements, in order."""
        return (self[_name(statement.uid)] for statement in self._statements)

    def clean(self) -> dict[str, Any]:
        """Hold the rule of attesting, and ask for a comment with what is sent back."""
        found = super().clean() or self.cleaned_data
        attests = found.get("decision") == Decision.ATTEST
        if attests and not may_attest(self._answers(found), [statement.uid for statement in self._statements]):
            self.add_error(None, _("To attest, answer every statement, and more than half must be clearly shown."))
        if found.get("decision") == Decision.RETURN and not found.get("comment"):
            self.add_error("comment", _("Say what is missing, so that it can be mended."))
        return found

    def clean_expires_on(self) -> dt.date | None:
        """Keep the last day between tomorrow and the longest time allowed."""
        day: dt.date | None = self.cleaned_data["expires_on"]
        if day is not None and not clock.today() < day <= last_day(clock.today()):
            raise forms.ValidationError(_("Choose a day that lies ahead, three years from now at most."))
        return day

    def verdict(self) -> Verdict:
        """Return what was found, for the actions."""
        found = self.cleaned_data
        return Verdict(
            submission=found["submission"],
            answers=self._answers(found),
            attest=found["decision"] == Decision.ATTEST,
            comment=found["comment"].strip(),
            expires_on=found.get("expires_on"),
        )

    def _answers(self, found: dict[str, Any]) -> dict[UUID, int]:
        answers = {statement.uid: found.get(_name(statement.uid)) for statement in self._statements}
        return {uid: answer for uid, answer in answers.items() if answer is not None}


class SettleForm(forms.Form):
    """Two readers differ: keep the attestation, or take it back with a comment."""

    keep = forms.ChoiceField(choices=[("1", "keep"), ("0", "take back")])
    comment = forms.CharField(
        label=_("A comment for them"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a comment with what is taken back."""
        found = super().clean() or self.cleaned_data
        if found.get("keep") == "0" and not found.get("comment"):
            self.add_error("comment", _("Say what is missing, so that it can be mended."))
        return found


def _name(statement: UUID) -> str:
    return f"s-{statement}"
