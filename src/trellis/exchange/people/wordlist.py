"""Keeps each different text of a column once: a list of a million people names a few thousand places and days."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

# Of a column of places or days nobody has more; a column of names taken for one is found out early.
MOST_WORDS = 250_000


class TooManyWordsError(Exception):
    """A column has so many different texts that it cannot be what it was taken for."""


class Wordlist:
    """Numbers the different texts of one column from `first` on; they may be pairs.

    Only what was not seen before is cleaned, so that a cell costs no more than being looked up.
    """

    def __init__(self, first: int, cleaned: Callable[[Sequence[Any]], Sequence[Any]]) -> None:
        self._first, self._cleaned = first, cleaned
        self._numbers: dict[Hashable, int] = {}
        self._words: dict[Hashable, int] = {}

    def numbers(self, cells: Sequence[Hashable]) -> list[int]:
        """Return the number of each cell; raises TooManyWordsError."""
        known = self._numbers
        try:
            return list(map(known.__getitem__, cells))
        except KeyError:
            new = [cell for cell in dict.fromkeys(cells) if cell not in known]
        for cell, word in zip(new, self._cleaned(new), strict=True):
            known[cell] = self._words.setdefault(word, self._first + len(self._words))
        if len(known) > MOST_WORDS:
            raise TooManyWordsError
        return list(map(known.__getitem__, cells))

    def __iter__(self) -> Iterator[tuple[Any, int]]:
        return iter(self._words.items())
