"""The rival: the straightforward way, SQL that a good analyst writes, by DuckDB over one row for each rating."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

NOW, THEN = 2, 1
_MEMORY = "4GB"
_MINE = f"wave = {NOW} AND relation = 0"


def connected(threads: int) -> duckdb.DuckDBPyConnection:
    """Return a connection as fast as it gets: as many threads as ours, more memory, and no order to keep."""
    config: dict[str, Any] = {"threads": threads, "memory_limit": _MEMORY, "preserve_insertion_order": False}
    return duckdb.connect(config=config)


def write_long(facts: Path, long: Path, themes: Sequence[str], threads: int) -> None:
    """Write the same responses as one row a rating, themes by number from 1; what others say together is left out."""
    with connected(threads) as connection:
        wide = f"read_parquet('{facts}/facts/*/*/*.parquet', hive_partitioning = true)"
        connection.execute(
            f"COPY (SELECT wave::SMALLINT AS wave, state::SMALLINT AS state, person, local, relation, edition,"
            f" language, office, years, identity, list_position({list(themes)}, name)::TINYINT AS theme, value"
            f" FROM (UNPIVOT (SELECT * FROM {wide} WHERE relation <> 1) ON {', '.join(themes)}"
            f" INTO NAME name VALUE value) WHERE value >= 0) TO '{long}' (FORMAT parquet, COMPRESSION snappy)"
        )


def views(connection: duckdb.DuckDBPyConnection, facts: Path, long: Path) -> None:
    """Give the files their names."""
    connection.execute(f"CREATE VIEW ratings AS SELECT * FROM '{long}'")
    sessions = f"read_parquet('{facts}/supply/*/*.parquet', hive_partitioning = true)"
    connection.execute(f"CREATE VIEW sessions AS SELECT * FROM {sessions}")


def questions(themes: Sequence[str]) -> dict[str, str]:
    """Return the SQL of each question."""
    return {
        "gap": f"SELECT theme, state, count(*), count(*) FILTER (value >= 4) FROM ratings WHERE {_MINE} GROUP BY ALL",
        "scan": "SELECT sum(theme), sum(state), sum(value), sum(wave), sum(relation) FROM ratings",
        "growth": (
            "SELECT n.theme, n.identity, count(*), sum(n.value - t.value) FROM ratings n JOIN ratings t"
            " ON n.person = t.person AND n.theme = t.theme AND n.identity = t.identity"
            f" WHERE n.wave = {NOW} AND n.relation = 0 AND t.wave = {THEN} AND t.relation = 0 GROUP BY ALL"
        ),
        "self-other": (
            "SELECT s.theme, count(*), sum(o.seen - s.value) FROM ratings s JOIN (SELECT person, theme,"
            f" avg(value) AS seen FROM ratings WHERE wave = {NOW} AND relation BETWEEN 2 AND 7 GROUP BY ALL) o"
            f" ON s.person = o.person AND s.theme = o.theme WHERE s.wave = {NOW} AND s.relation = 0 GROUP BY ALL"
        ),
        "supply": (
            "WITH need AS (SELECT state, theme, 1 + value // 2 AS level, count(*) AS people FROM ratings"
            f" WHERE {_MINE} AND value < 6 GROUP BY ALL),"
            f" taught AS (SELECT state, list_position({list(themes)}, theme)::TINYINT AS theme,"
            f" level::INTEGER AS level, count(*) AS sessions, sum(seats) AS seats FROM sessions WHERE wave = {NOW}"
            " GROUP BY ALL)"
            " SELECT * FROM need FULL JOIN taught USING (state, theme, level)"
        ),
    }
