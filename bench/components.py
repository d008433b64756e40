"""Variance components of millions of ratings beside the same group-bys written by hand, and a whole local's levels."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import duckdb
import numpy as np

from trellis.measure.at_scale import two_way_from, two_way_sql
from trellis.measure.blup import blup_by_person
from trellis.measure.provisional import provisional_model

SEED = 20261122
PER_RATEE, RATEES_PER_RATER = 12, 10
# What the ratings are made with: variances of ratees, raters and the rest.
TRUE = (0.5, 0.3, 0.4)
LEADERS, THEMES_BY_DOMAIN = 200, (6, 2, 5, 4, 6, 5, 5)
RATERS = ("self", *("peer",) * 6, *("follower",) * 4, *("lead",) * 2)

# Every number comes from a hash of its key and the seed, so that the ratings are the same on every machine. Rows come
# as they would over the years, not sorted by the person: the step has no divisor in common with their number.
_NORMAL = (
    "sqrt(-2 * ln((hash({key}, {seed}) % 1000003 + 1) / 1000004.0))"
    " * cos(2 * pi() * (hash({key}, {seed} + 1) % 1000003) / 1000003.0)"
)
_RATINGS = """
CREATE TABLE ratings AS
WITH places AS (SELECT (i * {step}) % {count} AS place FROM range({count}) AS all_of(i)),
pairs AS (
  SELECT CAST(place // {each} AS INTEGER) AS ratee,
    CAST((place // {each} * 7919 + place % {each} * 104729) % {raters} AS INTEGER) AS rater, place FROM places
)
SELECT ratee, rater, CAST(1.5 + {of_ratee} + {of_rater} + {rest} AS DOUBLE) AS value FROM pairs
"""
_BY_HAND = (
    *(
        f"SELECT count(*), sum(n * n), sum(total * total / n) FROM"
        f" (SELECT count(*) AS n, sum(value) AS total FROM ratings GROUP BY {side})"
        for side in ("ratee", "rater")
    ),
    "SELECT count(*), sum(value), sum(value * value) FROM ratings",
)

Variances = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Found:
    """Seconds, medians over the repetitions, and what was estimated; `largest_gap` is between ours and by hand."""

    ratings: int
    made_in: float
    ours: float
    by_hand: float
    ratio: float
    variances: Variances
    largest_gap: float
    local: float
    local_ratings: int


def measure_components(ratings: int, repetitions: int) -> Found:
    """Make that many ratings, work out their variances both ways in turn, and then the levels of a whole local."""
    with duckdb.connect() as connection:
        start = time.perf_counter()
        connection.execute(_script(ratings))
        made_in = time.perf_counter() - start
        ours, by_hand, gap = [], [], 0.0
        for turn in range(repetitions + 1):
            ways: list[Callable[[], tuple[float, Variances]]] = [
                lambda: _timed(lambda: _ours(connection)),
                lambda: _timed(lambda: _by_hand(connection)),
            ]
            # Who goes first changes, so that neither always finds the memory warm.
            found = [way() for way in (ways if turn % 2 else ways[::-1])]
            (mine, estimate), (theirs, other) = found if turn % 2 else found[::-1]
            gap = max(gap, *(abs(one - two) for one, two in zip(estimate, other, strict=True)))
            if turn:  # the first one only warms up
                ours.append(mine)
                by_hand.append(theirs)
    local, local_ratings = _local(repetitions)
    ratios = [one / two for one, two in zip(ours, by_hand, strict=True)]
    return Found(ratings, made_in, median(ours), median(by_hand), median(ratios), estimate, gap, local, local_ratings)


def _script(ratings: int) -> str:
    ratee, rater, rest = (
        f"sqrt({variance}) * {_NORMAL.format(key=key, seed=SEED + place)}"
        for place, (key, variance) in enumerate(zip(("ratee", "rater + 1e9", "place + 1e12"), TRUE, strict=True))
    )
    return _RATINGS.format(
        count=ratings,
        step=48271,
        each=PER_RATEE,
        # A prime, so that the twelve raters of a person are twelve.
        raters=_prime_from(ratings // RATEES_PER_RATER),
        of_ratee=ratee,
        of_rater=rater,
        rest=rest,
    )


def _prime_from(number: int) -> int:
    while any(number % divisor == 0 for divisor in range(2, int(number**0.5) + 1)):
        number += 1
    return number


def _timed(way: Callable[[], Variances]) -> tuple[float, Variances]:
    start = time.perf_counter()
    variances = way()
    return time.perf_counter() - start, variances


def _ours(connection: duckdb.DuckDBPyConnection) -> Variances:
    row = connection.execute(two_way_sql("ratings")).fetchone()
    if row is None:
        raise LookupError("the query must answer with one row")
    return two_way_from(row)


def _by_hand(connection: duckdb.DuckDBPyConnection) -> Variances:
    """Solve the three moments from three queries, as somebody would who needs no more than these ratings."""
    (ratees, ratee_sizes, of_ratees), (raters, rater_sizes, of_raters), (n, total, squares) = (
        connection.execute(query).fetchone() or () for query in _BY_HAND
    )
    equations = [
        [0, n - ratees, n - ratees],
        [n - raters, 0, n - raters],
        [n - ratee_sizes / n, n - rater_sizes / n, n - 1],
    ]
    moments = [squares - of_ratees, squares - of_raters, squares - total * total / n]
    ratee, rater, rest = np.linalg.solve(np.array(equations, dtype=np.float64), moments)
    return float(ratee), float(rater), float(rest)


def _local(repetitions: int) -> tuple[float, int]:
    """Return how long the levels of 200 leaders take, each rated by themselves and twelve others on every theme."""
    domains = [place for place, size in enumerate(THEMES_BY_DOMAIN) for _ in range(size)]
    model = provisional_model(domains, set(RATERS))
    rng = np.random.default_rng(SEED)
    shape = (LEADERS, len(RATERS), len(domains))
    leader, rater, theme = (place.ravel() for place in np.indices(shape))
    truth = rng.multivariate_normal(model.mean, model.person, LEADERS)
    shared = rng.normal(0, np.sqrt(model.severity + model.halo), shape[:2])
    levels = truth[:, None, :] + shared[:, :, None] + rng.normal(0, np.sqrt(model.error), shape)
    values = (np.round(2 * levels) / 2).clip(0, 3).ravel()
    values[rng.random(values.size) < 0.1] = np.nan  # not observed
    relation = np.array(RATERS)[rater]
    who = leader * len(RATERS) + rater
    taken = []
    for _ in range(repetitions + 1):
        start = time.perf_counter()
        blup_by_person(leader, theme, who, relation, values, model=model)
        taken.append(time.perf_counter() - start)
    return median(taken[1:]), values.size
