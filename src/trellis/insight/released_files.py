"""Rows of released cells as files: a table to read, CSV, JSON, and Parquet for other tools."""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from trellis.core.sheets.writer import Value, as_text, csv_pieces

Rows = Sequence[Sequence[Value]]
_SIGNS = {"at least": "≥", "at most": "≤"}
_WHOLE = frozenset({"n", "level", "sessions", "seats", "unlimited"})
_NUMBER = frozenset(
    {"level1", "level2", "level3", "mean", "change", "gap", "ready", "nearly", "ending", "plus_minus", "difference"}
)


def as_table(header: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """Yield lines with columns below each other, ends before their numbers, and no column that is empty throughout."""
    names = [name for name in header if not name.endswith("_end")]
    lines = [names, *([_text(name, dict(zip(header, row, strict=True))) for name in names] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    kept = [place for place in range(len(names)) if any(line[place] for line in lines[1:])]
    for line in lines:
        yield ("  ".join(line[place].ljust(widths[place]) for place in kept).rstrip() + "\n").encode()


def _text(name: str, row: Mapping[str, Value]) -> str:
    return _SIGNS.get(str(row.get(f"{name}_end", "")), "") + as_text(row[name])


def as_csv(header: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """Yield a CSV file in which nothing can become a formula."""
    yield from csv_pieces(header, rows)


def as_json(header: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """Yield a JSON list of one object a row; hidden figures are null, and `hidden` says why."""
    found = [{name: _plain(value) for name, value in zip(header, row, strict=True)} for row in rows]
    yield (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def as_parquet(header: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """Yield a Parquet file: whole numbers, numbers and texts, each column with one type."""
    columns = list(zip(*rows, strict=True)) or [()] * len(header)
    table = pa.table(
        {name: _column(name, column) for name, column in zip(header, columns, strict=True)},
    )
    file = io.BytesIO()
    pq.write_table(table, file)
    yield file.getvalue()


FORMATS: dict[str, Callable[[Sequence[str], Rows], Iterator[bytes]]] = {
    "table": as_table,
    "csv": as_csv,
    "json": as_json,
    "parquet": as_parquet,
}


def _column(name: str, values: Iterable[Value]) -> pa.Array:
    if name in _WHOLE:
        return pa.array(values, pa.int64())
    if name in _NUMBER:
        return pa.array([None if value is None else float(str(value)) for value in values], pa.float64())
    return pa.array([as_text(value) if value is not None else None for value in values], pa.string())


def _plain(value: Value) -> str | int | float | bool | None:
    if isinstance(value, Decimal):
        return float(value)
    return value if value is None or isinstance(value, str | int | bool) else as_text(value)
