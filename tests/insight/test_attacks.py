"""Whatever a reader tries, a release does not tell of fewer than ten people; and a weaker gate lets nothing out."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.insight.drawn import IDENTITY, OFFICE, TOP, Someone, asked, crowd
from tests.insight.readers import by_programming, by_subtraction, read, true_count
from trellis.insight.gate import breakdowns, lines, protecting, releasing
from trellis.insight.gate.releasing import TellsTooMuchError, make
from trellis.measure.endcoding import BANDS

SEEDS = range(1, 7)


def varied(number: int) -> list[int]:
    """Return answers that differ from one person to the next."""
    return [number % 7, (number + 3) % 7]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_attack_on_the_counts_of_an_association_works(seed: int, tmp_path: Path) -> None:
    people = crowd(seed)
    with asked(tmp_path, people) as questions:
        made = make(questions, top=TOP)
        reading = read(made, questions.manifest, people)
    assert list(by_subtraction(reading)) == []
    for (question, attribute, unit), content in reading.tables.items():
        assert all(n is None or n >= 10 for row in content["n"] for n in row), (question, attribute, unit)
    for attribute in (OFFICE, IDENTITY):
        groups = ["not-said", *attribute.groups]
        for question, column, unit, group, (low, high) in by_programming(reading, attribute.code, groups):
            truth = true_count(made, question, attribute.code, column, group=groups.index(group), unit=unit)
            if 0 < truth < 10:
                assert low < 1e-6, (question, column, unit, group, truth, low, high)
                assert high > min(10, truth) - 1e-6, (question, column, unit, group, truth, low, high)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_share_of_those_who_are_hidden_is_worked_out_from_the_others(seed: int, tmp_path: Path) -> None:
    people = crowd(seed)
    with asked(tmp_path, people) as questions:
        made = make(questions, top=TOP)
        reading = read(made, questions.manifest, people)
    for unit, parts in reading.parts.items():
        for column in ("aa_1", "aa_2"):
            whole = reading.count("standing", "", unit, "", column)
            hidden = [part for part in parts if reading.count("standing", "", part, "", column) is None]
            if whole is None or not hidden:
                continue
            least, most = reading.known("standing", "level2", unit, column)
            for part in set(parts) - set(hidden):
                low, high = reading.known("standing", "level2", part, column)
                least, most = least - high, most - low
            rest = whole - sum(reading.count("standing", "", part, "", column) or 0 for part in parts)
            cut = next(top for fewest, top in BANDS if rest >= fewest)
            # It may not be known to be more than half of the way from where ends are coded to unanimity.
            assert least <= (100 + cut) / 2 * rest + 1e-6, (unit, column, least, rest)
            assert most >= (100 - cut) / 2 * rest - 1e-6, (unit, column, most, rest)


def test_a_unit_with_nobody_few_or_a_hidden_neighbour_looks_the_same(tmp_path: Path) -> None:
    people = [
        Someone(1000 * local + number, 2, local, {"office": 1 + number % 2, "identity": 1}, varied(number))
        for local, many in ((20, 0), (21, 4), (22, 12), (23, 30), (24, 40))
        for number in range(many)
    ]
    people.append(Someone(1, 2, 20, {"office": 1, "identity": 1}))  # a member who has not answered
    with asked(tmp_path, people) as questions:
        reading = read(make(questions, top=TOP), questions.manifest, people)
    assert reading.count("standing", "", 2, "", "aa_1") == 86
    assert [reading.count("standing", "", local, "", "aa_1") for local in (20, 21, 22, 23, 24)] == [None] * 3 + [30, 40]
    assert {("standing", "", local) in reading.tables for local in (20, 21, 22)} == {False}, "not even an empty row"


def test_two_staff_of_a_state_are_left_out_rather_than_hide_a_local(tmp_path: Path) -> None:
    people = [
        Someone(1000 * local + number, 2, local, {"office": 2, "identity": 1}, varied(number))
        for local, many in ((0, 2), (22, 12), (23, 30))
        for number in range(many)
    ]
    with asked(tmp_path, people) as questions:
        reading = read(make(questions, top=TOP), questions.manifest, people)
    shown = [reading.count("standing", "", unit, "", "aa_1") for unit in (TOP, 2, 22, 23)]
    assert shown == [42, 42, 12, 30]


def test_growth_is_hidden_where_only_a_few_answered_at_one_of_two_waves(tmp_path: Path) -> None:
    groups = {"office": 2, "identity": 1}
    both = [Someone(number, 2, 20, groups, varied(number + wave), wave=wave) for number in range(40) for wave in (1, 2)]
    others = [Someone(100 + number, 2, 21, groups, varied(number), wave=1 + (number >= 15)) for number in range(30)]
    others += [
        Someone(200 + number, 2, 21, groups, varied(number + wave), wave=wave)
        for number in range(20)
        for wave in (1, 2)
    ]
    newcomer = [Someone(99, 2, 20, groups, [6, 6], wave=2)]
    for name, people, expected in (("without", both + others, 40), ("with", both + others + newcomer, None)):
        with asked(tmp_path / name, people, wave=2) as questions:
            reading = read(make(questions, top=TOP), questions.manifest, people)
        assert reading.count("standing", "", 20, "", "aa_1") == (40 if expected else 41)
        # 41 answers now, 40 then, and the growth of those 40: what is left is the newcomer's own answer.
        assert reading.count("growth", "", 20, "", "aa_1") == expected, name


def _small_only(counts: Any, places: Any, *, forbidden: Any, threshold: int) -> Any:
    return forbidden.each(lambda flags, n, empty: (flags | (n < threshold)) & ~empty, counts, places.empty(counts))


def _only_small(table: Any, threshold: int = 10, *_: Any, **how: Any) -> Any:
    counts = np.asarray(table, float)
    return np.where(counts < threshold, np.nan, counts)


def _nothing_forbidden(raw: Any, rules_: Any, banned: Any, done: Any) -> Any:
    return REAL_PROTECTED(raw, rules_, protecting.nothing_forbidden(raw), done)


REAL_PROTECTED = releasing._protected
WEAKENED = {
    "hides small counts and nothing to protect them": (protecting, "hide", _small_only),
    "asks for fewer people": (
        protecting,
        "hide",
        lambda *given, threshold, **how: lines.hide(*given, threshold=5, **how),
    ),
    "breaks down by groups and hides small counts only": (breakdowns, "protect", _only_small),
    "does not look up whether the parent gives a breakdown away": (breakdowns, "audit", lambda *_, **__: True),
    "does not ask what the others tell of a rest": (protecting, "told", lambda *_: np.False_),
    "lets a table show what another hides": (releasing, "_protected", _nothing_forbidden),
}


@pytest.mark.parametrize("weakness", WEAKENED)
def test_a_weakened_gate_lets_nothing_out(weakness: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, weaker = WEAKENED[weakness]
    monkeypatch.setattr(module, name, weaker)
    assert any(_is_blocked(tmp_path / str(seed), seed) for seed in SEEDS)


def _is_blocked(folder: Path, seed: int) -> bool:
    with asked(folder, crowd(seed)) as questions:
        try:
            make(questions, top=TOP)
        except TellsTooMuchError:
            return True
    return False
