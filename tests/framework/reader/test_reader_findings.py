"""What the reader warns about, what it refuses, and how long it may take over a hostile file."""

import time
from pathlib import Path

import pytest

from trellis.framework.reader import DocumentError, read_document, read_text
from trellis.framework.reader import source as reading

HEAD = "ONE\n\nPurpose of one.\n\n| Theme | Level 1: Seed | Level 2: Tree |\n|---|---|---|\n"
CELL = "Does it. Learning Considerations Learns it"
PLENTY = "She works with you and with them, with all, with some, with none. "


def warnings(text: str) -> list[tuple[int, str]]:
    return [(warning.line, warning.message) for warning in read_text(text.encode()).warnings]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (f"{HEAD}| a | Does it | {CELL} |", 7, 'theme "a", level 1: the words "Learning Considerations" are missing'),
        (f"{HEAD}| a | {CELL} | |", 7, 'theme "a", level 2: the cell is empty'),
        (f"{HEAD}| a | {CELL} {CELL} | {CELL} |", 7, 'level 1: the words "Learning Considerations" stand 2 times'),
        (f"{HEAD}| a | Learning Considerations Learns | {CELL} |", 7, "no behaviour before the considerations"),
        (f"{HEAD}| a | Does. Learning Considerations | {CELL} |", 7, "nothing after the words that open"),
        (f"{HEAD}| a | {CELL} | {CELL} |\n| A | {CELL} | {CELL} |", 8, 'a theme "A" stands on line 7 already'),
        (f"{HEAD}| a | {CELL} | {CELL} |\n\n| b | {CELL} |", 9, 'theme "b" has another number of levels: 1, not 2'),
        (f"{HEAD}| a | {CELL} | {CELL} |\n\nTWO\n\n| b | {CELL} | {CELL} |", 9, 'the domain "TWO" has no purpose'),
        (f"{HEAD}| a | {CELL} | {CELL} |\n\nTWO", 9, '"TWO" has no themes'),
        (f"{HEAD}| a | {CELL} | {CELL} |\n\nONE\n\n| b | {CELL} | {CELL} |", 9, '"ONE" began on line 1 already'),
        (f"{HEAD}| a | {CELL} | {CELL} |\n\nA stray line.", 9, '"A stray line.": this text belongs to no'),
        (f"Stray text.\n\n{HEAD}| a | {CELL} | {CELL} |", 1, '"Stray text.": this text belongs to no'),
        (f"ONE\n\nPurpose.\n\n| a | {CELL} | {CELL} |", 5, "no header names the levels of this table"),
        (
            f"{HEAD}| a | {CELL} | {CELL} |\n\n* Each – One.\n\n* Each – Another.",
            11,
            '"Each" is defined in other words further up',
        ),
        ("Group:\n- a\n- \n- b", 3, "this attribute is empty"),
        ("Group:\n- a\n- A", 3, '"A" stands in the group "Group" already'),
        ("Group:\n- a\n\nGroup:\n- b", 4, 'a group "Group" stands on line 1 already'),
        ("Group:\n- a\n\nOther:\n\nThird:\n- b", 4, 'the group "Other" has no attributes'),
        ("Group:\n- a\n\nThe end.", 4, '"The end.": this text belongs to no group'),
        ("# Group\n\nIn short.\n- a\n\n# Next\n\nAlso.\n- b", 8, '"Also.": this text belongs to no group'),
        (
            "Group:\n- leverages the organization t address it",
            2,
            '"organization t address": the letter "t" stands alone',
        ),
        (f"Group:\n- {PLENTY}\n- especially wit others", 3, '"especially wit others": "wit" stands only here'),
    ],
)
def test_warnings(text: str, line: int, message: str) -> None:
    (found,) = warnings(text)
    assert found[0] == line
    assert message in found[1]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a plan for a school, i think", id="the words of one letter"),
        pytest.param("the members' s rights", id="the ending after an apostrophe"),
        pytest.param("of n = 5 and 2 x 3 and option b", id="formulas and names"),
        pytest.param("navi- gates", id="a repair is no warning"),
        pytest.param("leaders y miembros, padres y madres, uno y otro, aqui y alla, hoy y ayer, tu y yo", id="usage"),
        pytest.param("leaders leaders leaders leaders leaders leader", id="singular"),
        pytest.param("events event events event event event even so", id="even and event"),
        pytest.param("party party party party party partner part", id="goes on in several ways"),
        pytest.param("healthy healthy healthy healthy healthy health", id="derived word"),
        pytest.param("with with wit", id="the longer word is not common"),
        pytest.param(f"{PLENTY} wit and more wit", id="the shorter word stands twice"),
        pytest.param(f"{PLENTY} Wit", id="a name"),
    ],
)
def test_no_false_alarms_of_lost_letters(text: str) -> None:
    assert warnings(f"Group:\n- {text}") == []


