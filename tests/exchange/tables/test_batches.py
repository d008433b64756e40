"""Batches of rows: lines split at the separator are what `csv` reads, wherever a quotation mark first comes."""

import csv
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.exchange.tables.test_reader_properties import QUICK, SMALL, debris
from trellis.exchange.tables import batches
from trellis.exchange.tables.place import TableError

plain = st.sampled_from(["a", "Ana", "é", "1,2", ",", ";", "\t", "\n", "\r\n", " ", "x,y\n", "\n\n"])


def said(path: Path) -> list[tuple[int, list[str]]] | str:
    """Every row with its number, or why the file is refused."""
    try:
        with batches.open_batches(path, "list.csv", SMALL) as table:
            rows = [
                (number, list(row))
                for batch in table.batches
                for number, row in zip(batch.numbers, batch.rows, strict=True)
            ]
    except TableError as error:
        return str(error)
    return rows


@given(st.lists(plain | debris, max_size=60).map("".join))
@example("a,b\r\n1,2\r\n\r\n3,4")
@example("a,b\n1,2\n\n\n3,4\n\n")
@example('a,b\n1,2\n"3\n4",5\n')
@example("a,b\r1,2\r\n\r3,4")
@example("a,b\n1\n2,3,4\n5,6")
@example("a,b\n,\n1,2\n")
@QUICK
def test_lines_that_are_split_are_what_csv_reads(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "_PIECE", 8)
        ours = said(path)
        patch.setattr(
            batches,
            "_next_lines",
            lambda text, separator: (None, csv.reader(text, delimiter=separator, strict=True)),
        )
        assert ours == said(path)


def test_a_quotation_mark_far_down_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name,job\n" + "Ana,Nurse\n" * 9 + '"Rivera, Ben","Bus\ndriver"\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "_PIECE", 20)
        rows = said(path)
    assert rows[9:] == [(10, ["Ana", "Nurse"]), (11, ["Rivera, Ben", "Bus\ndriver"])]
