"""Facts follow the database: only what has changed is written, closed waves stay, and who is erased is gone."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from tests.insight.association import Association, wave
from trellis.insight.facts import building, layout
from trellis.insight.facts.generations import NoFactsError, RefreshGoingOnError
from trellis.insight.facts.keys import forget
from trellis.insight.facts.refresh import NoWavesError, refresh, store
from trellis.people.models import Membership, OwnGroup, Person, Role, Term, Unit

DAY = dt.date(2025, 10, 20)


def rows(table: str) -> list[dict[str, Any]]:
    """Return all rows of a table of the current facts, with wave and state, without keys of people and responses."""
    snapshot = store().current()
    found = []
    for path in sorted(snapshot.folder.glob(layout.everything(table))):
        inside = dict(part.split("=") for part in path.relative_to(snapshot.folder).parts[1:-1])
        found += [row | {key: int(value) for key, value in inside.items()} for row in layout.read(path).to_pylist()]
    return found


def selves() -> list[dict[str, Any]]:
    return [row for row in rows(layout.FACTS) if row["relation"] == layout.SELF]


def test_a_response_is_one_row_with_its_place_and_its_answers(nation: Association) -> None:
    nation.join("Driftwood", "Ana")
    nation.answer("Ana", [4, None, 0])
    wave()
    report = refresh()
    (row,) = selves()
    units = nation.units
    assert (row["state"], row["local"], row["worksite"]) == tuple(
        units[n].pk for n in ("Tamarack", "Harrow", "Driftwood")
    )
    assert [row[name] for name in store().current().manifest.columns[:4]] == [4, layout.MISSING, 0, layout.MISSING]
    assert (report.added, report.snapshot.manifest.rows) == (1, 1)
    assert nation.people["Ana"].pk not in {row["person"], row["response"]}, "keys lead back to nobody"


def test_the_last_of_two_self_assessments_of_a_wave_counts(nation: Association) -> None:
    nation.join("Riverside", "Ana")
    nation.answer("Ana", [1], DAY, turn=1)
    nation.answer("Ana", [5], DAY + dt.timedelta(days=1), turn=2)
    wave()
    refresh()
    column = store().current().manifest.columns[0]
    assert [(row["relation"], row[column]) for row in rows(layout.FACTS)] == [(layout.SELF, 5), (layout.EARLIER, 1)]


def test_what_others_say_is_kept_with_its_mean_in_twentieths_of_a_half_step(nation: Association) -> None:
    nation.join("Riverside", "Ana", "Bo", "Cy")
    nation.answer("Ana", [1])
    nation.answer("Ana", [4], rater="Bo")
    nation.answer("Ana", [5], rater="Cy")
    wave()
    refresh()
    column = store().current().manifest.columns[0]
    together = [row[column] for row in rows(layout.FACTS) if row["relation"] == layout.TOGETHER]
    assert together == [90]  # 4.5 half-steps


def test_only_answers_within_the_wave_belong_to_it(nation: Association) -> None:
    nation.join("Riverside", "Ana", "Bo", "Cy")
    nation.answer("Ana", [1], dt.date(2025, 9, 30))
    nation.answer("Bo", [2], dt.date(2025, 11, 15))
    nation.answer("Cy", [3], dt.date(2025, 11, 16))
    wave()
    refresh()
    column = store().current().manifest.columns[0]
    assert [row[column] for row in selves()] == [2]


def test_somebody_of_two_units_is_counted_once_where_their_home_is(nation: Association) -> None:
    nation.join("Riverside", "Ana")
    Membership.objects.create(person=nation.people["Ana"], unit=nation.units["Linden"], since=dt.date(2022, 1, 1))
    nation.answer("Ana", [4])
    wave()
    refresh()
    assert [row["local"] for row in selves()] == [nation.units["Riverside"].pk]
    assert len(rows(layout.MEMBERS)) == 1


def test_groups_are_those_of_the_wave(nation: Association) -> None:
    nation.join("Riverside", "Ana", language="es", since=dt.date(2024, 1, 1))
    nation.answer("Ana", [4])
    role = Role.objects.get(code="local-president")
    ana, unit = nation.people["Ana"], nation.units["Riverside"]
    Term.objects.create(person=ana, role=role, unit=unit, starts=dt.date(2025, 1, 1))
    wave()
    refresh()
    (row,) = selves()
    assert (row["language"], row["office"], row["years"], row["identity"]) == (2, 1, 1, layout.NOT_SAID)
    (term,) = rows(layout.TERMS)
    assert (term["role"], term["local"], term["office"]) == (role.pk, unit.pk, 1)


def test_nothing_is_written_when_nothing_has_changed(nation: Association) -> None:
    nation.crowd({"Riverside": 5, "Linden": 5})
    wave(closed=False)
    first, second = refresh(), refresh()
    assert first.written > 0
    assert (second.written, second.added, second.removed, second.touched) == (0, 0, 0, 0)


def test_only_the_part_of_the_state_that_changed_is_written(nation: Association) -> None:
    nation.crowd({"Riverside": 5, "Linden": 5})
    wave(closed=False)
    refresh()
    nation.join("Millbrook", "Ana")
    nation.answer("Ana", [4])
    inodes = _inodes()
    report = refresh()
    changed = {path for path, inode in _inodes().items() if inodes.get(path) != inode}
    alder = nation.units["Alder"].pk
    assert {path for path in changed if "facts" in path or "members" in path} == {
        f"{table}/wave={_wave()}/state={alder}/part.parquet" for table in (layout.FACTS, layout.MEMBERS)
    }
    assert report.added == 1


def _inodes() -> dict[str, int]:
    folder = store().current().folder
    return {str(path.relative_to(folder)): path.stat().st_ino for path in folder.rglob("*.parquet")}


def _wave() -> int:
    return store().current().manifest.waves[0].key


@pytest.mark.parametrize("closed", [True, False])
def test_erasure_reaches_the_facts(nation: Association, *, closed: bool) -> None:
    nation.crowd({"Riverside": 3})
    nation.join("Riverside", "Ana")
    nation.answer("Ana", [4])
    OwnGroup.objects.create(person=nation.people["Ana"], attribute="identity", group="asian")
    wave(closed=closed)
    refresh()
    keys = {row["person"] for row in rows(layout.FACTS)}
    nation.people["Ana"].delete()
    report = refresh()
    left = {row["person"] for row in rows(layout.FACTS)}
    assert (report.removed, len(keys), len(left)) == (1, 4, 3)
    assert {row["person"] for row in rows(layout.MEMBERS)} == left
    assert sum(row["people"] for row in rows(layout.CUBE) if not row["attribute"] and row["local"] == -1) == 3


def test_a_closed_wave_keeps_places_and_groups_as_they_were(nation: Association) -> None:
    nation.crowd({"Riverside": 3})
    wave()
    refresh()
    Membership.objects.update(unit=nation.units["Linden"])
    Person.objects.update(language="es")
    report = refresh()
    assert {row["local"] for row in selves()} == {nation.units["Riverside"].pk}
    assert {row["language"] for row in selves()} == {1}
    assert report.written == 0


def test_a_local_that_came_under_another_state_moves_with_its_people_while_the_wave_is_open(
    nation: Association,
) -> None:
    nation.crowd({"Riverside": 3, "Millbrook": 2})
    wave(closed=False)
    refresh()
    moved = Unit.objects.get(pk=nation.units["Riverside"].pk)
    Unit.objects.move(moved, Unit.objects.get(pk=nation.units["Tamarack"].pk), "last-child")  # type: ignore[attr-defined]
    refresh()
    alder, tamarack = nation.units["Alder"].pk, nation.units["Tamarack"].pk
    assert sorted(row["state"] for row in selves()) == sorted([alder] * 2 + [tamarack] * 3)


def test_a_killed_run_leaves_the_current_facts_and_what_it_wrote_is_taken_over(
    nation: Association, monkeypatch: pytest.MonkeyPatch
) -> None:
    nation.crowd({"Riverside": 5, "Linden": 5})
    wave(closed=False)
    refresh()
    before = store().current()
    nation.crowd({"Riverside": 1, "Linden": 1})
    real, written = building.layout.write, 0

    def dying(*given: Any) -> None:
        nonlocal written
        written += 1
        if written > 3:
            raise KeyboardInterrupt
        real(*given)

    monkeypatch.setattr(building.layout, "write", dying)
    with pytest.raises(KeyboardInterrupt):
        refresh()
    assert store().current().folder == before.folder
    assert len(selves()) == 10
    monkeypatch.setattr(building.layout, "write", real)
    again = refresh()
    assert len(selves()) == 12
    assert again.written > 0
    written_whole = len(list(store().current().folder.rglob("*.parquet")))
    assert again.written < written_whole
    assert not list(store().root.rglob("*.aside"))


def test_the_same_facts_come_of_many_small_steps_and_of_one(nation: Association, settings: Settings) -> None:
    wave("fall-2024", closed=False)
    wave(closed=False)
    refresh()
    for step in range(4):
        nation.crowd({"Riverside": 2, "Linden": 1}, on=(dt.date(2024, 10, 5), DAY))
        if step == 1:
            Membership.objects.filter(unit=nation.units["Riverside"]).update(unit=nation.units["Millbrook"])
        if step == 2:
            Person.objects.filter(given_name__startswith="Linden").first().delete()  # type: ignore[union-attr]
        refresh()
    tables = (layout.FACTS, layout.MEMBERS, layout.CUBE, layout.TERMS, layout.UNITS)
    stepwise = {table: rows(table) for table in tables}
    settings.TRELLIS_DATA = settings.TRELLIS_DATA / "afresh"
    refresh()
    assert {table: rows(table) for table in tables} == stepwise


def test_without_the_secret_everything_is_made_anew_under_other_keys(nation: Association) -> None:
    nation.crowd({"Riverside": 3})
    wave()
    refresh()
    before = {row["person"] for row in selves()}
    forget()
    refresh()
    after = {row["person"] for row in selves()}
    assert len(after) == 3
    assert not before & after


def test_the_first_refresh_says_what_is_missing(nation: Association) -> None:
    with pytest.raises(NoWavesError, match="trellis wave open"):
        refresh()
    with pytest.raises(NoFactsError, match="trellis refresh_insight"):
        store().current()


def test_two_refreshes_do_not_run_at_once(nation: Association) -> None:
    wave()
    with store().building(), pytest.raises(RefreshGoingOnError):
        refresh()


def test_a_generation_stays_while_somebody_reads_it(nation: Association) -> None:
    nation.crowd({"Riverside": 2})
    wave(closed=False)
    refresh()
    with _read() as folder:
        nation.crowd({"Riverside": 1})
        refresh()
        assert (folder / "manifest.json").exists()
    refresh()
    assert not folder.exists()


@contextmanager
def _read() -> Iterator[Path]:
    with store().reading() as snapshot:
        yield snapshot.folder
