"""The SQLite backend: Django's own, with a fair queue in front of the one writer that SQLite allows."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3 import base

_WRITES = re.compile(r"\s*(insert|update|delete|replace|create|alter|drop)\b", re.IGNORECASE)


class WriterQueue:
    """A queue for writers by flock: the kernel wakes waiters in turn, where SQLite's own busy wait lets some starve.

    Each connection opens the lock file itself, so that threads of one process queue as processes do.
    A killed process lets go at once: the kernel closes its file.
    """

    def __init__(self, path: str | None) -> None:
        self._path = path  # None for a database in memory, which one process owns
        self._fd: int | None = None
        self.held = False

    def acquire(self) -> None:
        """Wait for our turn; does nothing when it is ours already."""
        if self.held:
            return
        if self._path is not None:
            if self._fd is None:
                self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._fd, fcntl.LOCK_EX)
        self.held = True

    def release(self) -> None:
        """Let the next writer in; does nothing when it is not our turn."""
        if self.held and self._fd is not None:
            fcntl.flock(self._fd, fcntl.LOCK_UN)
        self.held = False

    def close(self) -> None:
        """Let go and close the lock file."""
        self.release()
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the turn for a block, unless it is held already."""
        outer = self.held
        self.acquire()
        try:
            yield
        finally:
            if not outer:
                self.release()


class QueueingCursor(base.SQLiteCursorWrapper):
    """A cursor whose writes outside a transaction wait for their turn too."""

    queue: WriterQueue

    def execute(self, query: str, params: Any = None) -> Any:
        if self.queue.held or not _WRITES.match(query):
            return super().execute(query, params)
        with self.queue.turn():
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.queue.turn():
            return super().executemany(query, param_list)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite connection, with transactions that begin, commit and roll back inside the writers' queue."""

    transaction_mode: str | None  # Django's own, which its types do not know

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._queue: WriterQueue | None = None

    @property
    def queue(self) -> WriterQueue:
        """The queue of this connection's file; made late, because tests rename the database."""
        if self._queue is None:
            name = str(self.settings_dict["NAME"])
            memory = ":memory:" in name or "mode=memory" in name
            self._queue = WriterQueue(None if memory else f"{name}.writer")
        return self._queue

    def create_cursor(self, name: Any = None) -> QueueingCursor:
        cursor = self.connection.cursor(factory=QueueingCursor)
        cursor.queue = self.queue
        return cursor  # type: ignore[no-any-return]

    def _start_transaction_under_autocommit(self) -> None:
        self.queue.acquire()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self.queue.release()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        # Only after a commit that worked: a failed one is followed by a rollback, which lets go.
        self.queue.release()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self.queue.release()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self._queue is not None:
                self._queue.close()
                self._queue = None
