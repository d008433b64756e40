"""What holds for every file: no bytes do more to a reader than to be refused, and what was written is read back."""

import io
import json
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.exchange.tables.files import MAIN, by_hand, read, sheet, stored
from trellis.core.sheets.neutral import neutral
from trellis.core.sheets.writer import csv_pieces
from trellis.exchange.tables import workbook_child
from trellis.exchange.tables.limits import Limits
from trellis.exchange.tables.mapping import Column, clean, find_header, guess
from trellis.exchange.tables.place import TableError
from trellis.exchange.tables.row import Row

QUICK = settings(
    max_examples=300,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SMALL = Limits(size=100_000, rows=50, columns=20, line=500, cell=100)
debris = st.sampled_from(
    [
        '"',
        '""',
        ",",
        ";",
        "\t",
        "|",
        "\n",
        "\r\n",
        "\r",
        "\0",
        "sep=;",
        "\ufeff",
        "<",
        "a",
        "é",
        "x" * 600,
        " ",
        "=",
        "1",
    ]
)


@given(st.binary(max_size=600))
@example(b"\xff\xfe\x00\xd8")
@example(b"\xef\xbb\xbf")
@example(b"PK\x03\x04")
@example(b"PK\x05\x06" + b"\0" * 18)
@QUICK
def test_no_bytes_do_more_than_fail_to_be_a_table(tmp_path: Path, data: bytes) -> None:
    with suppress(TableError):
        read(stored(tmp_path, data), SMALL)


@given(st.lists(debris, max_size=60).map("".join), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]))
@QUICK
def test_no_debris_of_tables_does_more_either(tmp_path: Path, text: str, encoding: str) -> None:
    with suppress(TableError):
        rows, _ = read(stored(tmp_path, text.encode(encoding)), SMALL)
        assert all(any(map(str.strip, row.cells)) for row in rows)


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@given(st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=8)))
@example([["\u2028"], ["'="]])
@QUICK
def test_what_was_written_is_read_back(tmp_path: Path, rows: list[list[str]]) -> None:
    header = ["Title", "Cost", "Day", "Open", "Seats"][: len(rows[0]) if rows else 2]
    found, _ = read(stored(tmp_path, b"".join(csv_pieces(header, rows))))
    told = [list(map(neutral, row)) for row in rows]  # with an apostrophe before what would run
    expected = [list(map(clean, row)) for row in told if any(map(str.strip, row))]
    assert [list(map(clean, row.cells)) for row in found] == [header, *expected]


@given(st.lists(st.text(max_size=20), max_size=8))
@QUICK
def test_any_header_is_understood_somehow_and_no_column_means_two_things(headings: list[str]) -> None:
    columns = [Column("title", "Title", ("name",)), Column("starts", "Starts", ("start", "date"))]
    found = guess(Row("", 1, headings), columns)
    assert len(set(found.of.values())) == len(found.of)
    assert find_header([Row("", 1, headings)], columns) is not None


_SHEET = sheet(
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>in</t></is></c></row>'
    '<row r="2" spans="1:2"><c r="A2"><v>2</v></c><c r="B2" s="1"><v>45000.5</v></c><c r="C2" t="b"><v>1</v></c></row>'
    '<row><c><f>1+1</f></c><c t="e"><v>#N/A</v></c><c t="d"><v>2026-03-05</v></c><c t="str"><v>x</v></c></row>'
)
_STRINGS = f'<sst xmlns="{MAIN}"><si><t>one</t></si><si><r><t>two</t></r></si></sst>'
_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)
scraps = st.sampled_from(
    ["", "<", ">", "/", '"', "&", "&amp;", "-1", "1e999", "99999999999999999999", "é", "\x01", "<row>", "<c/>",
     "</row>", "<v>", 'r="ZZZZ1"', 's="-1"', 't="x"', "<is/>", "NaN", "inf",
     "<mergeCells><mergeCell ref='A1:A0'/></mergeCells>"]
)  # fmt: skip


@st.composite
def torn(draw: st.DrawFn, text: str) -> str:
    """The text with a few pieces of it replaced by scraps."""
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + draw(scraps) + text[start + draw(st.integers(0, 8)) :]
    return text


@given(torn(_SHEET), torn(_STRINGS), torn(_STYLES))
@QUICK
def test_no_torn_workbook_does_more_than_end_its_child_with_a_word(
    monkeypatch: pytest.MonkeyPatch, sheet_xml: str, strings: str, styles: str
) -> None:
    content = by_hand(sheet_xml, strings=strings, more={"xl/styles.xml": styles.encode()})
    with monkeypatch.context() as patch:
        # In this process, so that many can be tried: without the limits, which would stay for good.
        patch.setattr(workbook_child.resource, "setrlimit", lambda *_: None)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        patch.setattr(sys, "stdout", said := io.StringIO())
        workbook_child.main(512, 20, 50, 20, 100)
    lines = [json.loads(line) for line in said.getvalue().splitlines()]
    assert lines[-1][0] == "end"
    assert lines[-1][1] in ("", "broken", "memory", "rows", "columns", "characters")
