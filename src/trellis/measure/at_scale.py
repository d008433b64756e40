"""Variance components of more ratings than fit in memory: the same three group-bys as one SQL query."""

import re
from collections.abc import Sequence

from trellis.measure.components import Moments, solve

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?")

# Values are measured from their mean, so that squaring them loses no digits however far from 0 they lie.
_QUERY = """
WITH centre AS (SELECT AVG({value}) AS middle FROM {table} WHERE {complete}),
ratings AS NOT MATERIALIZED (
  SELECT {ratee} AS ratee, {rater} AS rater, {value} - (SELECT middle FROM centre) AS value
  FROM {table} WHERE {complete}
),
by_ratee AS (SELECT COUNT(*) AS n, SUM(value) AS total FROM ratings GROUP BY ratee),
by_rater AS (SELECT COUNT(*) AS n, SUM(value) AS total FROM ratings GROUP BY rater),
whole AS (SELECT COUNT(*) AS n, SUM(value) AS total, SUM(value * value) AS squares FROM ratings),
of_ratees AS (
  SELECT COUNT(*) AS members, SUM(n * n) AS sizes, SUM(total * total / n) AS explained FROM by_ratee
),
of_raters AS (
  SELECT COUNT(*) AS members, SUM(n * n) AS sizes, SUM(total * total / n) AS explained FROM by_rater
)
SELECT whole.n, of_ratees.members, of_raters.members,
  whole.squares - of_ratees.explained, whole.squares - of_raters.explained,
  whole.squares - whole.total * whole.total / whole.n, of_ratees.sizes, of_raters.sizes
FROM whole, of_ratees, of_raters
"""


def two_way_sql(table: str, ratee: str = "ratee", rater: str = "rater", value: str = "value") -> str:
    """Return the SQL that reads the moments of a table with one rating per row, for `two_way_from`.

    The arguments are the names of the table (or view) and of its columns; `value` must be a number, and a row with NULL
    in one of the three is left out. No rater may have rated the same person twice: take the mean of such ratings first.
    Runs on DuckDB, PostgreSQL and SQLite, and answers with one row. Raises ValueError for a name that is not a plain
    name, with its schema or without.
    """
    for name in (table, ratee, rater, value):
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a plain name: {name!r}")
    complete = " AND ".join(f"{name} IS NOT NULL" for name in (ratee, rater, value))
    return _QUERY.format(table=table, ratee=ratee, rater=rater, value=value, complete=complete)


def two_way_from(row: Sequence[float | None]) -> tuple[float, float, float]:
    """Return (ratee, rater, residual) variances from the one row that `two_way_sql` answers with.

    As `components.two_way`: an estimate below 0 is reported as 0. Raises ValueError for a row of another length, an
    empty table, and ratings that cannot tell the three apart.
    """
    if len(row) != 8:
        raise ValueError(f"expected the 8 numbers of the query, found {len(row)}")
    numbers = [0.0 if number is None else float(number) for number in row]
    if numbers[0] < 2:
        raise ValueError("ratings: at least two are needed")
    counts, squares, sizes = numbers[:3], numbers[3:6], numbers[6:]
    within_ratee, within_rater, total = (max(0.0, each) for each in squares)
    ratee, rater, residual = solve(
        Moments(int(counts[0]), int(counts[1]), int(counts[2]), within_ratee, within_rater, total, sizes[0], sizes[1])
    )
    return max(0.0, ratee), max(0.0, rater), max(0.0, residual)
