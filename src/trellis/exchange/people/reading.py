"""Reads a list of members into its stage: once through the file, column by column, in little memory."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.exchange.people.cells import clean_column, longer_than, lower_column, not_emails, split_name
from trellis.exchange.people.columns import BY_KEY, COLUMNS, NAMING
from trellis.exchange.people.fates import Problem
from trellis.exchange.people.stage import ROW_COLUMNS, Stage
from trellis.exchange.people.wordlist import TooManyWordsError, Wordlist
from trellis.exchange.tables.batches import Batch, BatchedTable, open_batches
from trellis.exchange.tables.limits import Limits
from trellis.exchange.tables.mapping import Header, find_header, refuse_twins
from trellis.exchange.tables.place import Place, TableError

LIMITS = Limits(size=2 * 1024 * 1024 * 1024, rows=3_000_000, columns=200)
LONGEST = {"number": 40, "given": 80, "family": 80, "email": 254, "occupation": 80, "worksite": 200, "local": 200}
_WORDS = ("place", "since", "status", "language")
_IN_WORDS = frozenset(("worksite", "local", *_WORDS[1:]))
_STRIDE = 1_000_000  # more than any word list holds
_EXAMPLES = 3
Watch = Callable[[str, int, int], None]


def unwatched(what: str, done: int, of: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file was read: its header, examples of its first rows, what a person should know, how many rows."""

    header: Header
    examples: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    rows: int


@dataclass(slots=True)
class _Lists:
    """What is collected on the way: word lists, and a fingerprint of each row's number and e-mail, to find twins."""

    words: dict[str, Wordlist] = field(
        default_factory=lambda: {
            kind: Wordlist(place * _STRIDE + 1, _clean_pairs if kind == "place" else clean_column)
            for place, kind in enumerate(_WORDS)
        }
    )
    lines: list[Any] = field(default_factory=list)
    prints: dict[str, list[Any]] = field(default_factory=lambda: {"number": [], "email": []})


def look_at(path: Path, name: str, chosen: Mapping[str, int] | None = None) -> Reading:
    """Return how a file would be read, from its first rows; raises TableError."""
    with open_batches(path, name, LIMITS) as table:
        header, first = _header(table, next(table.batches, None), chosen)
        return Reading(header, _examples(first), tuple(table.notes), len(first.numbers))


def read_into(
    stage: Stage, path: Path, name: str, chosen: Mapping[str, int] | None = None, watch: Watch = unwatched
) -> Reading:
    """Fill a stage from a file; `chosen` says which column (from 0) is which, otherwise it is guessed.

    Raises TableError, with row and column, for a file that cannot be read as a whole; the stage is empty then. A row
    that cannot be used is staged with its problem.
    """
    lists = _Lists()
    with open_batches(path, name, LIMITS) as table:
        header, first = _header(table, next(table.batches, None), chosen)
        of = check_columns(header, name)
        watch(_("Reading"), 0, table.size)
        try:
            with stage.filling() as write:
                count = 0
                for batch in _of_sheet(header, first, table):
                    columns = _columns(batch, of, len(header.row.cells), Place(name, batch.sheet), lists)
                    write(columns)
                    count += len(columns[0])
                    watch(_("Reading"), batch.read, table.size)
            if not count:
                raise TableError(_("there is no row below the header."), Place(name, header.sheet))
        except TableError:
            stage.drop()
            raise
    _store_words(stage, lists)
    return Reading(header, _examples(first), tuple(table.notes), count)


def check_columns(header: Header, name: str) -> Mapping[str, int]:
    """Return which column is which; raises TableError for a heading that stands twice, and where none names people."""
    refuse_twins(header, name)
    if NAMING.isdisjoint(header.of):
        reason = _("no column holds the names of people. Call it “%(given)s”, “%(family)s” or “%(name)s”.")
        labels = {key: str(BY_KEY[key].label) for key in NAMING}
        raise TableError(reason % labels, Place(name, header.sheet, header.row.number))
    return header.of


def _header(table: BatchedTable, first: Batch | None, chosen: Mapping[str, int] | None) -> tuple[Header, Batch]:
    """Return the header and the rows of its batch below it."""
    if first is None:
        raise TableError(_("there is no row below the header."), Place(table.name))
    header = find_header(first.head(12), COLUMNS)
    if header is None:
        raise TableError(_("there is no row below the header."), Place(table.name))
    if chosen is not None:
        header = replace(header, of=dict(chosen), twins=())
    below = sum(number <= header.row.number for number in first.numbers)
    return header, first.from_place(below)


def _of_sheet(header: Header, first: Batch, table: BatchedTable) -> Iterator[Batch]:
    """Yield the batches of the header's sheet; that others are left out is said."""
    others = set[str]()
    for batch in chain([first], table.batches):
        if batch.sheet == header.sheet:
            yield batch
        elif batch.sheet not in others:
            others.add(batch.sheet)
            table.notes.append(_("Only the first sheet is read; “%(name)s” was left out.") % {"name": batch.sheet})


def _examples(batch: Batch) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(clean_column(list(row))) for row in batch.rows[:_EXAMPLES])


