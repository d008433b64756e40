"""A process that writes into one SQLite file as Trellis does: `python -m tests.core.writers FILE THREADS TIMES`.

With TIMES 0 it opens a transaction, says so, and holds it until it is killed.
"""

import sys
import threading
import time
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from trellis.project import environment


def configure(file: Path) -> None:
    """Set Django up with nothing but the database, as the environment's reader makes it."""
    environ = {"TRELLIS_DATA": str(file.parent), "DATABASE_URL": f"sqlite:///{file}"}
    settings.configure(DATABASES={"default": environment.read(environ).database}, USE_TZ=True)


def write_once() -> None:
    """Read a number, add one and keep a row: two writers at once would lose one of the two."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT number FROM counter")
        (number,) = cursor.fetchone()
        cursor.execute("UPDATE counter SET number = %s", [number + 1])
        cursor.execute("INSERT INTO deed (number) VALUES (%s)", [number])


def write(times: int) -> None:
    """Write so many times, each in a transaction of its own; the thread's connection is closed after."""
    for _ in range(times):
        write_once()
    connection.close()


def hold() -> None:
    """Keep a transaction open, with something written in it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE counter SET number = -1")
        sys.stdout.write("holding\n")
        sys.stdout.flush()
        time.sleep(600)


def main() -> None:
    """Run as the command line says."""
    configure(Path(sys.argv[1]))
    times = int(sys.argv[3])
    if not times:
        hold()
    threads = [threading.Thread(target=write, args=[times]) for _ in range(int(sys.argv[2]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
