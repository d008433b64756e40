"""What analysts type: released figures in four formats, waves, and facts about an association that does not exist."""

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command

from tests.insight.association import Association, wave
from trellis.insight.facts import layout
from trellis.insight.facts.generations import Store
from trellis.insight.facts.refresh import refresh
from trellis.insight.models import Wave
from trellis.insight.release_actions import release_wave
from trellis.people.models import Unit


@pytest.fixture
def released(nation: Association) -> Association:
    """An association with one release, and a unit whose name would run in a spreadsheet program."""
    Unit.objects.filter(name="Riverside").update(name='=HYPERLINK("http://example.org")')
    nation.crowd({"Riverside": 30, "Millbrook": 24, "Harrow": 4, "Linden": 30})
    found = wave()
    refresh()
    release_wave(found, by=None)
    return nation


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    call_command("insight", *words)
    return capsys.readouterr().out


def test_a_table_says_ends_with_their_numbers(released: Association, capsys: pytest.CaptureFixture[str]) -> None:
    first, *lines = said(capsys, "standing", "--unit", "alder").splitlines()
    assert first.split()[:4] == ["wave", "edition", "question", "unit"]
    assert "_end" not in first
    assert lines[0].split()[-5] == "54"
    nobody = next(line for line in lines if "ADV.3" in line)
    assert nobody.endswith("few"), "nobody answered this theme, and it says no more than that"


def test_csv_runs_nothing(released: Association, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(
        csv.DictReader(io.StringIO(said(capsys, "participation", "--each", "--format", "csv").lstrip("\ufeff")))
    )
    units = {row["unit"] for row in rows}
    assert '\'=HYPERLINK("http://example.org")' in units
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())
    hidden = [row for row in rows if row["unit"] == "Harrow"]
    assert {(row["n"], row["hidden"]) for row in hidden} == {("", "few")}


def test_json_has_null_where_the_gate_hides(released: Association, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "standing", "--by", "office", "--unit", "Harrow", "--format", "json"))
    assert {(row["n"], row["level1"], row["hidden"]) for row in found} == {(None, None, "few")}
    assert {row["group"] for row in found} == {"office", "none"}
    identity = json.loads(said(capsys, "standing", "--by", "identity", "--unit", "Linden", "--format", "json"))
    assert {row["hidden"] for row in identity} == {"not-here"}


def test_everything_goes_into_one_parquet_file(released: Association, tmp_path: Path) -> None:
    path = tmp_path / "release.parquet"
    call_command("insight", "everything", "--format", "parquet", "--output", str(path))
    table = pq.read_table(path)
    rows = table.to_pylist()
    assert {row["question"] for row in rows} >= {"participation", "standing", "pipeline"}
    assert {row["kind"] for row in rows} == {"national", "state", "local"}
    assert {str(table.schema.field(name).type) for name in ("n", "mean", "unit")} == {"int64", "double", "string"}
    assert all(row["n"] is None or row["n"] >= 10 for row in rows)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["standing", "--unit", "Nowhere"], "no unit 'Nowhere'"),
        (["standing", "--wave", "spring-1999"], "'spring-1999' is not released"),
        (["standing", "--by", "salary"], "by 'salary'"),
        (["standing", "--format", "parquet"], "--output"),
        (["standing", "--output", "/nowhere/at/all.csv", "--format", "csv"], "/nowhere/at/all.csv"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(released: Association, words: list[str], says: str) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("insight", *words)
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_name_that_two_units_have_is_asked_back(released: Association) -> None:
    Unit.objects.filter(name="Millbrook").update(name="Linden")
    with pytest.raises(CommandError, match=r"2 units named 'Linden': local [0-9a-f-]{36}"):
        call_command("insight", "standing", "--unit", "Linden")
    call_command("insight", "standing", "--unit", str(Unit.objects.filter(name="Linden")[0].uid))


def test_before_the_first_release_it_says_how_to_make_one(nation: Association) -> None:
    with pytest.raises(CommandError, match="release_insight"):
        call_command("insight", "standing")


def test_waves_are_opened_closed_and_listed(nation: Association, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("wave", "open", "fall-2025", "--name", "Fall 2025", "--from", "2025-10-01", "--to", "2025-11-15")
    with pytest.raises(CommandError, match="Fall 2025"):
        call_command("wave", "open", "again", "--name", "Again", "--from", "2025-11-15", "--to", "2025-12-15")
    with pytest.raises(CommandError):
        call_command("wave", "open", "back", "--name", "Back", "--from", "2026-02-15", "--to", "2026-01-15")
    call_command("wave", "close", "fall-2025")
    with pytest.raises(CommandError, match="closed already"):
        call_command("wave", "close", "fall-2025")
    with pytest.raises(CommandError, match="no wave 'spring'"):
        call_command("wave", "close", "spring")
    call_command("wave", "list")
    assert "closed" in capsys.readouterr().out
    assert Wave.objects.get().is_closed


def test_the_same_seed_draws_the_same_association(nation: Association, tmp_path: Path) -> None:
    words = ("--people", "2000", "--waves", "2", "--seed", "7")
    for name in ("one", "two"):
        call_command("make_facts", *words, "--into", str(tmp_path / name))
    one, two = (Store(tmp_path / name).current() for name in ("one", "two"))
    assert one.manifest == two.manifest
    files = sorted(path.relative_to(one.folder) for path in one.folder.rglob("*.parquet"))
    assert len(files) > 100
    for path in files:
        assert layout.read(one.folder / path).equals(layout.read(two.folder / path)), path
    units = pq.read_table(layout.part(one.folder, layout.UNITS, 2)).to_pylist()
    states = {row["unit"] for row in units if row["kind"] == "state"}
    assert states == {row["state"] for row in units if row["kind"] == "local"}
    kept = {int(path.parent.name.partition("=")[2]) for path in one.folder.glob("facts/wave=2/*/*.parquet")}
    assert kept == states | {layout.NOWHERE}, "whoever answers is in one of the states"
    with pytest.raises(CommandError, match="is not empty"):
        call_command("make_facts", *words, "--into", str(tmp_path / "one"))
    with pytest.raises(CommandError, match="at least 1,000"):
        call_command("make_facts", "--people", "10", "--into", str(tmp_path / "three"))
