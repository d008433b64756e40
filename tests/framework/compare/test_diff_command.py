import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.framework.importing.documents import GARDEN, cells, grid
from tests.seeds import SEEDS


def _run(*args: object) -> str:
    out = io.StringIO()
    call_command("diff_framework", *map(str, args), stdout=out)
    return out.getvalue()


def _refused(*args: object) -> str:
    with pytest.raises(CommandError) as caught:
        _run(*args)
    assert caught.value.returncode == 2
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    before, after = tmp_path / "before.md", tmp_path / "after.md"
    before.write_text(grid(GARDEN), encoding="utf-8")
    changed = {**GARDEN, "MEETING": ("Brings people to one long table.", {"Invites everyone": cells("inviting")})}
    after.write_text(grid(changed), encoding="utf-8")
    return before, after


@pytest.mark.seeds
def test_the_earlier_text_is_compared_from_the_files_themselves() -> None:
    shown = _run(SEEDS / "leading-our-professions-earlier.txt", SEEDS / "framework-2020.md")
    assert "leading-our-professions-earlier.txt -> framework-2020.md" in shown
    assert "behaviour: Engages with others in meaningful development and models [-for-] continuous" in shown
    assert 'new: domain "Organizing"' in shown
    assert "Analyzes and applies research" not in shown


def test_marks_and_counts_are_printed(two: tuple[Path, Path]) -> None:
    shown = _run(*two)
    assert "purpose: Brings people to one {+long+} table." in shown
    assert 'reworded: domain "Meeting"' in shown
    assert "Growing Food" not in shown


def test_json_gives_back_both_sides_from_its_marks(two: tuple[Path, Path], tmp_path: Path) -> None:
    found = json.loads(_run(*two, "--json", "-"))
    assert found["counts"]["domain"] == {"unchanged": 2, "reworded": 1, "moved": 0, "new": 0, "gone": 0}
    (meeting,) = [item for item in found["items"] if item["name"] == "Meeting"]
    (text,) = meeting["texts"]
    assert text["marks"] == [["same", "Brings people to one "], ["added", "long "], ["same", "table."]]
    for side, left_out in (("before", "added"), ("after", "removed")):
        assert "".join(words for mark, words in text["marks"] if mark != left_out) == text[side]
    _run(*two, "--json", tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8")) == found


def test_editions_are_named_by_code_and_the_main_framework_is_meant_first(db: None) -> None:
    assert _run("2020", "nea-lcf/2020").startswith("nea-lcf/2020 -> nea-lcf/2020\n")
    assert _run("2020", "2020").startswith("nea-lcf/2020 -> nea-lcf/2020\n")


@pytest.mark.seeds
def test_a_list_is_compared_with_the_edition_of_its_own_shape(db: None) -> None:
    shown = _run("2020", SEEDS / "student-centered-attributes.md")
    assert shown.startswith("bargaining-attributes/2020 -> student-centered-attributes.md\n")
    assert shown.count("\n") == 4


def test_what_cannot_be_compared_is_refused_in_one_line(db: None, two: tuple[Path, Path], tmp_path: Path) -> None:
    assert _refused("2020", "1999") == "There is no file and no edition 1999."
    assert "different shapes" in _refused(two[0], "bargaining-attributes/2020")
    empty = tmp_path / "empty.md"
    empty.touch()
    assert _refused(empty, two[0]) == f"{empty}: the file is empty"
    assert "cannot be written" in _refused(*two, "--json", tmp_path / "no" / "out.json")
