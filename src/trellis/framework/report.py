"""The plan of an import and the comparison of two editions as lines of text for a terminal."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from trellis.framework.diff import Change, Comparison, Result, TextChange
from trellis.framework.matching import By
from trellis.framework.outline import Item, Kind, Outline
from trellis.framework.plan import Fate, Plan, PlanLine
from trellis.framework.reader import Document
from trellis.framework.wordmarks import Mark, printed

_PLURAL = {Kind.ACTIVITY: "activities"}
_IN_FULL = (Kind.DOMAIN, Kind.THEME, Kind.GROUP, Kind.ATTRIBUTE)
_LONGEST_NAME = 90
ColumnT = TypeVar("ColumnT", bound=StrEnum)


def plural(kind: Kind, count: int) -> str:
    """Return how many of a kind there are, in words."""
    return f"{count} {kind}" if count == 1 else f"{count} {_PLURAL.get(kind, f'{kind}s')}"


def found_lines(path: str, document: Document, read: Outline) -> Iterator[str]:
    """Say which shape a document has, how much is in it, and what a person should look at."""
    counts = {kind: sum(item.kind is kind for item in read.walk()) for kind in Kind if kind is not Kind.LEVEL}
    holds = ", ".join(plural(kind, count) for kind, count in counts.items() if count)
    yield f"{path}: {document.shape} with {holds}."
    if document.warnings:
        yield f"{len(document.warnings)} warnings; nothing was guessed:" if len(document.warnings) > 1 else "1 warning:"
    for warning in document.warnings:
        yield f"  line {warning.line}: {warning.message}"


def plan_lines(plan: Plan, framework: str) -> Iterator[str]:
    """Say what an import would do: counts, then each domain and theme, and each cell that does not stay the same."""
    base = plan.comparison.before
    if not base.tops:
        yield f"Plan: {framework}, from this document alone."
    else:
        yield f"Plan: a draft edition of {framework}, based on {base.title}."
    if plan.is_partial:
        yield "The document holds a part of the framework; the rest is kept as it is in the base."
    yield from _table(plan.counts(), [fate for fate in Fate if fate is not Fate.KEPT or plan.is_partial])
    if plan.gains():
        yield f"{plan.gains()} official texts are new beside the plain words."
    theme: Fate | None = None
    for line in plan.lines():
        if line.kind is Kind.THEME:
            theme = line.fate
        # The cells of a new theme are new: that goes without saying.
        if line.kind is not Kind.CELL or line.fate is not theme:
            yield from _plan_item(line, plan)
    doubts = plan.doubts()
    if doubts:
        yield "Please check, these were recognised by likeness:"
    yield from map(_doubt, doubts)


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Say what became of every item that changed; removed words stand in [-...-], added ones in {+...+}."""
    yield f"{comparison.before.title} -> {comparison.after.title}"
    yield from _table(comparison.counts(), list(Result))
    for change in comparison.changes:
        yield from _change_lines(change, 0)


def _table(counts: Mapping[Kind, Mapping[ColumnT, int]], columns: list[ColumnT]) -> Iterator[str]:
    yield "  " + "".ljust(12) + "".join(column.rjust(len(column) + 3) for column in columns)
    for kind, row in counts.items():
        figures = "".join(str(row[column]).rjust(len(column) + 3) for column in columns)
        yield "  " + _PLURAL.get(kind, f"{kind}s").ljust(12) + figures


def _plan_item(line: PlanLine, plan: Plan) -> Iterator[str]:
    if line.fate is Fate.SAME and line.kind not in _IN_FULL:
        return
    if line.fate is Fate.KEPT and line.kind not in (Kind.DOMAIN, Kind.GROUP):
        return
    indent = "" if line.kind in (Kind.DOMAIN, Kind.GROUP) else "  "
    at = f" (line {line.line})" if line.line else ""
    name = _short(line.name) if line.kind is not Kind.CELL else ""
    left_out = line.fate is Fate.MISSING and plan.drops_missing
    fate = "missing, left out" if left_out else "missing, kept" if line.fate is Fate.MISSING else str(line.fate)
    yield f"  {indent}{fate}: {line.code} {name}".rstrip() + at
    yield from _texts(line.change, f"      {indent}")


def _doubt(line: PlanLine) -> str:
    pair = line.change.pair
    if pair is None:
        return ""
    at = f"line {line.line}: " if line.line else ""
    alike = "the same name" if pair.by is By.NAME else f"{pair.score:.0f} % alike"
    if pair.by is By.WORDS:
        alike = f"renamed, its words are {alike}"
    rival = f'; "{_short(pair.rival)}" fits about as well' if pair.rival else ""
    return f'  {at}"{_short(line.name)}" is taken for {line.code} "{_short(pair.before.name)}" ({alike}{rival})'


def _change_lines(change: Change, depth: int) -> Iterator[str]:
    if not change.is_touched:
        return
    indent = "  " * depth
    moved = f" (from {_short(change.moved_from)})" if change.moved_from else ""
    yield f"{indent}{change.result}: {_label(change)}{moved}"
    yield from _texts(change, indent + "    ")
    if change.result in (Result.NEW, Result.GONE):
        counts = {kind: sum(part.item.kind is kind for part in change.walk()) for kind in Kind}
        counts[change.item.kind] -= 1
        inside = ", ".join(plural(kind, count) for kind, count in counts.items() if count)
        if inside:
            yield f"{indent}    with {inside}"
        return
    for part in change.parts:
        yield from _change_lines(part, depth + 1)


def _texts(change: Change, indent: str) -> Iterator[str]:
    for text in change.texts:
        yield f"{indent}{text.field}: {marked_words(text)}"


def marked_words(text: TextChange) -> str:
    """Return a reworded text in one line, as `git diff --word-diff` prints it."""
    pieces = []
    for mark, words in printed(text.marks):
        blank = words[len(words.rstrip()) :]
        inner = words[: len(words) - len(blank)]
        if mark is Mark.REMOVED:
            inner = f"[-{inner}-]"
        elif mark is Mark.ADDED:
            inner = f"{{+{inner}+}}"
        pieces.append(inner + blank)
    return "".join(pieces)


def _label(change: Change) -> str:
    item: Item = change.item
    name = f"level {item.place}" if item.kind is Kind.CELL else f'"{_short(item.name)}"'
    return " ".join(filter(None, (item.kind, change.code, name)))


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"
