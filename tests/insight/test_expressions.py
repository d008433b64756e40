"""Every question is answered as counting by hand answers it, on people with every nasty case, by every engine."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.db import connection

from tests.insight.drawn import OFFICE, PROFILES, THEMES, Someone, drawn
from tests.insight.questions import DAY, PLACES, QUESTIONS, Asked, in_order, nasty
from trellis.insight import engine
from trellis.insight.engine import Tables
from trellis.insight.expressions.fairness import fairness
from trellis.insight.expressions.gap import gap
from trellis.insight.expressions.growth import growth
from trellis.insight.expressions.levels import levels, levels_from_cube
from trellis.insight.expressions.participation import participation
from trellis.insight.expressions.pipeline import pipeline
from trellis.insight.expressions.role_coverage import role_coverage
from trellis.insight.expressions.self_other import self_other
from trellis.insight.expressions.stayed import answered_again, silent_again
from trellis.insight.expressions.supply import need

PEOPLE = nasty()
NOW = [one for one in PEOPLE if one.wave == 2]
THEN = {one.person: one for one in PEOPLE if one.wave == 1}


@pytest.fixture(scope="module")
def duckdb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tables]:
    """The nasty people in DuckDB."""
    with engine.opened(drawn(tmp_path_factory.mktemp("facts"), PEOPLE), threads=1) as tables:
        yield tables


def rows(
    tables: Tables, question: Callable[..., Any], *names: str, **how: Any
) -> dict[tuple[Any, ...], dict[str, int]]:
    """Return the rows of a question by the values of what it is asked by."""
    by = how.get("by", ("state",))
    return {tuple(row[name] for name in by): row for row in tables.ask(question, *names, **how).to_pylist()}


def by_hand(
    people: Sequence[Someone], by: Sequence[str], count: Callable[[list[Someone]], dict[str, int]]
) -> dict[tuple[Any, ...], dict[str, int]]:
    """Return the same of people who were put together by hand."""
    together: dict[tuple[Any, ...], list[Someone]] = defaultdict(list)
    for one in people:
        together[tuple(one.groups[name] if name in one.groups else getattr(one, name) for name in by)].append(one)
    return {key: dict(zip(by, key, strict=True)) | count(found) for key, found in together.items()}


def answered(people: Sequence[Someone], wave: int = 2) -> list[Someone]:
    return [one for one in people if one.wave == wave and one.answers is not None]


def halves(one: Someone, theme: int) -> int:
    assert one.answers is not None
    return one.answers[theme]


@pytest.mark.parametrize("by", [(), ("state",), PLACES, ("identity",)])
def test_levels_and_gaps_count_everybody_once(duckdb: Tables, by: tuple[str, ...]) -> None:
    def count(people: list[Someone]) -> dict[str, int]:
        found = {"people": len(people)}
        for place, theme in enumerate(THEMES):
            given = [halves(one, place) for one in people if halves(one, place) >= 0]
            found |= {f"{theme}_n": len(given), f"{theme}_sum": sum(given)}
            found |= {f"{theme}_l{level}": sum(half >= 2 * level for half in given) for level in (1, 2, 3)}
        return found

    expected = by_hand(answered(PEOPLE), by, count)
    assert rows(duckdb, levels, "facts", wave=2, themes=THEMES, by=by) == expected
    gaps = rows(duckdb, gap, "facts", wave=2, themes=THEMES, by=by, level=3)
    assert {key: row["aa_2_at"] for key, row in gaps.items()} == {key: row["aa_2_l3"] for key, row in expected.items()}


def test_the_cube_says_what_the_facts_say(duckdb: Tables) -> None:
    for by in ((), ("state",), PLACES):
        how: dict[str, Any] = {"wave": 2, "themes": THEMES, "by": by}
        assert rows(duckdb, levels_from_cube, "cube", **how) == rows(duckdb, levels, "facts", **how)
    of_groups = rows(duckdb, levels_from_cube, "cube", wave=2, themes=THEMES, by=("state", "grp"), attribute="identity")
    facts = rows(duckdb, levels, "facts", wave=2, themes=THEMES, by=("state", "identity"))
    assert {key: row["aa_1_sum"] for key, row in of_groups.items()} == {k: row["aa_1_sum"] for k, row in facts.items()}


@pytest.mark.parametrize("by", [(), ("state",), PLACES, ("office",)])
def test_growth_is_of_those_who_answered_twice_and_stayed(duckdb: Tables, by: tuple[str, ...]) -> None:
    def stayed(one: Someone) -> bool:
        then = THEN.get(one.person)
        if then is None or then.answers is None:
            return False
        return all(
            one.groups[name] == then.groups[name] if name in one.groups else getattr(one, name) == getattr(then, name)
            for name in by
        )

    def count(people: list[Someone]) -> dict[str, int]:
        found = {"people": len(people)}
        for place, theme in enumerate(THEMES):
            steps = [
                halves(one, place) - halves(THEN[one.person], place)
                for one in people
                if min(halves(one, place), halves(THEN[one.person], place)) >= 0
                and (one.edition == THEN[one.person].edition or theme == "aa_1")
            ]
            found |= {
                f"{theme}_n": len(steps),
                f"{theme}_up": sum(steps),
                f"{theme}_squares": sum(x * x for x in steps),
            }
        return found

    expected = by_hand([one for one in answered(PEOPLE) if stayed(one)], by, count)
    how: dict[str, Any] = {"then": 1, "now": 2, "themes": THEMES, "comparable": ((1, 2, "aa_1"),), "spread": True}
    assert rows(duckdb, growth, "facts", by=by, **how) == expected
    placed = duckdb.ask(growth, "facts", by=[], places=PLACES, **how).to_pylist()
    if by == PLACES:
        here = {(r["state"], r["local"]): r["aa_2_n"] for r in placed if r["same_state"] and r["same_local"]}
        assert here == {key: row["aa_2_n"] for key, row in expected.items()}


def test_others_see_more_or_less_than_people_say_of_themselves(duckdb: Tables) -> None:
    def count(people: list[Someone]) -> dict[str, int]:
        found = {"people": len(people)}
        for place, theme in enumerate(THEMES):
            apart = []
            for one in people:
                seen = [each[place] for each in one.seen if each[place] >= 0]
                if seen and halves(one, place) >= 0:
                    # In twentieths of a half-step, rounded halves up.
                    mean = (2 * 20 * sum(seen) + len(seen)) // (2 * len(seen))
                    apart.append(mean - 20 * halves(one, place))
            found |= {f"{theme}_n": len(apart), f"{theme}_gap": sum(apart)}
        return found

    expected = by_hand([one for one in answered(PEOPLE) if one.seen], PLACES, count)
    assert rows(duckdb, self_other, "facts", wave=2, themes=THEMES, by=PLACES) == expected


def test_a_role_is_covered_by_who_reaches_every_target(duckdb: Tables) -> None:
    targets = PROFILES["local-president"]

    def count(people: list[Someone]) -> dict[str, int]:
        short = [
            sum(halves(one, THEMES.index(theme)) < 2 * level for theme, level in targets.items()) for one in people
        ]
        return {"people": len(people), "ready": short.count(0), "nearly": sum(0 < missing <= 3 for missing in short)}

    expected = by_hand(answered(PEOPLE), ("state",), count)
    assert rows(duckdb, role_coverage, "facts", wave=2, targets=targets) == expected
    with pytest.raises(ValueError, match="asks for nothing"):
        duckdb.ask(role_coverage, "facts", wave=2, targets={})


def test_participation_counts_members_who_answered_and_who_did_not(duckdb: Tables) -> None:
    def count(people: list[Someone]) -> dict[str, int]:
        gave = len(answered(people))
        return {"members": len(people), "answered": gave, "silent": len(people) - gave}

    assert rows(duckdb, participation, "members", "facts", wave=2, by=PLACES) == by_hand(NOW, PLACES, count)


def test_the_pipeline_counts_who_holds_a_role_and_whose_term_is_ending(duckdb: Tables) -> None:
    def count(people: list[Someone]) -> dict[str, int]:
        return {"hold": len(people), "ending": sum(one.person % 2 for one in people)}

    expected = by_hand([one for one in NOW if one.role], ("state", "role"), count)
    found = duckdb.ask(pipeline, "terms", wave=2, on=DAY).to_pylist()
    assert {(row["state"], row["role"]): row for row in found} == expected
    assert duckdb.ask(pipeline, "terms", wave=2, on=DAY + 5000).num_rows == 0


def test_need_is_who_stands_one_level_below(duckdb: Tables) -> None:
    found = rows(duckdb, need, "facts", wave=2, themes=THEMES)
    below = rows(duckdb, levels, "facts", wave=2, themes=THEMES)
    for key, row in found.items():
        assert sum(row[f"aa_1_need{level}"] for level in (1, 2, 3)) == below[key]["aa_1_n"] - below[key]["aa_1_l3"]


def test_who_is_counted_again_stayed_where_they_were(duckdb: Tables) -> None:
    twice = [
        one
        for one in NOW
        if one.person in THEN and (THEN[one.person].state, THEN[one.person].local) == (one.state, one.local)
    ]
    gave = [one for one in twice if one.answers is not None and THEN[one.person].answers is not None]
    silent = [one for one in twice if one.answers is None and THEN[one.person].answers is None]
    for question, tables, people in (
        (answered_again, ("facts",), gave),
        (silent_again, ("members", "facts"), silent),
    ):
        expected = by_hand(people, PLACES, lambda found: {"people": len(found)})
        assert rows(duckdb, question, *tables, then=1, now=2, by=PLACES) == expected


def test_fairness_takes_those_who_answered_everything(duckdb: Tables) -> None:
    found = duckdb.ask(fairness, "facts", wave=2, themes=THEMES, group="office").to_pylist()
    complete = [one for one in answered(PEOPLE) if min(one.answers or [0]) >= 0]
    assert sum(row["people"] for row in found) == len(complete)
    assert {row["office"] for row in found} <= {0, *range(1, len(OFFICE.groups) + 1)}
    with pytest.raises(ValueError, match="nothing to check"):
        duckdb.ask(fairness, "facts", wave=2, themes=(), group="office")


def test_an_empty_wave_has_no_rows_or_zeros(duckdb: Tables) -> None:
    assert duckdb.ask(gap, "facts", wave=99, themes=THEMES).num_rows == 0
    (row,) = duckdb.ask(gap, "facts", wave=99, themes=THEMES, by=()).to_pylist()
    assert set(row.values()) == {0}


@pytest.mark.django_db
@pytest.mark.skipif(not os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="asks PostgreSQL")
@pytest.mark.parametrize("asked", QUESTIONS, ids=str)
def test_postgresql_gives_what_duckdb_gives(asked: Asked, duckdb: Tables, postgresql: Tables) -> None:
    assert in_order(postgresql.ask(asked.question, *asked.tables, **asked.how)) == in_order(
        duckdb.ask(asked.question, *asked.tables, **asked.how)
    )


@pytest.fixture(scope="module")
def postgresql(duckdb: Tables, django_db_setup: None) -> Iterator[Tables]:
    """The same people in PostgreSQL, in a schema that goes away."""
    from tests.insight.postgresql import copied

    with copied(duckdb, connection.settings_dict) as tables:
        yield tables
