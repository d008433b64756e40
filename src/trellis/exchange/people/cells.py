"""Cleans whole columns at once: cells that are as they should be cost next to nothing, the others are mended singly."""

import re
from collections.abc import Sequence

from trellis.exchange.tables.mapping import clean
from trellis.exchange.tables.tidy import is_tidy

_BAR = "|"
# What people write where they have nothing to say.
_NOTHING = frozenset(("-", "–", "—", ".", "n/a", "N/A", "na", "NA", "none", "None", "NONE", "null", "NULL", "#N/A"))
_ONE = r"[^\s@,;:<>()\[\]\"|\\]{1,64}@[^\s@,;:<>()\[\]\"|\\]+\.[^\s@.,;:<>()\[\]\"|\\]{2,}"
_EMAIL = re.compile(_ONE)
_EMAILS = re.compile(rf"(?>(?:{_ONE})?\|)*")


def clean_column(cells: Sequence[str], *, is_clean: bool = False) -> Sequence[str]:
    """Return the cells composed, trimmed, on one line, without what cannot be seen or says nothing.

    `is_clean` says that somebody has found that out for the whole table, but for what says nothing.
    """
    if not (is_clean or _is_clean(cells)):
        cells = [cell if _is_clean_cell(cell) else " ".join(clean(cell).split()) for cell in cells]
    if not _NOTHING.isdisjoint(cells):
        cells = ["" if cell in _NOTHING else cell for cell in cells]
    return cells


def lower_column(cells: Sequence[str]) -> list[str]:
    """Return the cells in small letters."""
    return list(map(str.lower, cells))


def not_emails(cells: Sequence[str]) -> list[int]:
    """Return the places (from 0) of cells that are no e-mail addresses; an empty cell is none that is wrong."""
    if _EMAILS.fullmatch(_BAR.join(cells) + _BAR):
        return []
    fits = _EMAIL.fullmatch
    return [place for place, cell in enumerate(cells) if cell and fits(cell) is None]


def longer_than(cells: Sequence[str], most: int) -> list[int]:
    """Return the places (from 0) of cells with more characters."""
    if max(map(len, cells), default=0) <= most:
        return []
    return [place for place, cell in enumerate(cells) if len(cell) > most]


def split_name(name: str) -> tuple[str, str]:
    """Return given and family name of "Rivera, Ana" or "Ana Rivera"; a single word is the family name."""
    family, comma, given = name.partition(",")
    if not comma:
        given, _space, family = name.rpartition(" ")
    return given.strip(), family.strip()


def _is_clean(cells: Sequence[str]) -> bool:
    """Say whether no cell needs anything, by looking at all of them as one text."""
    text = _BAR.join(cells)
    return text.count(_BAR) == len(cells) - 1 and is_tidy(text, _BAR)


def _is_clean_cell(cell: str) -> bool:
    return (
        cell.isascii() and cell.isprintable() and "  " not in cell and cell[:1] not in (" ", "'") and cell[-1:] != " "
    )
