"""Reading CSV as people have it: encodings, separators, quoted breaks; and every way in which it can be wrong."""

import codecs
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.tables.files import read, stored
from trellis.exchange.tables.limits import Limits
from trellis.exchange.tables.place import TableError


def cells(folder: Path, content: bytes | str) -> list[list[str]]:
    return [list(row.cells) for row in read(stored(folder, content))[0]]


def refusal(folder: Path, content: bytes | str, limits: Limits | None = None) -> str:
    with pytest.raises(TableError) as refused:
        read(stored(folder, content), limits, "list.csv")
    return str(refused.value)


WORDS = "Título,Coste\r\nFormación,3\r\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (WORDS.encode(), []),
        (codecs.BOM_UTF8 + WORDS.encode(), []),
        (WORDS.encode("utf-16"), ["The text is Unicode (UTF-16)."]),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), ["The text is Unicode (UTF-16)."]),
        (
            WORDS.encode("cp1252"),
            ["The text is not Unicode, so it was read as Windows text (cp1252). Look at the accents."],
        ),
    ],
)
def test_every_encoding_that_affiliates_send_is_read_and_what_was_guessed_is_said(
    content: bytes, said: list[str], tmp_path: Path
) -> None:
    rows, notes = read(stored(tmp_path, content))
    assert [list(row.cells) for row in rows] == [["Título", "Coste"], ["Formación", "3"]]
    assert notes == said


def test_windows_text_keeps_its_quotes_and_what_windows_does_not_know_is_latin_1(tmp_path: Path) -> None:
    assert cells(tmp_path, "a,“b”\n1,€5\n".encode("cp1252")) == [["a", "“b”"], ["1", "€5"]]
    rows, notes = read(stored(tmp_path, b"a,\xe9\x81\n1,2\n"))
    assert list(rows[0].cells) == ["a", "é\x81"]
    assert notes == ["The text is not Unicode, so it was read as Latin-1. Look at the accents."]


@pytest.mark.parametrize(
    ("separator", "said"),
    [
        (",", []),
        (";", ["Its columns are separated by semicolons."]),
        ("\t", ["Its columns are separated by tabs."]),
        ("|", ["Its columns are separated by upright bars."]),
    ],
)
def test_the_separator_is_found_although_others_stand_in_the_cells(
    separator: str, said: list[str], tmp_path: Path
) -> None:
    lines = [
        ["Title", "About", "Cost"],
        ['"Story, self; us | now"', '"one\ttwo"', "3"],
        ["Two", '"a, b, c"', "4"],
        ["Three", "", "5"],
    ]
    rows, notes = read(stored(tmp_path, "\n".join(separator.join(line) for line in lines)))
    assert list(rows[1].cells) == ["Story, self; us | now", "one\ttwo", "3"]
    assert {len(row.cells) for row in rows} == {3}
    assert notes == said


