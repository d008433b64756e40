"""How large a table may be: everything above is refused with a word, and nothing is read to the end to find out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The most of everything; memory is bounded by one line and one row, so that `size` and `rows` may be large.

    `size` and `line` are in bytes and characters of the file, `cell` in characters: what Excel itself can hold.
    """

    size: int = 20 * 1024 * 1024
    rows: int = 100_000
    columns: int = 200
    line: int = 1024 * 1024
    cell: int = 32_767
