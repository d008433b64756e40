"""Where a list waits while it is looked at: tables beside the site's own, in which the database can compare them.

Where the site's database is a file of SQLite's, they are a file of their own, so that a million waiting rows fill
neither it nor its log, and nobody waits for their writing; on PostgreSQL they are unlogged tables. Both are gone when
the import is.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from string import Template
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection, transaction

from trellis.exchange.people.fates import Fate
from trellis.people.models import Membership, Person, Term, Unit

_TABLES = {
    "rows": (
        "line INTEGER PRIMARY KEY, number TEXT NOT NULL, given TEXT NOT NULL, family TEXT NOT NULL,"
        " email TEXT NOT NULL, occupation TEXT NOT NULL, place INTEGER NOT NULL, since INTEGER NOT NULL,"
        " status INTEGER NOT NULL, language INTEGER NOT NULL, problem INTEGER NOT NULL, col TEXT NOT NULL"
    ),
    "words": (
        "id INTEGER PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL, more TEXT NOT NULL, value TEXT NOT NULL,"
        " unit BIGINT"
    ),
    "twins": "line INTEGER NOT NULL, kind TEXT NOT NULL, other INTEGER NOT NULL",
    # Only the rows that are more than somebody new: in a first list these are few, and a million lines are not written.
    "decided": (
        "line INTEGER PRIMARY KEY, person BIGINT, how INTEGER NOT NULL DEFAULT 0, fate INTEGER NOT NULL,"
        " problem INTEGER NOT NULL DEFAULT 0, col TEXT NOT NULL DEFAULT '', other INTEGER NOT NULL DEFAULT 0,"
        " note INTEGER NOT NULL DEFAULT 0"
    ),
    "likely": "line INTEGER NOT NULL, person BIGINT NOT NULL, score INTEGER NOT NULL",
    "missing": "person BIGINT PRIMARY KEY",
    "fresh": "line INTEGER PRIMARY KEY, person BIGINT NOT NULL",
}
# Made anew whenever the import is looked at.
_DECIDED = ("decided", "likely", "missing", "fresh")
# It lives for a day and can be made again from the list, so that it need not survive a crash.
_SETTINGS = ("journal_mode=MEMORY", "synchronous=OFF", "secure_delete=OFF", "cache_size=-24000")
ROW_COLUMNS = tuple(part.split()[0] for part in _TABLES["rows"].split(", "))
# That a membership is in a unit of a range; the bracket stays open, for more about the unit.
INSIDE = "+m.unit_id IN (SELECT u.id FROM $unit u WHERE u.tree_id = %s AND u.lft BETWEEN %s AND %s"
# That a row is somebody new: nothing else was decided about it.
IS_NEW = f"NOT EXISTS (SELECT 1 FROM $decided o WHERE o.line = r.line AND o.fate <> {Fate.NEW})"  # noqa: S608
_KEY = re.compile(r"[0-9a-f]{32}")
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": " ", "\n": " ", "\r": " "})
Write = Callable[[Sequence[Sequence[Any]]], None]


class Stage:
    """The staged tables of one import, named by the 32 hex digits of its uid."""

    def __init__(self, key: str) -> None:
        if not _KEY.fullmatch(key):
            raise ValueError("the key of a stage is a uid in hex")
        self._name = f"stage_{key}"
        self._path = _folder() / f"{key}.sqlite3"

    @property
    def _is_file(self) -> bool:
        """Whether the tables have a file of their own; a database in memory keeps them itself."""
        in_memory: Callable[[], bool] = getattr(connection, "is_in_memory_db", bool)
        return connection.vendor == "sqlite" and not in_memory()

    def exists(self) -> bool:
        """Say whether the tables are there."""
        if self._is_file:
            return self._path.is_file()
        return f"{self._name}_rows" in connection.introspection.table_names()

    @contextmanager
    def filling(self) -> Iterator[Write]:
        """Make the tables anew and give the function that adds rows, given as columns in the order of ROW_COLUMNS."""
        self.drop()
        if not self._is_file:
            with transaction.atomic():
                yield from self._filling_beside()
            return
        file = sqlite3.connect(self._path, isolation_level=None)
        try:
            self._path.chmod(0o600)
            # It is only worth anything when it is complete, so that nothing of it needs to survive a crash.
            file.execute("PRAGMA page_size=16384")
            file.execute("PRAGMA journal_mode=OFF")
            file.execute("PRAGMA synchronous=OFF")
            file.execute("BEGIN")
            for name, columns in _TABLES.items():
                file.execute(f"CREATE TABLE {name} ({columns})")
            marks = ",".join("?" * len(ROW_COLUMNS))
            insert = f"INSERT INTO rows VALUES ({marks})"  # noqa: S608  (nothing of a file's is in it)
            yield lambda columns: _insert(file, insert, columns)
            file.execute("COMMIT")
        finally:
            file.close()

    def _filling_beside(self) -> Iterator[Write]:
        """Make and fill tables of the site's own database."""
        is_postgres = connection.vendor == "postgresql"
        with connection.cursor() as cursor:
            for name, columns in _TABLES.items():
                kind = "UNLOGGED TABLE" if is_postgres else "TABLE"
                cursor.execute(f'CREATE {kind} "{self._name}_{name}" ({columns})')
        with _copying(f"{self._name}_rows") if is_postgres else _inserting(f"{self._name}_rows") as write:
            yield write

    @contextmanager
    def open(self) -> Iterator["Tables"]:
        """Give the tables by name, beside the site's own, on the site's connection; outside of a transaction."""
        if not self._is_file:
            yield Tables({name: f'"{self._name}_{name}"' for name in _TABLES})
            return
        with connection.cursor() as cursor:
            cursor.execute(f"ATTACH DATABASE %s AS {self._name}", [str(self._path)])
            for setting in _SETTINGS:
                cursor.execute(f"PRAGMA {self._name}.{setting}")
        try:
            yield Tables({name: f"{self._name}.{name}" for name in _TABLES})
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f"DETACH DATABASE {self._name}")

    def drop(self) -> None:
        """Forget everything that is staged."""
        if self._is_file:
            self._path.unlink(missing_ok=True)
        else:
            with connection.cursor() as cursor:
                for name in _TABLES:
                    cursor.execute(f'DROP TABLE IF EXISTS "{self._name}_{name}"')


