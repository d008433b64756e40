import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError

from tests.framework.importing.documents import GARDEN, cells, grid
from tests.seeds import SEEDS
from trellis.framework import bases
from trellis.framework.management.commands import import_framework
from trellis.framework.models import Edition, EditionStatus
from trellis.framework.reader import read_document


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    path = tmp_path / "Our Garden 2024.md"
    path.write_text(grid(GARDEN), encoding="utf-8")
    return path


def _run(*args: object, **options: object) -> str:
    out = io.StringIO()
    call_command(*map(str, args), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def _refused(*args: object) -> str:
    with pytest.raises(CommandError) as caught:
        _run(*args)
    assert caught.value.returncode == 2
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.mark.seeds
def test_the_plan_is_shown_with_warnings_and_nothing_is_stored_on_a_check(db: None) -> None:
    shown = _run("import_framework", SEEDS / "framework-2020.md", "--check")
    assert "Markdown tables with 7 domains, 33 themes, 99 cells, 3 definitions." in shown
    assert 'line 108: "organization t address"' in shown
    assert "a draft edition of NEA Leadership Competency Framework, based on nea-lcf/2020." in shown
    assert "208 official texts are new beside the plain words." in shown
    assert "same: LOP.4 Analyzes and applies research" in shown
    assert shown.endswith("Checked only: nothing was stored.\n")
    assert not Edition.objects.filter(status=EditionStatus.DRAFT).exists()


@pytest.mark.seeds
def test_without_a_terminal_the_draft_is_stored_after_the_plan_and_published_in_a_second_step(db: None) -> None:
    shown = _run("import_framework", SEEDS / "framework-2020.md")
    assert "Draft edition nea-lcf/framework-2020 is stored." in shown
    assert Edition.objects.get(code="framework-2020").is_draft
    assert "nothing changed" in _run("import_framework", SEEDS / "framework-2020.md")
    assert "says the same already" in _run("import_framework", SEEDS / "framework-2020.md", "--check")
    published = _run("publish_framework", "framework-2020", "--retire-previous")
    assert published == "nea-lcf/framework-2020 is published and current.\nnea-lcf/2020 is retired.\n"


@pytest.mark.parametrize(("answer", "drafts"), [("y", 1), ("", 0), ("no", 0)])
def test_on_a_terminal_it_asks_first(
    db: None, garden: Path, monkeypatch: pytest.MonkeyPatch, answer: str, drafts: int
) -> None:
    monkeypatch.setattr(import_framework.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda: answer)
    _run("import_framework", garden)
    assert Edition.objects.filter(code="our-garden-2024").count() == drafts


def test_yes_answers_the_question_beforehand(db: None, garden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_framework.sys.stdin, "isatty", lambda: True, raising=False)
    _run("import_framework", garden, "--yes", "--edition", "spring", "--name", "Spring edition")
    assert Edition.objects.get(code="spring").name == "Spring edition"


def test_json_holds_what_the_reader_read(db: None, garden: Path, tmp_path: Path) -> None:
    _run("import_framework", garden, "--check", "--json", tmp_path / "out.json")
    text = (tmp_path / "out.json").read_text(encoding="utf-8")
    assert json.loads(text) == read_document(garden).to_json()


def test_json_on_standard_output_stands_alone(db: None, tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text("Café work:\n\n- First thing\n- Second thing\n\nMore:\n\n- Third thing\n", encoding="utf-8")
    text = _run("import_framework", path, "--check", "--json", "-")
    assert json.loads(text) == read_document(path).to_json()
    assert "Café" in text


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "the file is empty"), (b"\x89PNG\0\0", "not text"), (b"Dear all,\nsee you at nine.\n", "")],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(db: None, tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "wrong.md"
    path.write_bytes(content)
    message = _refused("import_framework", path)
    assert message.startswith(f"{path}: ")
    assert said in message
    assert not Edition.objects.filter(status=EditionStatus.DRAFT).exists()


def test_a_table_with_a_missing_cell_is_refused_with_its_line(db: None, garden: Path) -> None:
    lines = garden.read_text(encoding="utf-8").split("\n")
    row = next(place for place, line in enumerate(lines) if line.startswith("| Sows"))
    lines[row] = lines[row].rpartition(" | ")[0].rpartition(" | ")[0] + " |"
    garden.write_text("\n".join(lines), encoding="utf-8")
    assert _refused("import_framework", garden).startswith(f"{garden}: line {row + 1}: ")


def test_other_mistakes_are_refused_in_one_line(db: None, garden: Path, tmp_path: Path) -> None:
    assert "cannot be opened" in _refused("import_framework", tmp_path / "nothing-here.md")
    assert (
        _refused("import_framework", garden, "--into", "nowhere")
        == "There is no framework nowhere; there are: nea-lcf."
    )
    assert "cannot be written" in _refused("import_framework", garden, "--json", tmp_path / "no" / "folder.json")
    assert "small letters" in _refused("import_framework", garden, "--edition", "Two words")
    assert not Edition.objects.filter(status=EditionStatus.DRAFT).exists()


def test_a_taken_code_is_refused_and_replace_gives_it_to_the_new_draft(db: None, garden: Path) -> None:
    _run("import_framework", garden)
    garden.write_text(grid({**GARDEN, "MEETING": ("Meets.", {"Invites all": cells("inviting")})}), encoding="utf-8")
    assert "(--edition CODE)" in _refused("import_framework", garden)
    assert "is stored" in _run("import_framework", garden, "--replace")


def test_without_a_database_a_document_can_be_checked_but_not_stored(
    db: None, garden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoTables:
        def filter(self, **conditions: object) -> None:
            raise ProgrammingError("no such table")

    monkeypatch.setattr(bases.Framework, "objects", NoTables())
    assert "from this document alone" in _run("import_framework", garden, "--check")
    assert "trellis migrate" in _refused("import_framework", garden)


def test_only_a_draft_can_be_published(db: None) -> None:
    assert _refused("publish_framework", "nea-lcf/2020") == "nea-lcf/2020: Only a draft can be published."
    assert _refused("publish_framework", "2020", "--framework", "nea-lcf").endswith("Only a draft can be published.")
    assert _refused("publish_framework", "1999") == "There is no edition 1999."
    assert _refused("publish_framework", "2020") == "2020 may be nea-lcf/2020 or bargaining-attributes/2020: say which."


def test_the_command_line_ends_with_status_2_and_one_line_on_standard_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.md"
    path.touch()
    command = [sys.executable, "-m", "trellis.project", "import_framework", str(path), "--check"]
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": "src", "TRELLIS_DATA": str(tmp_path), "PYTHONWARNINGS": "error",
    }  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == f"CommandError: {path}: the file is empty\n"


def test_the_command_line_prints_json_in_utf_8_before_there_is_a_database(tmp_path: Path) -> None:
    path = tmp_path / "garden.md"
    path.write_text(grid({**GARDEN, "CAFÉ": GARDEN["MEETING"]}), encoding="utf-8")
    command = [sys.executable, "-m", "trellis.project", "import_framework", str(path), "--check", "--json", "-"]
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": "src", "TRELLIS_DATA": str(tmp_path), "PYTHONIOENCODING": "latin-1",
    }  # fmt: skip
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8")) == read_document(path).to_json()
    assert "CAFÉ".encode() in done.stdout
