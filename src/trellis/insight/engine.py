"""Insight's door to the engine: Ibis and DuckDB are loaded here when a question is asked, and nowhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from trellis.insight.facts import layout
from trellis.insight.facts.generations import Snapshot

if TYPE_CHECKING:
    from ibis.expr.types import Table

# What one question may use: it runs beside the site.
THREADS, MEMORY = 2, "600MB"
_NAMES = (*layout.BY_STATE, *layout.BY_WAVE)


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a snapshot in an engine; `connection` is its Ibis backend."""

    connection: Any
    tables: "dict[str, Table]"
    _prepared: dict[Any, tuple[str, pa.Schema]] = field(default_factory=dict)

    def ask(self, question: "Callable[..., Table]", *tables: str, **how: Any) -> pa.Table:
        """Run a question on these tables of the snapshot and return its rows.

        Its SQL is made once for all times that the same is asked: for a hundred sums that takes as long as the sums.
        """
        key = (question.__module__, question.__qualname__, tables, repr(sorted(how.items())))
        if key not in self._prepared:
            expression = question(*(self.tables[name] for name in tables), **how)
            self._prepared[key] = self.connection.compile(expression), expression.schema().to_pyarrow()
        sql, schema = self._prepared[key]
        found: pa.Table = self.connection.con.sql(sql).to_arrow_table()
        return found.cast(schema)


@contextmanager
def opened(snapshot: Snapshot, *, threads: int = THREADS, memory: str = MEMORY) -> Iterator[Tables]:
    """Open a snapshot with DuckDB in this process, limited in threads and memory, and close it after the block.

    The first time in a process takes most of a second, for reading Ibis in.
    """
    import ibis  # noqa: PLC0415  (takes 0.6 s: only who asks a question pays for it)

    # Nothing is fetched or loaded from outside; a question that is too large for the memory spills beside the facts.
    connection = ibis.duckdb.connect(
        threads=threads,
        memory_limit=memory,
        temp_directory=str(snapshot.folder / "spill"),
        autoinstall_known_extensions=False,
        preserve_insertion_order=False,
    )
    try:
        yield Tables(connection, {name: _table(connection, snapshot, name) for name in _NAMES})
    finally:
        connection.disconnect()


def _table(connection: Any, snapshot: Snapshot, name: str) -> "Table":
    found: Table = connection.read_parquet(snapshot.files(name), table_name=name, hive_partitioning=True)
    return found
