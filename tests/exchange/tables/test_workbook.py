"""Reading Excel files: what stands in them as a person sees it; and bombs of several kinds, which stay in their box."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.exchange.tables.files import MAIN, STRINGS, by_hand, read, sheet, stored, workbook
from trellis.exchange.tables import workbook as box
from trellis.exchange.tables.limits import Limits
from trellis.exchange.tables.place import TableError
from trellis.exchange.tables.reader import open_table
from trellis.exchange.tables.row import Fault

local = dt.datetime.fromisoformat  # workbooks know no zones
LARGE = Limits(size=60 * 1024 * 1024, rows=2_000_000, columns=20_000)


def refusal(folder: Path, content: bytes | Workbook, limits: Limits | None = None) -> str:
    with pytest.raises(TableError) as refused:
        read(stored(folder, content), limits, "list.xlsx")
    return str(refused.value)


def test_cells_are_read_as_they_are_seen(tmp_path: Path) -> None:
    book = workbook(
        ["Título", "When", "Day", "At", "Takes", "Cost", "Number", "Open"],
        ["Sí", local("2026-03-05T18:30"), dt.date(2026, 3, 5), dt.time(18, 30), dt.timedelta(hours=1.5),
         25.5, 123, True],
        ["x", local("2026-03-05T18:29:59.999700"), None, None, None, 2025.0, 12345678901, False],
    )  # fmt: skip
    book.worksheets[0]["G2"].number_format = "00000"
    rows, notes = read(stored(tmp_path, book))
    assert list(rows[1].cells) == ["Sí", "2026-03-05 18:30", "2026-03-05", "18:30", "1:30", "25.5", "00123", "TRUE"]
    assert list(rows[2].cells) == ["x", "2026-03-05 18:30", "", "", "", "2025", "12345678901", "FALSE"]
    assert [(row.sheet, row.number) for row in rows] == [("Table", 1), ("Table", 2), ("Table", 3)]
    assert notes == []


def test_dates_that_are_counted_from_1904_are_the_same_dates(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0].append([local("2026-03-05T18:30")])
    assert list(read(stored(tmp_path, book))[0][0].cells) == ["2026-03-05 18:30"]


def test_hidden_sheets_are_left_out_and_merged_cells_are_told(tmp_path: Path) -> None:
    book = workbook(["Title", "Cost"], ["One", 1], Notes=[["secret"]], More=[["Title"], ["Two"]])
    book["Notes"].sheet_state = "hidden"
    book["Table"].merge_cells("A2:A4")
    rows, notes = read(stored(tmp_path, book))
    assert [(row.sheet, list(row.cells)) for row in rows] == [
        ("Table", ["Title", "Cost"]),
        ("Table", ["One", "1"]),
        ("More", ["Title"]),
        ("More", ["Two"]),
    ]
    assert notes == [
        "The sheet “Table” has merged cells: only the first of them holds the text, the others are empty.",
        "The sheet “Notes” is hidden, so it was left out.",
    ]


def test_formulas_are_never_read_and_one_without_a_result_is_a_fault_of_its_cell(tmp_path: Path) -> None:
    counted = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1" t="e"><v>#REF!</v></c></row>'
    )
    row = read(stored(tmp_path, by_hand(sheet(counted))))[0][0]
    assert row.cells[0] == "2"
    assert row.faults == {1: Fault.UNCOUNTED, 2: Fault.FAILED}


def test_empty_rows_are_passed_over_however_many_there_are(tmp_path: Path) -> None:
    book = workbook(["Title"])
    for number in range(2, 100_002):
        book.worksheets[0].cell(number, 3).value = " " if number % 1000 == 0 else None
    book.worksheets[0]["A1048576"] = "the last row of all"
    rows, _ = read(stored(tmp_path, book), Limits(rows=5))
    assert [row.number for row in rows] == [1, 1_048_576]


def test_every_limit_is_held_and_named(tmp_path: Path) -> None:
    book = workbook(["a", "b"], [1, 2], [3, 4], [5, "x" * 30])
    assert refusal(tmp_path, book, Limits(rows=2)) == "list.xlsx, sheet “Table”: the file has more than 2 rows."
    assert "sheet “Table”, row 1: this row has more than 1 columns." in refusal(tmp_path, book, Limits(columns=1))
    assert "row 4, column B: this cell is longer than 20 characters." in refusal(tmp_path, book, Limits(cell=20))
    assert "larger than 0 MB" in refusal(tmp_path, book, Limits(size=100))


_DEEP = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghij", "bcdefghijk", strict=True)
)
LAUGHS = f"{_DEEP}]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY k SYSTEM "file:///etc/passwd">]>'
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'


@pytest.mark.parametrize(("before", "entity"), [(LAUGHS, "&k;"), (OUTSIDE, "&k;"), ("<!DOCTYPE x>", "x")])
def test_no_entity_is_expanded_and_nothing_outside_is_opened(before: str, entity: str, tmp_path: Path) -> None:
    broken = by_hand(sheet(CELL.format(entity), before))
    shared = by_hand(
        sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
        strings=f"{before}<sst><si><t>{entity}</t></si></sst>",
    )
    if before == "<!DOCTYPE x>":
        assert list(read(stored(tmp_path, broken))[0][0].cells) == ["x"]
        return
    for content in (broken, shared):
        assert "damaged, or not an Excel file" in refusal(tmp_path, content)


def _patched(content: bytes, name: str, declared: int) -> bytes:
    """The same container, but its list of parts says another size of one."""
    made = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        start = container.start_dir
    place = made.index(name.encode(), start) - 46
    made[place + 24 : place + 28] = declared.to_bytes(4, "little")
    return bytes(made)


def _one_row(cells: int) -> str:
    return sheet('<row r="1">' + "".join(f"<c><v>{number * 7919}</v></c>" for number in range(cells)) + "</row>")


BOMBS = {
    "one part of nothing but spaces": by_hand(sheet(" " * 40_000_000)),
    "sixty million in a part that nobody reads": by_hand(sheet(""), more={"xl/media/a.bin": b"\0" * 60_000_000}),
    "one row of a million cells": by_hand(_one_row(1_000_000)),
    "many parts": by_hand(sheet(""), more={f"xl/{number}.xml": b"" for number in range(2500)}),
    "a size that lies": _patched(by_hand(sheet(" " * 9_000_000)), "xl/worksheets/sheet1.xml", 200),
    "a container in it": by_hand(sheet(""), more={"xl/in.zip": by_hand(sheet(" " * 50_000_000))}),
}


@pytest.mark.parametrize("case", [name for name in BOMBS if name != "a container in it"])
def test_a_bomb_is_refused(case: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, BOMBS[case], LARGE).startswith("list.xlsx")


def test_a_container_inside_is_never_opened(tmp_path: Path) -> None:
    assert read(stored(tmp_path, BOMBS["a container in it"]), LARGE)[0] == []


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml"])
def test_a_list_that_would_be_read_as_a_whole_may_not_be_large(part: str, tmp_path: Path) -> None:
    content = by_hand(sheet(""), more={part: f"<x>{'<y/>' * 1_200_000}</x>".encode()})
    assert refusal(tmp_path, content, LARGE).startswith("list.xlsx")


def test_what_fills_the_memory_of_its_box_ends_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(box, "MEGABYTES", 150)
    strings = "".join(f"<si><t>{number}</t></si>" for number in range(500_000))
    content = by_hand(sheet(CELL.format("x")), strings=f'<sst xmlns="{MAIN}">{strings}</sst>')
    assert "needs too much memory or time" in refusal(tmp_path, content, LARGE)


def test_what_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(box, "SECONDS", 1)
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>{number}</v></c></row>' for number in range(1, 400_000))
    assert "needs too much memory or time" in refusal(tmp_path, by_hand(sheet(rows)), LARGE)


BROKEN = {
    "no sheet": by_hand(sheet("")).replace(b"sheet1", b"sheet2", 1),
    "half a file": by_hand(sheet(CELL.format("x")))[:-40],
    "no XML": by_hand("hello"),
    "cut XML": by_hand("<worksheet><sheetData><row"),
    "a style that is not there": by_hand(sheet('<row r="1"><c r="A1" s="99"><v>1</v></c></row>')),
    "a string that is not there": by_hand(sheet('<row r="1"><c r="A1" t="s"><v>9</v></c></row>')),
    "a row of no number": by_hand(sheet('<row r="x"><c r="A1"><v>1</v></c></row>')),
    "a cell of no address": by_hand(sheet('<row r="1"><c r="??"><v>1</v></c></row>')),
    "a number that is none": by_hand(sheet('<row r="1"><c r="A1"><v>one</v></c></row>')),
    "endless strings": by_hand(sheet(""), strings=STRINGS[:-2]),
    "a document": by_hand(sheet(""), book="<document/>"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_refused_or_read_and_never_more(case: str, tmp_path: Path) -> None:
    try:
        rows, _ = read(stored(tmp_path, BROKEN[case]), name="list.xlsx")
    except TableError as error:
        said = str(error)
    else:
        said = f"list.xlsx: not an Excel file, or one of {len(rows)} rows"
    assert said.startswith("list.xlsx")
    assert "not an Excel file" in said


def test_other_office_files_macros_and_passwords_are_told_apart(tmp_path: Path) -> None:
    assert "holds macros" in refusal(tmp_path, by_hand(sheet(""), more={"xl/vbaProject.bin": b"x"}))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as container:
        container.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "not an Excel file that can be read" in refusal(tmp_path, made.getvalue())


def test_who_stops_reading_leaves_no_process_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    launch = box.subprocess.Popen

    def watched(*args: object, **kwargs: object) -> object:
        started.append(launch(*args, **kwargs))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(box.subprocess, "Popen", watched)
    path = stored(
        tmp_path, by_hand(sheet("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 50_000))))
    )
    with open_table(path, "list.xlsx") as table:
        next(table.rows)
    assert [child.returncode for child in started] == [-9]  # type: ignore[attr-defined]
