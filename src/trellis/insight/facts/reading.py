"""Reads rows of the database as Arrow tables: by ADBC from what is committed, or through Django's own connection."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any, Protocol

import adbc_driver_postgresql.dbapi
import adbc_driver_sqlite.dbapi
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
    """Open what reads fastest: ADBC, unless the rows are in memory or not committed yet, where only we can see them."""
    name = str(connection.settings_dict["NAME"])
    if connection.in_atomic_block or ":memory:" in name or "mode=memory" in name:
        yield _ByDjango()
    elif connection.vendor == "postgresql":
        connection.ensure_connection()
        wanted = ("dbname", "user", "password", "host", "port")
        given = {key: value for key, value in connection.get_connection_params().items() if key in wanted}
        with closing(adbc_driver_postgresql.dbapi.connect(make_conninfo(**given), autocommit=False)) as opened:
            with opened.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield _ByArrow(opened, "$")
    else:
        # Read only, so that this library never has to tidy the log of another version of SQLite.
        with closing(adbc_driver_sqlite.dbapi.connect(f"file:{name}?mode=ro", autocommit=False)) as opened:
            yield _ByArrow(opened, "?")


class _ByArrow:
    def __init__(self, opened: Any, mark: str) -> None:
        self._opened, self._mark = opened, mark

    def batches(self, rows: "QuerySet[Any, Any]", schema: pa.Schema) -> Iterator[pa.Table]:
        sql, given = _compiled(rows)
        parts = sql.split("%s")
        marks = ["?" if self._mark == "?" else f"${number}" for number in range(1, len(parts))]
        asked = "".join(part + mark for part, mark in zip(parts, [*marks, ""], strict=True)).replace("%%", "%")
        with self._opened.cursor() as cursor:
            cursor.execute(asked, given or None)
            for batch in cursor.fetch_record_batch():
                yield pa.table(batch.columns, names=schema.names).cast(schema)


class _ByDjango:
    def batches(self, rows: "QuerySet[Any, Any]", schema: pa.Schema) -> Iterator[pa.Table]:
        sql, given = _compiled(rows)
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            while found := cursor.fetchmany(_FETCHED):
                columns = zip(*found, strict=True)
                arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
                yield pa.Table.from_arrays(arrays, schema=schema)


def _compiled(rows: "QuerySet[Any, Any]") -> tuple[str, Sequence[Any]]:
    sql, given = rows.query.get_compiler(connection=connection).as_sql()
    return sql, given


def day_or(field: str, missing: int) -> Any:
    """Return the days of a date field, or another number where it is empty."""
    return Coalesce(Days(F(field)), missing)
