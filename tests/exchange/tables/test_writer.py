"""Writing tables: what spreadsheet programs open, what they must not run, and what we read back unchanged."""

import csv
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.core.sheets.test_neutral import PAYLOADS, is_live
from tests.exchange.tables.files import read, stored
from trellis.core.sheets.writer import csv_pieces, workbook_pieces
from trellis.exchange.tables.mapping import clean

HEADER = ["Title", "Cost", "Day", "Open", "Seats"]
ROWS = [
    ["Story, “self”; us\nnow", Decimal("25.50"), dt.date(2026, 3, 5), True, 12],
    ["-5 °C", Decimal("0.00"), dt.datetime(2026, 3, 5, 18, 30, tzinfo=dt.UTC), False, None],
]
READ = [
    HEADER,
    ["Story, “self”; us\nnow", "25.50", "2026-03-05", "yes", "12"],
    ["-5 °C", "0.00", "2026-03-05 18:30", "no", ""],
]


def made(*sheets: tuple[str, list[str], list[list[Any]]]) -> bytes:
    return b"".join(workbook_pieces(sheets))


def test_a_csv_file_has_its_mark_and_the_line_ends_of_the_standard_and_is_read_back(tmp_path: Path) -> None:
    written = b"".join(csv_pieces(HEADER, ROWS))
    assert written.startswith(b'\xef\xbb\xbf"Title","Cost"')
    assert written.count(b"\r\n") == 3
    rows, notes = read(stored(tmp_path, written))
    assert [list(map(clean, row.cells)) for row in rows] == READ
    assert notes == []


def test_a_workbook_is_read_back_and_numbers_stay_numbers(tmp_path: Path) -> None:
    content = made(("Sessions of a very long name indeed", HEADER, ROWS), ("More", ["A"], [["1"]]))
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Sessions of a very long name in", "More"]
    assert [cell.data_type for cell in book.worksheets[0][2]] == ["s", "n", "s", "s", "n"]
    assert book["More"]["A2"].value == "1"
    rows = [list(map(clean, row.cells)) for row in read(stored(tmp_path, content))[0]]
    assert rows[:3] == [READ[0], [*READ[1][:1], "25.5", *READ[1][2:]], ["-5 °C", "0", "2026-03-05 18:30", "no"]]


@pytest.mark.parametrize("case", PAYLOADS)
def test_no_payload_is_live_in_any_file(case: str) -> None:
    payload = PAYLOADS[case]
    pieces = b"".join(csv_pieces([payload], [[payload]])).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(pieces, newline="")) for cell in row]
    assert [is_live(cell) for cell in cells] == [False, False]
    book = load_workbook(io.BytesIO(made(("One", [payload], [[payload]]))))
    found = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert [(cell.data_type, is_live(cell.value)) for cell in found] == [("s", False)] * 2


def test_what_no_workbook_can_hold_is_marked_and_cut() -> None:
    content = made(("One", ["A"], [["a\x00b\x1b\ud800"], ["x" * 40_000], ["#N/A"]]))
    cells = [cell for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=2) for cell in row]
    assert [cell.data_type for cell in cells] == ["s", "s", "s"]
    assert cells[0].value == "a\ufffdb\ufffd\ufffd"
    assert len(cells[1].value) == 32_767


def test_a_csv_file_comes_in_pieces_however_long_it_is() -> None:
    pieces = csv_pieces(["Number"], ([str(number)] for number in range(1_000_000_000)))
    assert len(next(pieces)) < 10_000
