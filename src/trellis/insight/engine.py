"""Insight's door to the engine: Ibis, DuckDB and Spark are loaded here when a question is asked, and nowhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from django.conf import settings

from trellis.insight.facts import layout
from trellis.insight.facts.generations import Snapshot

if TYPE_CHECKING:
    from ibis.expr.types import Table

# What one question may use: it runs beside the site.
THREADS, MEMORY = 2, "600MB"
_NAMES = (*layout.BY_STATE, *layout.BY_WAVE)


class NoSparkError(Exception):
    """A cluster is named in the settings, and the package that speaks to it is not there."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a snapshot in an engine: `connection` is its Ibis backend, `run` returns the rows of its SQL."""

    connection: Any
    tables: "dict[str, Table]"
    run: Callable[[str], pa.Table]
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
        return self.run(sql).cast(schema)


@contextmanager
def opened(snapshot: Snapshot, *, threads: int = THREADS, memory: str = MEMORY) -> Iterator[Tables]:
    """Open a snapshot with the engine of this site: the cluster that its settings name, else DuckDB in this process."""
    if settings.TRELLIS_SPARK:
        with on_spark(snapshot, settings.TRELLIS_SPARK) as tables:
            yield tables
    else:
        with on_duckdb(snapshot, threads=threads, memory=memory) as tables:
            yield tables


@contextmanager
def on_duckdb(snapshot: Snapshot, *, threads: int = THREADS, memory: str = MEMORY) -> Iterator[Tables]:
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
        tables = {
            name: connection.read_parquet(snapshot.files(name), table_name=name, hive_partitioning=True)
            for name in _NAMES
        }
        yield Tables(connection, tables, lambda sql: connection.con.sql(sql).to_arrow_table())
    finally:
        connection.disconnect()


@contextmanager
def on_spark(snapshot: Snapshot, master: str) -> Iterator[Tables]:
    """Open a snapshot on a Spark cluster whose workers find its folder under the same path; the session ends after.

    Raises NoSparkError where the extra `spark` is not installed.
    """
    import ibis  # noqa: PLC0415  (as above)

    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415  (an optional extra of half a gigabyte)
    except ImportError as error:
        raise NoSparkError("TRELLIS_SPARK is set: install trellis-leadership[spark] first") from error

    session = (
        SparkSession.builder.master(master)
        .appName("trellis")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        # A sum that does not fit must fail, and not wrap around.
        .config("spark.sql.ansi.enabled", "true")
        .getOrCreate()
    )
    try:
        connection = ibis.pyspark.connect(session)
        tables = {name: connection.read_parquet(str(snapshot.folder / name), table_name=name) for name in _NAMES}
        yield Tables(connection, tables, lambda sql: session.sql(sql).toArrow())
    finally:
        session.stop()
