"""Leaves nothing of deleted rows behind: SQLite overwrites them, and the write-ahead log is emptied."""

from django.db.backends.base.base import BaseDatabaseWrapper


def forget_deleted(connection: BaseDatabaseWrapper) -> None:
    """Empty SQLite's log, where older pages still lie; PostgreSQL's own vacuum sees to it in its time.

    Rows that are deleted are overwritten anyway (`secure_delete`, set with every connection). It does not wait: with
    readers in the way the log is emptied by a later checkpoint.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