def test_cp1252_is_read_with_a_warning() -> None:
    document = read_text("Group:\n- fine\n- the members’ café".encode("cp1252"))
    assert document.groups[0].attributes == ("fine", "the members’ café")
    assert [(warning.line, "Windows-1252" in warning.message) for warning in document.warnings] == [(3, True)]


def test_a_thousand_warnings_are_enough() -> None:
    document = read_text(("Group:\n- a\n" + "- a\n" * 2000).encode())
    assert len(document.warnings) == 1001
    assert document.warnings[-1].message == "only the first 1,000 warnings are shown"


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", None, "empty"),
        (b"\xef\xbb\xbf \r\n\t", None, "empty"),
        ("\u200b\u00a0".encode(), None, "empty"),
        (b"Group:\n- a\0b", None, "NUL"),
        (b"\xff\xfea", None, "not text"),
        (b"\xff\xfe\0\0a\0\0\0", None, "NUL"),
        (b"\x81\x8d", None, "not text"),
        (b"Just a line of text.", None, "no framework was recognised"),
        (b"# Heading\n\nText with a | pipe.", None, "no framework was recognised"),
        (b"- a\n- b", 1, "an attribute stands before any group"),
        (f"Intro.\n\n| T | Level 1: A |\n|-|-|\n| a | {CELL} |".encode(), 5, "a theme stands before any domain"),
        (f"{HEAD}| a | {CELL} |".encode(), 7, "this table row has 2 cells, but its table has 3"),
        (f"{HEAD}| a | {CELL} | {CELL} | x |".encode(), 7, "this table row has 4 cells, but its table has 3"),
        (b"ONE\n\nPurpose.\n\nT\tLevel 1: A\nb\tc\td", 6, "this table row has 3 cells, but its table has 2"),
        (f"{HEAD}| a | {CELL} | {CELL} |\n\nTWO\n\n| | {CELL} | {CELL} |".encode(), 11, "there is no theme before it"),
        (f"ONE\n\n{'|a' * 40}|".encode(), 3, "at most 20"),
        (("- a\n" * 60_000).encode(), 50_001, "at most 50,000 lines"),
        (("| a | b |\n" * 2_001).encode(), 1, "at most 2,000 table rows"),
        (b"a" * 1_000_001, 1, "at most 1,000,000 characters"),
        (b"ab- " * 100_001, None, "broken words"),
    ],
)
def test_errors(data: bytes, line: int | None, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_text(data)
    assert caught.value.line == line
    assert message in caught.value.message
    assert str(caught.value) == (caught.value.message if line is None else f"line {line}: {caught.value.message}")


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "framework.md"
    path.write_bytes(b"x" * 101)
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was opened"))
    with pytest.raises(DocumentError, match="larger than"):
        read_document(path)
    with pytest.raises(DocumentError, match="larger than"):
        read_text(path.name.encode() * 100)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be opened"):
        read_document(tmp_path / "none.md")


def test_the_name_of_a_file_plays_no_part(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Group:\n- a", encoding="utf-8")
    assert read_document(path).groups[0].name == "Group"


@pytest.mark.parametrize(
    "unit",
    [
        *(
            b"|",
            b"|\n",
            b"\n",
            b"a",
            b"a\tb\n",
            b"- a\n",
            b"# A\n\n",
            b"ab- ",
            b"a. B ",
            b"\xe9",
            b"\xc2\xad\xe2\x80\x8b",
        ),
        *(sign * 900_000 + b"\n" for sign in (b"a", b"*", b"(", b"#", b"\t")),
        *(b"*a" * 400_000 + b"\n", b"|---" * 200_000 + b"\n", b"\xef\xac\x81" * 300_000 + b"\n"),
    ],
    ids=lambda unit: repr(unit[:6]),
)
def test_hostile_files_take_no_time(unit: bytes) -> None:
    """A quarter of the largest file; what grows faster than its size would show here too."""
    data = unit * (5 * 1024 * 1024 // len(unit))
    started = time.process_time()
    with pytest.raises(DocumentError):
        read_text(data)
    assert time.process_time() - started < 2
