"""Keys after the rows: for a list that will be most of a table, sorting it once is cheaper than a place for each row.

All of it happens in the caller's transaction: when that fails, the keys are as they were.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from trellis.people.models import Membership, Person

# From so many on, and where there are ten times as many as before. While the keys are away nobody else can read, on
# PostgreSQL, what they belong to.
_MANY, _TIMES = 20_000, 10
_TABLES = (Person._meta.db_table, Membership._meta.db_table)
# What is dropped first stands first: a key into another table, then what must be unique, then what is only an index.
_ON_POSTGRESQL = """
SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname),
       'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(conname) || ' '
       || pg_get_constraintdef(oid)
FROM (SELECT * FROM pg_constraint WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('f', 'u')) found
UNION ALL
SELECT 'DROP INDEX ' || indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid::regclass::text = ANY(%s) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
"""
_ON_SQLITE = """
SELECT 'DROP INDEX "' || name || '"', sql FROM sqlite_master
WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (%s, %s)
"""


@contextmanager
def keys_after(rows: int) -> Iterator[bool]:
    """Let so many new people be stored in the block, and make the keys of people and memberships after it.

    Where they are few, or many are here already, the keys stay, and it gives False. Otherwise nobody else can store a
    person until the transaction ends, and a row that breaks a rule fails at the end of the block.
    """
    if rows < _MANY or rows < _TIMES * Person.objects.count():
        yield False
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table of which rows still wait to be checked cannot be altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(_ON_POSTGRESQL, [list(_TABLES), list(_TABLES)])
        else:
            cursor.execute(_ON_SQLITE, _TABLES)
        found = cursor.fetchall()
        for drop, _make in found:
            cursor.execute(drop)
        yield True
        for _drop, make in found:
            cursor.execute(make)