class Tables:
    """Runs statements in which `$rows`, `$decided` and so on are the staged tables, and `$person` the site's own."""

    def __init__(self, staged: dict[str, str]) -> None:
        is_postgres = connection.vendor == "postgresql"
        models = {"person": Person, "membership": Membership, "unit": Unit, "term": Term, "address": EmailAddress}
        self._names = staged | {name: model._meta.db_table for name, model in models.items()}
        self._names |= {
            "date": "date" if is_postgres else "text",
            "yes": "true" if is_postgres else "1",
            "uid": "gen_random_uuid()" if is_postgres else _UID,
        }

    def run(self, statement: str, *values: Any) -> int:
        """Run one statement; returns how many rows it touched."""
        with connection.cursor() as cursor:
            cursor.execute(Template(statement).substitute(self._names), values)
            return int(cursor.rowcount)

    def many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement about many rows, which it knows as a table `$many` with the columns a, b, c and so on.

        A column is of texts or of whole numbers. It is one statement, not one for each row.
        """
        if not rows:
            return
        names = "abcdefgh"[: len(rows[0])]
        if connection.vendor == "postgresql":
            columns = [list(column) for column in zip(*rows, strict=True)]
            kinds = ["text[]" if any(isinstance(cell, str) for cell in column) else "bigint[]" for column in columns]
            many = f"unnest({', '.join(f'%s::{kind}' for kind in kinds)}) AS v({', '.join(names)})"
            self.run(statement.replace("$many", many), *columns)
        else:
            columns_of = ", ".join(f"value ->> {place} AS {name}" for place, name in enumerate(names))
            many = f"(SELECT {columns_of} FROM json_each(%s)) AS v"  # noqa: S608
            self.run(statement.replace("$many", many), json.dumps(rows))

    def ask(self, question: str, *values: Any) -> Iterator[Any]:
        """Yield what a question finds, piece by piece."""
        with connection.cursor() as cursor:
            cursor.execute(Template(question).substitute(self._names), values)
            while found := cursor.fetchmany(2000):
                yield from found

    def number_new(self, *, alone: bool) -> None:
        """Give each row of somebody new the key of the person to be; `$new` then holds both, and the row's note.

        `$member_key` is the key of a membership of a row `n`. Where nobody else can add any meanwhile (`alone`, and
        always on SQLite, whose one writer we are) keys follow from the rows and need not be stored.
        """
        person, beside = self._next_key("person", alone=alone).format("r.line"), ""
        if connection.vendor == "postgresql" and not alone:
            self.run(_NUMBER.format(key=person))
            person, beside = "f.person", "JOIN $fresh f ON f.line = r.line"
        self._names["new"] = Template(_NUMBERED.format(key=person, beside=beside)).substitute(self._names)
        self._names["member_key"] = self._next_key("membership", alone=alone).format("n.line")

    def _next_key(self, table: str, *, alone: bool) -> str:
        """Return what is the next key of a table for a row whose number stands at {}."""
        if connection.vendor == "sqlite":
            sequences = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence"
            ((last,),) = self.ask(f"{sequences} WHERE name = '${table}'")
            return f"{last} + {{}}"
        ((sequence,),) = self.ask(f"SELECT pg_get_serial_sequence('${table}', 'id')")
        if not alone:
            return f"nextval('{sequence}')"
        ((last,),) = self.ask(_RESERVE, sequence, sequence)
        return f"{last} + {{}}"

    def measure(self, *names: str) -> None:
        """Let PostgreSQL count these tables now; otherwise it takes what was just filled for empty and plans for that.

        SQLite plans by its indexes alone.
        """
        if connection.vendor == "postgresql":
            for name in names:
                self.run(f"ANALYZE ${name}")

    def clear(self) -> None:
        """Forget what was decided before."""
        for name in _DECIDED:
            self.run(f"DELETE FROM ${name}")  # noqa: S608  (a name of our own)


_NUMBERED = f"""
(SELECT r.*, coalesce(d.note, 0) AS note, {{key}} AS person
 FROM $rows r LEFT JOIN $decided d ON d.line = r.line {{beside}} WHERE {IS_NEW})
