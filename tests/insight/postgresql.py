"""Copies the tables of a snapshot into PostgreSQL, so that the same questions can be asked there."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import ibis
import psycopg
import pyarrow as pa

from trellis.insight.engine import Tables
from trellis.insight.facts import layout

_SCHEMA = "insight_questions"
_KINDS = {"int8": "smallint", "int16": "smallint", "int32": "integer", "int64": "bigint"}


@contextmanager
def copied(source: Tables, database: Mapping[str, Any]) -> Iterator[Tables]:
    """Copy everything into a schema of its own and yield it; the schema goes away again."""
    where = {
        "host": database["HOST"], "port": database["PORT"], "user": database["USER"], "password": database["PASSWORD"],
    }  # fmt: skip
    with psycopg.connect(dbname=database["NAME"], autocommit=True, **where) as writing:
        writing.execute(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE; CREATE SCHEMA {_SCHEMA}")
        try:
            for name in (*layout.BY_STATE, *layout.BY_WAVE):
                _copy(writing, name, source.run(f"SELECT * FROM {name}"))
            connection = ibis.postgres.connect(database=database["NAME"], schema=_SCHEMA, **where)
            tables = {name: connection.table(name) for name in (*layout.BY_STATE, *layout.BY_WAVE)}
            yield Tables(connection, tables, lambda sql: _run(connection.con, sql))
            connection.disconnect()
        finally:
            writing.execute(f"DROP SCHEMA {_SCHEMA} CASCADE")


def _copy(writing: Any, name: str, content: pa.Table) -> None:
    columns = ", ".join(f'"{one.name}" {_KINDS.get(str(one.type), "text")}' for one in content.schema)
    writing.execute(f'CREATE TABLE {_SCHEMA}."{name}" ({columns})')
    with writing.cursor().copy(f'COPY {_SCHEMA}."{name}" FROM STDIN') as rows:
        for row in zip(*(content.column(column).to_pylist() for column in content.schema.names), strict=True):
            rows.write_row(row)


def _run(connection: Any, sql: str) -> pa.Table:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        names = [column.name for column in cursor.description]
        rows = cursor.fetchall()
    columns = [
        [value if isinstance(value, str) else int(value) for value in column] for column in zip(*rows, strict=True)
    ]
    columns = columns or [[] for _ in names]
    return pa.table(dict(zip(names, columns, strict=True)))
