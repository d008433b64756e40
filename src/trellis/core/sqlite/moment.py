"""Long reads of one moment: nobody who writes waits for them, on either database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from trellis.core.sqlite.base import DatabaseWrapper


@contextmanager
def one_moment() -> Iterator[None]:
    """Let everything that is read in the block be as it was at its first read, whatever is written meanwhile.

    Inside a transaction that goes on already, it changes nothing.
    """
    connection = transaction.get_connection()  # itself, and not Django's stand-in for it
    if connection.in_atomic_block:
        yield
    elif isinstance(connection, DatabaseWrapper):
        connection.ensure_connection()
        kept = connection.transaction_mode
        connection.transaction_mode = "DEFERRED"
        try:
            with transaction.atomic():
                connection.queue.release()  # a reader needs no turn among the writers
                yield
        finally:
            connection.transaction_mode = kept
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
