"""Reads a table of a page as rows, so that whoever sees it can take it along as a file.

Nothing is fetched a second time and nothing decided a second time: what is in the file is what was on the page.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from trellis.core.sheets.writer import Value

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_UNREAD = frozenset(("svg", "script", "style", "template"))
_LINES = frozenset(("li", "p", "div", "br", "dt", "dd", "h3", "h4"))
_WHOLE, _FRACTION = re.compile(r"-?\d{1,15}"), re.compile(r"-?\d{1,15}\.\d{1,10}")


@dataclass
class _Cell:
    span: int
    text: list[str] = field(default_factory=list)

    def words(self) -> str:
        lines = (" ".join(line.split()) for line in "".join(self.text).split("\n"))
        return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    """Reads the tables marked with `data-file` of one name; a caption, or a row of one wide cell, names a group."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.header: list[str] = []
        self.rows: list[tuple[str, list[str]]] = []
        self.is_found = False
        self._name = name
        self._unread = 0
        self._is_in_table = self._is_in_head = False
        self._group = ""
        self._row: list[_Cell] = []
        self._cell: _Cell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if self._unread or _is_for_the_eye(tag, said):
            self._unread += tag not in _VOID
        elif tag == "table" and said.get("data-file") == self._name:
            self.is_found = self._is_in_table = True
            self._group = ""
        elif self._is_in_table:
            self._begin(tag, said)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self._unread:
            self._unread -= 1
        elif self._is_in_table:
            self._end(tag)

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._unread:
            self._cell.text.append(data.replace("\n", " "))

    def _begin(self, tag: str, said: dict[str, str | None]) -> None:
        if tag in ("td", "th", "caption"):
            self._cell = _Cell(int(said.get("colspan") or 1))
        elif tag == "tr":
            self._row = []
        elif tag == "thead":
            self._is_in_head = True
        elif self._cell is not None:
            self._cell.text.append("\n" if tag in _LINES else " " if tag in ("small", "span") else "")

    def _end(self, tag: str) -> None:
        if tag == "table":
            self._is_in_table = False
        elif tag == "thead":
            self._is_in_head = False
        elif tag == "caption" and self._cell is not None:
            self._group, self._cell = self._cell.words(), None
        elif tag in ("td", "th") and self._cell is not None:
            self._row.append(self._cell)
            self._cell = None
        elif tag == "tr":
            self._end_row()
        elif self._cell is not None and tag in _LINES:
            self._cell.text.append("\n")

    def _end_row(self) -> None:
        texts = [text for cell in self._row for text in (cell.words(), *[""] * (cell.span - 1))]
        if self._is_in_head:
            self.header = self.header or [text.replace("\n", " ") for text in texts]
        elif len(self._row) == 1 and self._row[0].span > 1:
            self._group = texts[0]
        else:
            self.rows.append((self._group, texts))


def page_table(html: str, name: str) -> tuple[list[str], list[list[Value]]] | None:
    """Return the header and the rows of the tables of this name on a page, one below the other; None without any.

    Whole numbers and fractions become numbers; pictures, and what is hidden from readers of the screen, are left out.
    """
    reader = _Reader(name)
    reader.feed(html)
    reader.close()
    if not reader.is_found:
        return None
    header, rows = reader.header, [texts for _group, texts in reader.rows]
    if any(group for group, _texts in reader.rows):
        header = [_("Group"), *header]
        rows = [[group, *texts] for group, texts in reader.rows]
    width = max(map(len, [header, *rows]))
    whole = [line + [""] * (width - len(line)) for line in [header, *rows]]
    kept = [column for column in range(width) if any(line[column] for line in whole)]
    first, *others = ([line[column] for column in kept] for line in whole)
    return first, [[_value(text) for text in line] for line in others]


def _is_for_the_eye(tag: str, said: dict[str, str | None]) -> bool:
    """Say whether it belongs to the page and not to the table: pictures, buttons, and what a list could say instead."""
    is_hidden = said.get("aria-hidden") == "true" or "data-page-only" in said
    return is_hidden or tag in _UNREAD or (tag == "option" and "selected" not in said)


def _value(text: str) -> Value:
    if _WHOLE.fullmatch(text):
        return int(text)
    return Decimal(text) if _FRACTION.fullmatch(text) else text
