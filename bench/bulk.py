"""Writes very many rows straight into SQLite: what the ORM would store, without making a model for each row."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Field, Model


def insert(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Store rows that give these fields, in the form in which SQLite keeps them; the others get their default.

    Indexes are made anew afterwards: sorting once is quicker than finding a place for each row.
    """
    fields: list[Field[Any, Any]] = [field for field in model._meta.concrete_fields if isinstance(field, Field)]
    by_name = {field.attname: field for field in fields}
    constant = [field for field in fields if field.attname not in names and not field.primary_key]
    defaults = tuple(_kept(field.get_db_prep_save(field.get_default(), connection)) for field in constant)
    columns = [by_name[name].column for name in names] + [field.column for field in constant]
    quoted = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    table = model._meta.db_table
    with _without_indexes(table):
        connection.connection.executemany(
            f'INSERT INTO "{table}" ({quoted}) VALUES ({marks})', ((*row, *defaults) for row in rows)
        )


def _kept(value: Any) -> Any:
    # SQLite has no truth values, and asking for an adapter for each of a million takes longer than storing them.
    return int(value) if isinstance(value, bool) else value


@contextmanager
def _without_indexes(table: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL AND tbl_name = %s", [table]
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _, statement in indexes:
            cursor.execute(statement)


@contextmanager
def unguarded() -> Iterator[None]:
    """One transaction without flushes and foreign-key checks: a database that is cut off here is thrown away."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA cache_size = -400000")
    with connection.constraint_checks_disabled(), transaction.atomic():
        yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = FULL")
