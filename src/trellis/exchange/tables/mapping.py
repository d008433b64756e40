"""Which column of a table means what: guessed from what heads it, in English or Spanish, and changed by a person."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override
from rapidfuzz import fuzz

from trellis.core.sheets.neutral import restored
from trellis.exchange.tables.place import Place, TableError
from trellis.exchange.tables.row import FAULTS, Row

# rapidfuzz's ratio, 0 to 100: "Sesion" for "session" has 92, "Seat" for "seats" 89, "Note" for "date" 50.
_LIKELY = 86.0
_HEADER_WITHIN = 12
_NOT_WORD = re.compile(r"[\W_]+")
_SPACES = re.compile(r"[^\S\n]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that an import knows: its key, what our own files call it, and what other people call it."""

    key: str
    label: str | Promise
    names: tuple[str, ...]
    hint: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The row of a sheet that heads its columns; `of` gives the place, from 0, of each column that is understood.

    `twins` holds headings that stand over more than one column, so that nobody can know which is meant. Rows may be
    the events of a calendar, which are counted in the same way.
    """

    row: Row
    of: Mapping[str, int] = field(default_factory=dict)
    twins: tuple[str, ...] = ()
    of_events: bool = False

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return self.row.sheet

    def heading(self, place: int) -> str:
        """Return what stands over a column."""
        return clean(self.row.cells[place]) if place < len(self.row.cells) else ""

    def unused(self) -> list[tuple[int, str]]:
        """Return the columns that mean nothing here, each with its place and heading."""
        used = set(self.of.values())
        return [(place, clean(text)) for place, text in enumerate(self.row.cells) if place not in used and text.strip()]


@dataclass(frozen=True, slots=True)
class Record:
    """A row under its header: texts by the keys of columns, and the place of each for who has to complain."""

    file: str
    header: Header
    row: Row

    def has(self, key: str) -> bool:
        """Say whether there is such a column in the sheet at all."""
        return key in self.header.of

    def text(self, key: str) -> str:
        """Return what stands in a column, clean; empty where the sheet has no such column.

        Raises TableError for a cell that has no text to go by.
        """
        place = self.header.of.get(key)
        if place is None:
            return ""
        fault = self.row.faults.get(place)
        if fault is not None:
            raise TableError(str(FAULTS[fault]), self.place(key))
        return clean(self.row.cells[place]) if place < len(self.row.cells) else ""

    def place(self, key: str = "") -> Place:
        """Return where a column of this row is, or the row."""
        column = self.header.of.get(key)
        place = Place(self.file, self.row.sheet, self.row.number, is_event=self.header.of_events)
        return place if column is None else place.at(column + 1, self.header.heading(column))


def clean(text: str) -> str:
    """Return a cell's text as a person meant it: composed, without what cannot be seen, lines trimmed."""
    text = _CONTROLS.sub("", unicodedata.normalize("NFC", restored(text)).replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def find_header(rows: Iterable[Row], columns: Sequence[Column]) -> Header | None:
    """Return the header among the first rows of a sheet: where most columns are understood; None when there is no row.

    Titles above a table are passed over that way. Where nothing is understood it is the first row.
    """
    found: Header | None = None
    for row, _place in zip(rows, range(_HEADER_WITHIN), strict=False):
        header = guess(row, columns)
        if found is None or len(header.of) + len(header.twins) > len(found.of) + len(found.twins):
            found = header
    return found


def guess(row: Row, columns: Sequence[Column]) -> Header:
    """Understand a header: the same words first, then the likest; each column has one meaning, and no two the same."""
    headings = {place: plain(text) for place, text in enumerate(row.cells) if plain(text)}
    known = [(order, column.key, _names(column)) for order, column in enumerate(columns)]
    scored = sorted(
        (-_likeness(heading, names), order, place, key)
        for place, heading in headings.items()
        for order, key, names in known
    )
    of: dict[str, int] = {}
    twins: list[str] = []
    for score, _order, place, key in scored:
        if -score < _LIKELY:
            break
        if key in of:
            if headings[place] == headings[of[key]]:
                twins.append(clean(row.cells[place]))
        elif place not in of.values():
            of[key] = place
    doubled = {plain(twin) for twin in twins}
    kept = {key: place for key, place in of.items() if headings[place] not in doubled}
    return Header(row, kept, tuple(dict.fromkeys(twins)))


def refuse_twins(header: Header, file: str) -> None:
    """Raise TableError when a heading stands over two columns."""
    for twin in header.twins:
        places = [place for place, text in enumerate(header.row.cells) if plain(text) == plain(twin)]
        reason = _("two columns are called “%(name)s”. Rename or remove one of them.") % {"name": twin}
        raise TableError(reason, Place(file, header.sheet, header.row.number, places[-1] + 1))


def plain(text: str) -> str:
    """Return a text without accents, capitals, punctuation and doubled spaces, to compare with others."""
    bare = text.lower()
    if not bare.isascii():
        bare = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return " ".join(_NOT_WORD.sub(" ", bare).split())[:120]


def in_every_language(label: str | Promise) -> frozenset[str]:
    """Return how a label reads in each language of the site: a file may have been written for another reader."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.add(str(label))
    return frozenset(found)


def _names(column: Column) -> frozenset[str]:
    return frozenset(map(plain, (*in_every_language(column.label), column.key, *column.names)))


def _likeness(heading: str, names: frozenset[str]) -> float:
    if heading in names:
        return 100.0
    return min(99.0, max(fuzz.ratio(heading, name, score_cutoff=_LIKELY) for name in names))
