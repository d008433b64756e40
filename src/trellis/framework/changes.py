"""What became of the items of an edition, in words and marks for a page."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.framework.diff import Change, Comparison, Result
from trellis.framework.outline import (
    BEHAVIOUR,
    CONSIDERATIONS,
    FIRST_STEP,
    NAME,
    OTHER,
    PLAIN,
    PURPOSE,
    SELF,
    TEXT,
    Item,
    Kind,
)
from trellis.framework.wordmarks import Mark, Segment, printed

KINDS: dict[Kind, Promise] = {
    Kind.DOMAIN: gettext_lazy("Domains"),
    Kind.THEME: gettext_lazy("Themes"),
    Kind.CELL: gettext_lazy("Steps on the ladder"),
    Kind.STATEMENT: gettext_lazy("Statements"),
    Kind.ACTIVITY: gettext_lazy("Activities"),
    Kind.LEVEL: gettext_lazy("Levels"),
    Kind.DEFINITION: gettext_lazy("Definitions"),
    Kind.GROUP: gettext_lazy("Groups"),
    Kind.ATTRIBUTE: gettext_lazy("Attributes"),
}
RESULTS: dict[Result, Promise] = {
    Result.UNCHANGED: gettext_lazy("Unchanged"),
    Result.REWORDED: gettext_lazy("Reworded"),
    Result.MOVED: gettext_lazy("Moved"),
    Result.NEW: gettext_lazy("New"),
    Result.GONE: gettext_lazy("Gone"),
}
FIELDS: dict[str, Promise] = {
    NAME: gettext_lazy("Name"),
    PURPOSE: gettext_lazy("Purpose"),
    BEHAVIOUR: gettext_lazy("What a leader does"),
    CONSIDERATIONS: gettext_lazy("What to learn"),
    TEXT: gettext_lazy("Wording"),
    PLAIN: gettext_lazy("In plain words"),
    FIRST_STEP: gettext_lazy("First step"),
    SELF: gettext_lazy("Said about myself"),
    OTHER: gettext_lazy("Said about somebody else"),
}
_ONE: dict[Kind, Promise] = {Kind.STATEMENT: gettext_lazy("Statement"), Kind.ACTIVITY: gettext_lazy("Activity")}
ColumnT = TypeVar("ColumnT", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text with its marks, or as it stands."""

    label: Promise | str
    html: SafeString | str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """An item ready to show; `word` says what became of it."""

    heading: str
    code: str
    result: str
    word: Promise | str
    moved_from: str = ""
    texts: list[ShownText] = field(default_factory=list)
    parts: list["ShownChange"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items of a kind there are of each result: those that changed first, those that are none left out."""

    label: Promise
    changed: list[tuple[int, Promise]]
    same: list[tuple[int, Promise]]


def tallies(
    counts: Mapping[Kind, Mapping[ColumnT, int]], words: Mapping[ColumnT, Promise], same: Collection[ColumnT]
) -> list[Tally]:
    """Return the counts for a page, a line for each kind; `same` are the results that are no change."""
    return [
        Tally(
            KINDS[kind],
            [(count, words[column]) for column, count in row.items() if count and column not in same],
            [(count, words[column]) for column, count in row.items() if count and column in same],
        )
        for kind, row in counts.items()
    ]


def sections(comparison: Comparison, *, everything: bool) -> list[ShownChange]:
    """Return a section for each domain or group, then levels and definitions; what changed, or `everything`."""
    found = []
    for change in comparison.changes:
        if change.item.kind in (Kind.DOMAIN, Kind.GROUP) and (everything or change.is_touched):
            found.append(shown_change(change, everything=everything))
    for kind in (Kind.LEVEL, Kind.DEFINITION):
        of_kind = [change for change in comparison.changes if change.item.kind is kind]
        parts = _parts(of_kind, everything=everything)
        if parts:
            found.append(ShownChange(str(KINDS[kind]), "", "", "", parts=parts))
    return found


def shown_change(change: Change, *, everything: bool = False) -> ShownChange:
    """Return a change for a page, with its parts; statements and activities only where they changed."""
    texts = reworded_texts(change)
    if change.result in (Result.NEW, Result.GONE):
        words = [(name, words) for name, words in change.item.texts if words.strip() and name != NAME]
        texts = [ShownText(FIELDS[name], text) for name, text in words]
    return ShownChange(
        heading=heading(change.item),
        code=change.code,
        result=change.result.value,
        word=RESULTS[change.result],
        moved_from=change.moved_from,
        texts=texts,
        parts=_parts(change.parts, everything=everything),
    )


def reworded_texts(change: Change) -> list[ShownText]:
    """Return the texts of an item that were reworded, with their marks."""
    return [ShownText(FIELDS[text.field], marked_html(text.marks)) for text in change.texts]


def _parts(changes: Iterable[Change], *, everything: bool) -> list[ShownChange]:
    return [
        shown_change(change, everything=everything)
        for change in changes
        if change.is_touched or (everything and change.item.kind not in _ONE)
    ]


def heading(item: Item) -> str:
    """Return what a page calls an item."""
    if item.kind is Kind.CELL:
        level = _("Level %(number)s") % {"number": item.place}
        return f"{level}: {item.name}" if item.name else level
    return str(_ONE[item.kind]) if item.kind in _ONE else item.name


def marked_html(segments: Iterable[Segment]) -> SafeString:
    """Return a text with `ins` and `del` marks, which a screen reader hears as words."""
    return format_html_join("", "{}", ((_marked(mark, words),) for mark, words in printed(list(segments))))


def _marked(mark: Mark, words: str) -> SafeString | str:
    inner = words.strip()
    if mark is Mark.SAME or not inner:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    if mark is Mark.REMOVED:
        return format_html(
            '{}<del><span class="vh">{} </span>{}<span class="vh">)</span></del>{}',
            before,
            _("(removed:"),
            inner,
            after,
        )
    return format_html(
        '{}<ins><span class="vh">{} </span>{}<span class="vh">)</span></ins>{}', before, _("(added:"), inner, after
    )