@pytest.mark.parametrize("line", ["sep=;\r\n", '"sep=;"\r\n'])
def test_a_first_line_that_names_the_separator_is_obeyed_and_is_no_row(line: str, tmp_path: Path) -> None:
    rows, _ = read(stored(tmp_path, line + "a;b,c\r\n1;2\r\n"))
    assert [(row.number, list(row.cells)) for row in rows] == [(1, ["a", "b,c"]), (2, ["1", "2"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_counted_as_a_spreadsheet_program_shows_them(end: str, tmp_path: Path) -> None:
    text = end.join(["a,b", "", '"one', 'two",2', " , ", "3,4"])
    assert [(row.number, row.cells[-1]) for row in read(stored(tmp_path, text))[0]] == [(1, "b"), (3, "2"), (5, "4")]


def test_a_single_column_and_a_header_alone_are_tables_too(tmp_path: Path) -> None:
    assert cells(tmp_path, "Title\nOne\nTwo\n") == [["Title"], ["One"], ["Two"]]
    assert cells(tmp_path, "Title,Cost") == [["Title", "Cost"]]


def test_what_looks_like_the_sign_of_another_file_in_a_heading_does_not_matter(tmp_path: Path) -> None:
    assert cells(tmp_path, "BM,ID3\n1,2\n") == [["BM", "ID3"], ["1", "2"]]


BAD = {
    "a zero byte": ("a,b\n1,2\n3,\0\n", "list.csv, row 3: this line holds a zero byte"),
    "UTF-16 without its mark": ("a,b\n1,2\n".encode("utf-16-le"), "list.csv, row 1: this line holds a zero byte"),
    "one bad byte in Unicode": ("a,é\n1,2\n".encode() + b"3,\xe9\n", "list.csv, row 3: this line holds a character"),
    "half a character at the end": ("a,é\n".encode("utf-16")[:-1], "list.csv, row 1: this line holds a character"),
    "a quotation mark never closed": ('a,b\n1,"2\n3,4\n', "list.csv, row 2: a quotation mark is opened"),
    "text behind a quotation": ('a,b\n1,"2"3\n', "list.csv, row 2: after a closing quotation mark"),
    "nothing": (b"", "list.csv: the file is empty."),
    "white space": (b" \r\n\r\n", "list.csv: the file is empty."),
    "a PDF": (b"%PDF-1.7\n1 0 obj\n", "list.csv: this is a PDF file, not a table."),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "list.csv: this is a PNG file, not a table."),
    "a web page": (b"\xef\xbb\xbf\n<html><table><tr><td>", "list.csv: this is a web page, not a table."),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "list.csv: this is an old .xls file"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_read_is_refused_with_its_place(case: str, tmp_path: Path) -> None:
    content, expected = BAD[case]
    assert refusal(tmp_path, content).startswith(expected)


def test_every_limit_is_held_and_named(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a\n1\n2\n3\n", Limits(rows=2)) == "list.csv: the table has more than 2 rows."
    wide = refusal(tmp_path, "a,b\n1,2,3,4\n", Limits(columns=3))
    assert wide == "list.csv, row 2: this row has more than 3 columns."
    assert "row 2, column B: this cell is longer than 5" in refusal(tmp_path, "a,b\n1,123456\n", Limits(cell=5))
    assert "row 2: this line is longer than 20" in refusal(tmp_path, f"a\n{'b' * 21}\nc\n", Limits(line=20))
    assert "larger than 1 MB" in refusal(tmp_path, "a" * 1_048_577, Limits(size=1_048_576))
    assert cells(tmp_path, "a\n1\n2\n") == [["a"], ["1"], ["2"]], "the header does not count"


def test_a_hundred_thousand_empty_rows_are_passed_over(tmp_path: Path) -> None:
    rows, _ = read(stored(tmp_path, "a,b\n" + ",\n" * 100_000 + "1,2\n"), Limits(rows=10))
    assert [row.number for row in rows] == [1, 100_002]


_IN_A_BOX = """
import resource, sys
from pathlib import Path
from django.conf import settings
settings.configure(USE_I18N=False)
from trellis.exchange.tables.limits import Limits
from trellis.exchange.tables.place import TableError
from trellis.exchange.tables.reader import open_table
resource.setrlimit(resource.RLIMIT_AS, (512 * 1024 * 1024,) * 2)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    with open_table(Path(sys.argv[1]), "list.csv", Limits(size=2**40)) as table:
        print(sum(1 for _row in table.rows))
except TableError as error:
    print(error)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def read_in_a_box(path: Path) -> tuple[str, int]:
    """What is said of a file by a process of little memory, and by how many kilobytes it grew."""
    done = subprocess.run([sys.executable, "-c", _IN_A_BOX, str(path)], capture_output=True, text=True, check=True)
    said, grown = done.stdout.splitlines()
    return said, int(grown)


def test_a_line_of_a_gigabyte_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    with path.open("wb") as file:
        file.write(b"Title," + b"a" * 2_000_000)
        file.truncate(1024**3)  # the rest takes no room on the disk; whoever read so far would find zero bytes
    said, grown = read_in_a_box(path)
    assert said == "list.csv, row 1: this line is longer than 1048576 characters, so this is hardly a table."
    assert grown < 32 * 1024


def test_many_rows_take_no_more_memory_than_few(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    with path.open("w") as file:
        file.write("Number,Name,Unit\n")
        for number in range(90_000):
            file.write(f'{number:08},"Ana {number}",Lincoln Elementary School of Riverside\n')
    said, grown = read_in_a_box(path)
    assert said == "90001"
    assert grown < 12 * 1024
