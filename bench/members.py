"""Bringing a list of members in, beside the database's own way of reading the same file: SQLite's `.import`, `COPY`.

Those read it into a table of texts without a key. The floor is what the database takes to store the very same people
and memberships in the very same tables, keys and all, with nothing to read, to compare or to decide.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.postgres import cluster, programs, sql
from bench.roster import HEADER, write_roster
from bench.site import ROOT

_TRELLIS = (sys.executable, "-m", "trellis.project")
_KIB = 1024  # as wait4 counts on Linux
_TEXTS = ", ".join(f'"{name}" text' for name in HEADER)
_FILE = "trellis.sqlite3"
_TABLES = ("people_person", "people_membership")
_AS_OURS = ("PRAGMA synchronous=NORMAL", "PRAGMA cache_size=-96000")  # what a site of SQLite's works with


@dataclass(frozen=True, slots=True)
class Run:
    """One command to its end: seconds of the clock, and the most bytes that it has held."""

    seconds: float
    peak: int


@dataclass(frozen=True, slots=True)
class Brought:
    """A list of one size: seconds of ours, of the rival, and of the same list once more; the start is in them.

    `stored` are those in which the database alone stores what ours has stored: the floor.
    """

    people: int
    ours: float
    rival: float
    stored: float
    ratio: float
    again: float
    peak: int


@dataclass(frozen=True, slots=True)
class Members:
    """One database's figures: how long a list of one person takes, which is the start, and each size."""

    database: str
    rival: str
    start: float
    sizes: tuple[Brought, ...]

    @property
    def growth(self) -> float:
        """How many times as much a person costs in the largest list as in the smallest, without the start."""
        first, last = self.sizes[0], self.sizes[-1]
        return ((last.ours - self.start) / last.people) / ((first.ours - self.start) / first.people)


class _Place:
    """Where sites of one kind of database are made anew from one that has the units of a list, and its rival."""

    def __init__(self, folder: Path, address: str = "") -> None:
        self.folder, self._address, self.unit = folder, address, ""

    def environment(self, name: str) -> dict[str, str]:
        of_server = {"DATABASE_URL": f"{self._address}{name}"} if self._address else {}
        return {**os.environ, "PYTHONPATH": str(ROOT), "TRELLIS_DATA": str(self.folder / name), **of_server}

    def plant(self, people: int) -> None:
        """Make the site that is copied, with the units of a list of this size."""
        shutil.rmtree(self.folder / "planted", ignore_errors=True)
        if self._address:
            sql(f"{self._address}postgres", "DROP DATABASE IF EXISTS planted", "CREATE DATABASE planted")
        for words in (("migrate", "--verbosity", "0"), ("load_roles",), ("plant_locals", "--people", str(people))):
            done = subprocess.run(
                [*_TRELLIS, *words], env=self.environment("planted"), check=True, capture_output=True, text=True
            )
            self.unit = done.stdout.strip()

    def renew(self) -> None:
        """Make the site anew on which the next list is brought in."""
        shutil.rmtree(self.folder / "site", ignore_errors=True)
        shutil.copytree(self.folder / "planted", self.folder / "site")
        if self._address:
            sql(f"{self._address}postgres", "DROP DATABASE IF EXISTS site", "CREATE DATABASE site TEMPLATE planted")

    def ours(self, roster: Path) -> Run:
        """Bring a list in."""
        return _run([*_TRELLIS, "import_people", str(roster), "--unit", self.unit, "--yes"], self.environment("site"))

    def rival(self, roster: Path) -> float:
        """Let the database read the same file in its own way, into a table of texts without any index."""
        if self._address:
            sql(f"{self._address}postgres", "DROP TABLE IF EXISTS roster", f"CREATE TABLE roster ({_TEXTS})")
            command = f"\\copy roster FROM '{roster}' CSV HEADER"
            return _run(["psql", "-q", "-X", "-c", command, f"{self._address}postgres"], dict(os.environ)).seconds
        target = self.folder / "rival.sqlite3"
        target.unlink(missing_ok=True)
        return _run(["sqlite3", str(target), ".mode csv", f".import {roster} roster"], dict(os.environ)).seconds

    def stored(self) -> float:
        """Let the database store what was brought in last once more, from rows that are ready, and its keys after them.

        Nothing can store the same people and memberships in much less: there is nothing to read, compare or decide.
        """
        if self._address:
            made, anew, file = f"{self._address}site", f"{self._address}anew", self.folder / "made.dump"
            tables = [word for table in ("people_unit", *_TABLES) for word in ("-t", table)]
            subprocess.run(["pg_dump", "-Fc", "-Z0", *tables, "-f", str(file), made], check=True)
            sql(f"{self._address}postgres", "DROP DATABASE IF EXISTS anew", "CREATE DATABASE anew")
            return _run(["pg_restore", "--no-owner", "-1", "-d", anew, str(file)], dict(os.environ)).seconds
        shutil.rmtree(self.folder / "anew", ignore_errors=True)
        shutil.copytree(self.folder / "planted", self.folder / "anew")
        file = self.folder / "anew" / _FILE
        with closing(sqlite3.connect(file)) as site:
            keys = site.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (?, ?)",
                _TABLES,
            ).fetchall()
        # In an order, because whole tables would be copied page by page, with the keys that are made already.
        rows = [f"INSERT INTO {table} SELECT * FROM made.{table} ORDER BY id" for table in _TABLES]
        steps = [*(f'DROP INDEX "{name}"' for name, _make in keys), *rows, *(make for _name, make in keys)]
        words = (*_AS_OURS, f"ATTACH '{self.folder / 'site' / _FILE}' AS made", "BEGIN IMMEDIATE", *steps, "COMMIT")
        return _run(["sqlite3", str(file), *words], dict(os.environ)).seconds


def measure_members(sizes: Sequence[int], folder: Path, turns: int) -> Iterator[Members]:
    """Bring lists of these sizes into each database that this machine has, in turn with the database's own reader."""
    folder.mkdir()
    if shutil.which("sqlite3"):
        yield _measure("SQLite", "`.import`", _Place(folder / "sqlite"), sizes, turns)
    where = programs()
    if where is not None:
        with cluster(where) as address:
            yield _measure("PostgreSQL", "`COPY`", _Place(folder / "postgres", address), sizes, turns)
    shutil.rmtree(folder)


def _measure(database: str, rival: str, place: _Place, sizes: Sequence[int], turns: int) -> Members:
    place.folder.mkdir()
    path = place.folder / "roster.csv"
    start = _one(place, path, 1, turns).ours
    return Members(database, rival, start, tuple(_one(place, path, people, turns) for people in sizes))


def _one(place: _Place, roster: Path, people: int, turns: int) -> Brought:
    write_roster(roster, people)
    place.plant(people)
    runs, rivals = [], []
    for _ in range(turns):
        place.renew()
        rivals.append(place.rival(roster))
        runs.append(place.ours(roster))
    stored = median(place.stored() for _ in range(turns))
    again = place.ours(roster)
    pairs = zip(runs, rivals, strict=True)
    ratio = median(run.seconds / beside for run, beside in pairs)
    seconds = median(run.seconds for run in runs)
    peak = max(run.peak for run in (*runs, again))
    return Brought(people, seconds, median(rivals), stored, ratio, again.seconds, peak)


def _run(command: Sequence[str], environment: dict[str, str]) -> Run:
    """Run a command; raises RuntimeError with its words when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.stdout:
        process.stdout.close()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: {said}")
    return Run(seconds, used.ru_maxrss * _KIB)
