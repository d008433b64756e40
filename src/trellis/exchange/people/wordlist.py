"""Keeps each different text of a column once: a list of a million people names a few thousand places and days."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

# Of a column of places or days nobody has more; a column of names taken for one is found out early.
MOST_WORDS = 250_000


class TooManyWordsError(Exception):
    """A column has so many different texts that it cannot be what it was taken for."""


class Wordlist:
    """Numbers the different texts of one column from `first` on; they may be pairs."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._numbers: dict[Hashable, int] = {}

    def numbers(self, cells: Sequence[Hashable]) -> list[int]:
        """Return the number of each cell; raises TooManyWordsError."""
        known = self._numbers
        try:
            return list(map(known.__getitem__, cells))
        except KeyError:
            for cell in dict.fromkeys(cells):
                known.setdefault(cell, self._first + len(known))
        if len(known) > MOST_WORDS:
            raise TooManyWordsError
        return list(map(known.__getitem__, cells))

    def __iter__(self) -> Iterator[tuple[Any, int]]:
        return iter(self._numbers.items())
