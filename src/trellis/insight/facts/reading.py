"""Reads rows of the database as Arrow tables, all of one moment, while the site goes on."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import adbc_driver_postgresql.dbapi
import numpy as np
import pyarrow as pa
from django.db import connection
from django.db.models import F, Func, IntegerField, QuerySet
from django.db.models.functions import Coalesce
from psycopg.conninfo import make_conninfo

_FETCHED = 50_000


class Days(Func):
    """The days from 1970 to a date, as a whole number; NULL for none."""

    arity = 1
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="CAST(julianday(%(expressions)s) - 2440587.5 AS INTEGER)", **context
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s - DATE '1970-01-01')", **context)


class Reader(Protocol):
    """Something that runs queries; all of its answers are of one moment."""

    def batches(self, rows: "QuerySet[Any, Any]", schema: pa.Schema) -> Iterator[pa.Table]:
        """Yield the rows of a `values_list` bit by bit, with the columns of the schema in their order."""
        ...


def whole(reader: Reader, rows: "QuerySet[Any, Any]", schema: pa.Schema) -> pa.Table:
    """Return all rows of a `values_list` at once."""
    return pa.concat_tables([schema.empty_table(), *reader.batches(rows, schema)])


def numbers(*names: str) -> pa.Schema:
    """Return a schema of whole numbers; a missing one must be given another in the query."""
    return pa.schema([pa.field(name, pa.int64()) for name in names])


@contextmanager
def reading() -> Iterator[Reader]:
    """Open a reader beside Django's connection; with it, where rows are in memory or not committed: others miss them.

    SQLite is read by the library that Django uses. A driver with one of its own would, on closing, drop the locks that
    this process holds on the file, and may cut its shared memory short under our feet.
    """
    name = str(connection.settings_dict["NAME"])
    if connection.in_atomic_block or ":memory:" in name or "mode=memory" in name:
        yield _ByRows(connection.cursor, "%s")
    elif connection.vendor == "postgresql":
        connection.ensure_connection()
        wanted = ("dbname", "user", "password", "host", "port")
        given = {key: value for key, value in connection.get_connection_params().items() if key in wanted}
        with closing(adbc_driver_postgresql.dbapi.connect(make_conninfo(**given), autocommit=False)) as opened:
            with opened.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield _ByArrow(opened)
    else:
        with closing(sqlite3.connect(Path(name).as_uri() + "?mode=ro", uri=True, isolation_level=None)) as beside:
            beside.execute("BEGIN")
            yield _ByRows(lambda: closing(beside.cursor()), "?")


class _ByArrow:
    def __init__(self, opened: Any) -> None:
        self._opened = opened

    def batches(self, rows: "QuerySet[Any, Any]", schema: pa.Schema) -> Iterator[pa.Table]:
        sql, given = _compiled(rows)
        with self._opened.cursor() as cursor:
            cursor.execute(_marked(sql, [f"${number}" for number in range(1, len(given) + 1)]), given or None)
            for batch in cursor.fetch_record_batch():
                yield pa.table(batch.columns, names=schema.names).cast(schema)


class _ByRows:
    """By a cursor of Python's own kind, which writes a parameter as `mark`."""

    def __init__(self, cursor: Callable[[], Any], mark: str) -> None:
        self._cursor, self._mark = cursor, mark

    def batches(self, rows: "QuerySet[Any, Any]", schema: pa.Schema) -> Iterator[pa.Table]:
        sql, given = _compiled(rows)
        with self._cursor() as cursor:
            cursor.execute(sql if self._mark == "%s" else _marked(sql, [self._mark] * len(given)), given)
            while found := cursor.fetchmany(_FETCHED):
                yield pa.Table.from_arrays(_columns(found, schema), schema=schema)


def _marked(sql: str, marks: Sequence[str]) -> str:
    """Return Django's SQL with other marks for its parameters."""
    return "".join(part + mark for part, mark in zip(sql.split("%s"), [*marks, ""], strict=True)).replace("%%", "%")


def _columns(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> list[pa.Array]:
    # Twice as fast as column by column, and most that is read is numbers.
    if all(kind == pa.int64() for kind in schema.types):
        return [pa.array(column) for column in np.array(rows, np.int64).T]
    return [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), schema.types, strict=True)]


def _compiled(rows: "QuerySet[Any, Any]") -> tuple[str, Sequence[Any]]:
    sql, given = rows.query.get_compiler(connection=connection).as_sql()
    return sql, given


def day_or(field: str, missing: int) -> Any:
    """Return the days of a date field, or another number where it is empty."""
    return Coalesce(Days(F(field)), missing)
