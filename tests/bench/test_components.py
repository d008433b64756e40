"""The bench's ratings are what it says they are, and both ways of reading them agree; nothing is timed here."""

import duckdb
import pytest

from bench.components import LEADERS, PER_RATEE, RATERS, TRUE, _prime_from, _script, measure_components


def test_ratings_are_the_same_every_time_and_no_rater_rates_a_person_twice() -> None:
    found = []
    for _ in range(2):
        with duckdb.connect() as connection:
            connection.execute(_script(12_000))
            found.append(connection.execute("SELECT count(*), sum(value) FROM ratings").fetchone())
            pairs = connection.execute("SELECT count(DISTINCT (ratee, rater)) FROM ratings").fetchone()
            each = connection.execute("SELECT DISTINCT count(*) FROM ratings GROUP BY ratee").fetchall()
    assert found[0] == found[1]
    assert pairs == (12_000,)
    assert each == [(PER_RATEE,)]


def test_both_ways_find_what_the_ratings_were_made_with() -> None:
    found = measure_components(120_000, 1)
    assert found.largest_gap < 1e-9
    assert found.variances == pytest.approx(TRUE, rel=0.05)
    assert found.local_ratings == LEADERS * len(RATERS) * 33


def test_a_prime_is_found() -> None:
    assert [_prime_from(number) for number in (2, 8, 100)] == [2, 11, 101]
