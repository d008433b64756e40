"""Insight's door to the engine: Ibis, DuckDB and Spark are loaded here when a question is asked, and nowhere else."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from django.conf import settings

from trellis.insight.facts import layout
from trellis.insight.facts.generations import Snapshot
from trellis.insight.prepared import prepared

if TYPE_CHECKING:
    from ibis.expr.types import Table

# What one question may use: it runs beside the site.
THREADS, MEMORY = 2, "600MB"
# Of so many responses one thread is quicker than several that share them out.
_ALONE = 50_000
_NAMES = (*layout.BY_STATE, *layout.BY_WAVE)


class NoSparkError(Exception):
    """A cluster is named in the settings, and the package that speaks to it is not there."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a snapshot in an engine: `connection` is its Ibis backend, `run` returns the rows of its SQL."""

    connection: Any
    tables: "dict[str, Table]"
    run: Callable[[str], pa.Table]
    _views: "dict[str, tuple[str, Table]]" = field(default_factory=dict)

    def ask(self, question: "Callable[..., Table]", *tables: str, grp: str = "", **how: Any) -> pa.Table:
        """Run a question on these tables of the snapshot and return its rows.

        With the code of an attribute as `grp`, people have a column `grp` that says in which of its groups they are.
        """
        asked = [self._grouped(name, grp) if grp and name in layout.OF_PEOPLE else self.tables[name] for name in tables]
        sql, schema = prepared(self.connection, question, asked, how)
        return self.run(sql).cast(schema)

    def _grouped(self, name: str, attribute: str) -> "Table":
        """Return the table with the column `grp`: a view, so that the SQL about it is the same for every attribute."""
        import ibis  # noqa: PLC0415  (as below)

        if self._views.get(name, ("",))[0] != attribute:
            columns, view = self.tables[name].schema(), f"{name}_grouped"
            anew = "CREATE OR REPLACE TEMP VIEW {view} AS SELECT *, {attribute} AS grp FROM {name}"
            self.connection.raw_sql(anew.format(view=view, attribute=attribute, name=name))
            self._views[name] = attribute, ibis.table({**columns, "grp": columns[attribute]}, name=view)
        return self._views[name][1]


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
        threads=threads if snapshot.manifest.rows > _ALONE else 1,
        memory_limit=memory,
        temp_directory=str(snapshot.folder / "spill"),
        autoinstall_known_extensions=False,
        preserve_insertion_order=False,
        # The files of a snapshot never change; to read anew what lies where in them costs a small question a quarter.
        parquet_metadata_cache=True,
    )
    try:
        tables = {
            name: connection.read_parquet(snapshot.files(name), table_name=name, hive_partitioning=True)
            for name in _NAMES
        }
        yield Tables(connection, tables, lambda sql: _run(connection.con, sql))
    finally:
        connection.disconnect()


def _run(connection: Any, sql: str) -> pa.Table:
    """Return the rows of a question from DuckDB, without a relation: that would plan it twice.

    Planning a hundred sums takes longer than most of them, and the copy that DuckDB warns of is of sums, not of facts.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Arrow output on a DB-API result", UserWarning)
        found: pa.Table = connection.execute(sql).to_arrow_table()
    return found


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