def _columns(batch: Batch, of: Mapping[str, int], width: int, at: Place, lists: _Lists) -> list[Sequence[Any]]:
    """Return the columns of a batch as the stage keeps them; raises TableError for one that cannot be so."""
    count = len(batch.numbers)
    if not count:
        return [()] * len(ROW_COLUMNS)
    cells = batch.columns
    empty: Sequence[str] = [""] * count
    raw = {key: cells[place] if place < len(cells) else empty for key, place in of.items()}
    raw |= {key: empty for key in BY_KEY if key not in of}
    said = {key: clean_column(column, is_clean=batch.is_clean) for key, column in raw.items() if key not in _IN_WORDS}
    said["email"] = lower_column(said["email"])
    if "name" in of:
        said["given"], said["family"] = _split(said)
    problems, columns = [0] * count, [""] * count
    for place, key, problem in _troubles(batch, raw | said, of, width):
        problems[place], columns[place] = problem, key
    words: dict[str, Sequence[Hashable]] = {"place": list(zip(raw["local"], raw["worksite"], strict=True))}
    words |= {kind: raw[kind] for kind in _WORDS[1:]}
    numbered = {}
    for kind in _WORDS:
        try:
            numbered[kind] = lists.words[kind].numbers(words[kind])
        except TooManyWordsError as error:
            key = "worksite" if kind == "place" and "worksite" in of else "local" if kind == "place" else kind
            reason = _("this column has too many different texts to be “%(name)s”.")
            raise TableError(
                reason % {"name": BY_KEY[key].label}, replace(at, row=batch.numbers[0]).at(of[key] + 1)
            ) from error
    lists.lines.append(np.fromiter(batch.numbers, dtype=np.int32, count=count))
    for key, prints in lists.prints.items():
        prints.append(np.fromiter(map(hash, said[key]), dtype=np.int64, count=count))
    return [
        batch.numbers, said["number"], said["given"], said["family"], said["email"], said["occupation"],
        numbered["place"], numbered["since"], numbered["status"], numbered["language"], problems, columns,
    ]  # fmt: skip


def _clean_pairs(pairs: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    return list(zip(*(clean_column(column) for column in zip(*pairs, strict=True)), strict=True))


def _split(said: Mapping[str, Sequence[str]]) -> tuple[list[str], list[str]]:
    """Return given and family names, taken from the whole name where they do not stand by themselves."""
    given, family = list(said["given"]), list(said["family"])
    for place, name in enumerate(said["name"]):
        if name and not (given[place] or family[place]):
            given[place], family[place] = split_name(name)
    return given, family


def _troubles(
    batch: Batch, said: Mapping[str, Sequence[str]], of: Mapping[str, int], width: int
) -> Iterator[tuple[int, str, int]]:
    """Yield what is wrong in single rows: place in the batch, key of the column, problem; the gravest comes last."""
    yield from _wrong_cells(said, of)
    keys = {place: key for key, place in of.items()}
    for place, faults in batch.faults.items():
        for column in faults.keys() & keys.keys():
            yield place, keys[column], Problem.FAULT
    if len(batch.columns) > width:
        for place, row in enumerate(batch.rows):
            if any(cell.strip() for cell in row[width:]):
                yield place, "", Problem.TOO_WIDE


def _wrong_cells(said: Mapping[str, Sequence[str]], of: Mapping[str, int]) -> Iterator[tuple[int, str, int]]:
    for place in not_emails(said["email"]):
        yield place, "email", Problem.BAD_EMAIL
    for key, most in LONGEST.items():
        for place in longer_than(said[key], most):
            if longer_than(clean_column([said[key][place]]), most):  # a place is cleaned only where it is new
                yield place, key, Problem.TOO_LONG
    if "" in said["given"] and "" in said["family"]:
        for place, names in enumerate(zip(said["given"], said["family"], strict=True)):
            if not any(names):
                yield place, next(key for key in ("family", "given", "name") if key in of), Problem.NO_NAME


def _store_words(stage: Stage, lists: _Lists) -> None:
    with stage.open() as tables, transaction.atomic():  # by itself, each row would be a transaction
        for kind, words in lists.words.items():
            rows = [
                (number, kind, *((text, "") if isinstance(text, str) else (text[1], text[0])), "")
                for text, number in words
            ]
            tables.many("INSERT INTO $words (id, kind, text, more, value) SELECT * FROM $many", rows)
        lines = np.concatenate(lists.lines)
        for key, prints in lists.prints.items():
            tables.many(
                "INSERT INTO $twins (line, kind, other) SELECT * FROM $many",
                [(line, key, other) for line, other in _twins(lines, np.concatenate(prints), hash(""))],
            )


def _twins(lines: Any, prints: Any, nothing: int) -> Iterator[tuple[int, int]]:
    """Yield the lines whose text stands in others too, each with the first of those; `nothing` is no text at all."""
    ordered = np.sort(prints)
    if not ((ordered[1:] == ordered[:-1]) & (ordered[1:] != nothing)).any():
        return  # in a list as it should be there is none, and an order of lines is four times as dear
    order = np.lexsort((lines, prints))
    ordered = prints[order]
    same = (ordered[1:] == ordered[:-1]) & (ordered[1:] != nothing)
    first = 0
    for place in np.flatnonzero(same):
        if place == 0 or not same[place - 1]:
            first = int(lines[order[place]])
            yield first, int(lines[order[place + 1]])
        yield int(lines[order[place + 1]]), first
