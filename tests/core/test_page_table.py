"""A table of a page becomes rows: what is read is what was shown, and nothing of it can run."""

import csv
import io
from decimal import Decimal

from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from trellis.core.sheets.page_table import page_table
from trellis.core.sheets.writer import csv_pieces

_PAGE = """<main><table data-file="other"><tr><td>no</td></tr></table>
<table class="plain-table" data-file="team"><caption><svg aria-hidden="true"><use href="#x"/></svg>Advocacy</caption>
<thead class="vh"><tr><th>Theme</th><td class="bar"></td><th scope="col"><abbr>Level 1</abbr></th></tr></thead>
<tbody><tr><th scope="row"><a href="/x">Speaking<br>up</a></th><td class="bar"><svg><rect/></svg></td><td>12</td></tr>
<tr><th scope="row">Listening<small>n = 4</small></th><td></td><td>2.5 <span aria-hidden="true">of</span></td></tr>
<tr class="g"><th colspan="3">Organizing</th></tr>
<tr><th><select><option value="1">one</option><option value="2" selected>two</option></select></th><td></td><td>
<ul><li>a</li><li>b &amp; c</li></ul><a data-page-only href="/add">Add</a></td></tr></tbody></table></main>"""


def test_groups_lines_and_numbers_are_read_and_pictures_are_not() -> None:
    assert page_table(_PAGE, "team") == (
        ["Group", "Theme", "Level 1"],
        [
            ["Advocacy", "Speaking\nup", 12],
            ["Advocacy", "Listening n = 4", Decimal("2.5")],
            ["Organizing", "two", "a\nb & c"],
        ],
    )


def test_tables_of_one_name_come_one_below_the_other() -> None:
    table = '<table data-file="x"><thead><tr><th>A</th></tr></thead><tr><td>{}</td></tr></table>'
    assert page_table(table.format("1") + table.format("2"), "x") == (["A"], [[1], [2]])


def test_a_page_without_such_a_table_has_none() -> None:
    assert page_table(_PAGE, "nothing") is None
    assert page_table('<table data-file="x"></table>', "x") == ([], [])


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])), min_size=1, max_size=4))
def test_whatever_stands_in_a_cell_cannot_run(texts: list[str]) -> None:
    row = "".join(f"<td>{escape(text)}</td>" for text in texts)
    found = page_table(f'<table data-file="x"><tr><th>Name</th>{row}</tr></table>', "x")
    assert found is not None
    text = b"".join(csv_pieces(*found)).decode("utf-8-sig")
    for line in csv.reader(io.StringIO(text)):
        assert not any(cell.lstrip(' "').startswith(("=", "+", "@")) for cell in line)
