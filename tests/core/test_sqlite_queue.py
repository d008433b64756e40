"""The queue of SQLite's writers: nobody's write is lost, and a killed writer holds nobody up."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError
from pytest_django import DjangoDbBlocker

from tests.repo.source import ROOT
from trellis.core.sqlite.base import DatabaseWrapper, WriterQueue
from trellis.project import environment

PROCESSES, THREADS, TIMES = 2, 2, 200


@pytest.fixture
def connection(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[DatabaseWrapper]:
    """A connection to a file of its own, with the settings that Trellis makes for it."""
    environ = {"TRELLIS_DATA": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}"}
    defaults = {"AUTOCOMMIT": True, "ATOMIC_REQUESTS": False, "TIME_ZONE": None, "TEST": {}}
    found = DatabaseWrapper(defaults | environment.read(environ).database, "queue")
    with django_db_blocker.unblock():
        with found.cursor() as cursor:
            cursor.execute("CREATE TABLE counter (number integer NOT NULL)")
            cursor.execute("CREATE TABLE deed (number integer NOT NULL UNIQUE)")
            cursor.execute("INSERT INTO counter VALUES (0)")
        yield found
        found.close()


def start(connection: DatabaseWrapper, times: int) -> subprocess.Popen[str]:
    """Start a process that writes into the connection's file."""
    command = [sys.executable, "-m", "tests.core.writers", connection.settings_dict["NAME"], str(THREADS), str(times)]
    environ = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)


def value(connection: DatabaseWrapper, query: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def is_free(connection: DatabaseWrapper) -> bool:
    """Say whether another writer would get its turn at once."""
    with Path(f"{connection.settings_dict['NAME']}.writer").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def test_no_write_of_processes_and_threads_is_lost(connection: DatabaseWrapper) -> None:
    writers = [start(connection, TIMES) for _ in range(PROCESSES)]
    assert [writer.wait(timeout=120) for writer in writers] == [0] * PROCESSES
    for writer in writers:
        writer.communicate()
    assert value(connection, "SELECT number FROM counter") == PROCESSES * THREADS * TIMES
    assert value(connection, "SELECT count(*) FROM deed") == PROCESSES * THREADS * TIMES
    assert value(connection, "PRAGMA integrity_check") == "ok"


def test_a_writer_that_is_killed_lets_the_next_one_in_and_leaves_nothing(connection: DatabaseWrapper) -> None:
    with start(connection, 0) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        assert not is_free(connection)
        holder.kill()
    assert is_free(connection)
    with start(connection, 1) as writer:
        assert writer.wait(timeout=60) == 0
    assert value(connection, "SELECT number FROM counter") == THREADS
    assert value(connection, "PRAGMA integrity_check") == "ok"


def test_the_file_is_opened_as_the_decision_says(connection: DatabaseWrapper) -> None:
    assert value(connection, "PRAGMA journal_mode") == "wal"
    assert value(connection, "PRAGMA synchronous") == 2, "FULL"
    assert value(connection, "PRAGMA foreign_keys") == 1
    assert value(connection, "PRAGMA mmap_size") == 0, "mapped memory corrupted files under load"


def test_a_transaction_holds_its_turn_until_it_is_committed(connection: DatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert not is_free(connection)
    connection.commit()
    assert is_free(connection)
    connection.set_autocommit(True)


def test_a_rollback_gives_the_turn_back(connection: DatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    connection.rollback()
    assert is_free(connection)
    connection.set_autocommit(True)


def test_closing_in_the_middle_gives_the_turn_back(connection: DatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    connection.close()
    assert is_free(connection)


def test_a_write_outside_a_transaction_takes_its_turn_and_gives_it_back(connection: DatabaseWrapper) -> None:
    turns: list[bool] = []
    connection.ensure_connection()
    connection.connection.create_function("look", 0, lambda: turns.append(is_free(connection)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT look()")
        cursor.execute("UPDATE counter SET number = coalesce(look(), 7)")
    assert turns == [True, False]
    assert is_free(connection)


def test_a_write_that_fails_gives_its_turn_back(connection: DatabaseWrapper) -> None:
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("INSERT INTO no_such_table VALUES (1)")
    assert is_free(connection)


def test_a_queue_takes_its_turn_once(tmp_path: Path) -> None:
    queue = WriterQueue(str(tmp_path / "queue"))
    with queue.turn():
        with queue.turn():
            assert queue.held
        assert queue.held, "the inner block has not given away what the outer one holds"
    assert not queue.held
    queue.close()


def test_a_database_in_memory_needs_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    queue = DatabaseWrapper({"NAME": "file:memorydb_x?mode=memory&cache=shared"}, "queue").queue
    with queue.turn():
        assert queue.held
    assert list(tmp_path.iterdir()) == []