"""  # noqa: S608
_NUMBER = f"""
INSERT INTO $fresh (line, person)
SELECT r.line, {{key}} FROM $rows r WHERE {IS_NEW} ORDER BY r.line
"""  # noqa: S608
# The key before the first that is ours; whoever comes next gets one after the last.
_RESERVE = """
SELECT setval(%s, taken.last + coalesce((SELECT max(line) FROM $rows), 0)) * 0 + taken.last
FROM (SELECT nextval(%s) AS last OFFSET 0) taken
"""
# Random in the way of UUID 4: SQLite's generator is seeded by the system's.
_UID = (
    "lower(hex(randomblob(6)) || '4' || substr(hex(randomblob(2)), 2) || substr('89AB', 1 + (random() & 3), 1)"
    " || substr(hex(randomblob(8)), 2))"
)


def sweep(keys_in_use: frozenset[str]) -> int:
    """Drop every stage whose import no longer waits; returns how many."""
    names = connection.introspection.table_names()
    found = {name[6:38] for name in names if name.startswith("stage_") and name.endswith("_rows")}
    found |= {path.stem for path in _folder().glob("*.sqlite3")}
    old = found - keys_in_use
    for key in old:
        Stage(key).drop()
    return len(old)


def _insert(file: sqlite3.Connection, insert: str, columns: Sequence[Sequence[Any]]) -> None:
    file.executemany(insert, zip(*columns, strict=True))


@contextmanager
def _inserting(table: str) -> Iterator[Write]:
    with connection.cursor() as cursor:
        marks = ",".join(["%s"] * len(ROW_COLUMNS))
        insert = f'INSERT INTO "{table}" VALUES ({marks})'  # noqa: S608  (nothing of a file's is in it)
        yield lambda columns: cursor.executemany(insert, list(zip(*columns, strict=True)))


@contextmanager
def _copying(table: str) -> Iterator[Write]:
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" FROM STDIN') as copy:

        def write(columns: Sequence[Sequence[Any]]) -> None:
            texts = [_as_text(column) for column in columns]
            if not texts[0]:
                return  # an end of line alone would be a row
            copy.write("\n".join(map("\t".join, zip(*texts, strict=True))) + "\n")

        yield write


def _as_text(column: Sequence[Any]) -> Sequence[str]:
    if column and isinstance(column[0], int):
        return list(map(str, column))
    return [cell.translate(_ESCAPED) for cell in column] if "\\" in "".join(column) else column


def _folder() -> Path:
    folder = Path(settings.TRELLIS_DATA) / "imports"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
