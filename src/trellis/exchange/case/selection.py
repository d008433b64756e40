"""What a reader may ask of the list of documents: which, in what order, which fields, and from where to where."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from trellis.exchange.case.model import Document

PAGE = 100
_CONDITION = re.compile(r"\s*([A-Za-z]+)\s*(!=|>=|<=|=|>|<|~)\s*'((?:[^']|'')*)'\s*")
_JOIN = re.compile(r"(AND|OR)\b", re.IGNORECASE)
_REQUIRED = {name for name, field in Document.model_fields.items() if field.is_required()}
_ASKABLE = {name for name, field in Document.model_fields.items() if field.annotation in (str, str | None)} | {
    "identifier", "uri", "lastChangeDateTime", "caseVersion", "statusStartDate", "statusEndDate", "officialSourceURL",
}  # fmt: skip
_HOLDS: dict[str, Callable[[str, str], bool]] = {
    "=": eq,
    "!=": ne,
    ">": gt,
    ">=": ge,
    "<": lt,
    "<=": le,
    "~": lambda have, want: want in have,
}


class SelectionError(ValueError):
    """A question that cannot be answered: the field it is about, and the standard's word for what is wrong."""

    def __init__(self, field: str, code: str, message: str) -> None:
        super().__init__(message)
        self.field, self.code = field, code


@dataclass(frozen=True, slots=True)
class Page:
    """A page of documents as plain data: how many there are in all, and the page's place among them."""

    documents: list[dict[str, Any]]
    total: int
    limit: int
    offset: int


def select(documents: Sequence[Document], asked: Mapping[str, str]) -> Page:
    """Return the page that a query string asks for; raises SelectionError.

    An unknown `sort` is the usual order and unknown `fields` are all of them, as the standard says. What the standard
    requires of a document is always there.
    """
    limit = _whole(asked, "limit", PAGE, least=1)
    offset = _whole(asked, "offset", 0, least=0)
    rows = [document.model_dump(exclude_none=True) for document in documents]
    if "filter" in asked:
        rows = _filtered(rows, asked["filter"])
    rows = _sorted(rows, asked)
    wanted = _fields(asked)
    page = rows[offset : offset + limit]
    if wanted:
        page = [{name: value for name, value in row.items() if name in wanted} for row in page]
    return Page(page, len(rows), limit, offset)


def _whole(asked: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    given = asked.get(name)
    if given is None:
        return default
    if not re.fullmatch(r"\d{1,9}", given) or int(given) < least:
        raise SelectionError(name, "invalid_selection_field", f"{name} must be a whole number from {least}")
    return int(given)


def _fields(asked: Mapping[str, str]) -> set[str]:
    if "fields" not in asked:
        return set()
    names = {name.strip() for name in asked["fields"].split(",")} - {""}
    if not names:
        raise SelectionError("fields", "invalid_selection_field", "fields is blank")
    known = names & set(Document.model_fields)
    return known | _REQUIRED if known else set()


def _sorted(rows: list[dict[str, Any]], asked: Mapping[str, str]) -> list[dict[str, Any]]:
    order = asked.get("orderBy", "asc")
    if order not in ("asc", "desc"):
        raise SelectionError("orderBy", "invalid_sort_field", "orderBy is asc or desc")
    name = asked.get("sort", "")
    if name not in _ASKABLE:
        return rows
    return sorted(rows, key=lambda row: str(row.get(name, "")).casefold(), reverse=order == "desc")


def _filtered(rows: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Keep the rows for which one condition holds, or two joined by AND or OR; capitals make no difference."""
    refused = SelectionError(
        "filter", "invalid_selection_field", "filter is like title='Name', or two joined by AND/OR"
    )
    first = _CONDITION.match(text)
    if first is None:
        raise refused
    conditions, rest, join = [first], text[first.end() :], ""
    if rest:
        joint = _JOIN.match(rest)
        second = _CONDITION.fullmatch(rest[joint.end() :]) if joint else None
        if joint is None or second is None:
            raise refused
        join = joint[1].upper()
        conditions.append(second)
    for condition in conditions:
        if condition[1] not in _ASKABLE:
            raise SelectionError("filter", "invalid_selection_field", f"documents cannot be filtered by {condition[1]}")
    every = all if join == "AND" else any
    return [row for row in rows if every(_holds(row, *condition.groups()) for condition in conditions)]


def _holds(row: Mapping[str, Any], name: str, operator: str, value: str) -> bool:
    have, want = str(row.get(name, "")).casefold(), value.replace("''", "'").casefold()
    return _HOLDS[operator](have, want)
