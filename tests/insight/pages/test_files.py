"""Files to take along: the same released cells as on the pages, hidden ones empty, and nothing in them runs."""

import csv
import io
import re

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.insight.pages.conftest import HIDDEN, Browser, Shown
from trellis.insight.taken_along import FILES
from trellis.people.models import Unit, UnitKind


def table(browser: Browser, shown: Shown, question: str, unit: str = "Alder") -> list[dict[str, str]]:
    response = browser("state_staff").get(shown.address("table", unit, question=question))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{unit.lower()}-fall-2026-{question}.csv"'
    assert response["Cache-Control"] == "private, no-store"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_a_table_holds_the_unit_and_its_parts_cell_by_cell(browser: Browser, shown: Shown) -> None:
    found = [row for row in table(browser, shown, "standing") if row["about"] == "ADV.1" and not row["attribute"]]
    assert [(row["unit"], row["n"], row["level2"], row["hidden"]) for row in found] == [
        ("Alder", "240", "50", ""),
        ("Riverside", "40", "50", ""),
        ("Millbrook", "", "", "few"),
    ]
    assert {row["wave"] for row in found} == {"fall-2026"}
    assert {row["edition"] for row in found} == {shown.release.content["edition"]}


def test_hidden_cells_differ_in_nothing_but_what_they_are_about(browser: Browser, shown: Shown) -> None:
    about = {"unit", "kind", "about", "attribute", "group", "question", "wave", "edition"}
    for question in ("standing", "growth", "participation", "self-other", "coverage", "pipeline"):
        hidden = [row for row in table(browser, shown, question) if row["hidden"] == "few"]
        assert {tuple(value for name, value in row.items() if name not in about) for row in hidden} <= {
            tuple("few" if name == "hidden" else "" for name in hidden[0] if name not in about)
        }


def test_a_table_holds_no_unit_outside_of_the_viewers_scope(browser: Browser, shown: Shown) -> None:
    names = {row["unit"] for row in table(browser, shown, "standing", "Riverside")}
    assert names == {"Riverside"}


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "@SUM(A1)", "+1", "\t=1"])
def test_the_name_of_a_unit_never_becomes_a_formula(name: str, browser: Browser, shown: Shown) -> None:
    alder = shown.cast.unit("Alder")
    Unit.objects.add_child(alder, instance=Unit(kind=UnitKind.LOCAL, name=name))
    assert any(row["unit"].startswith("'") for row in table(browser, shown, "standing"))
    book = load_workbook(io.BytesIO(browser("state_staff").get(shown.address("tables", "Alder")).content))
    assert not [cell for row in book["standing"].iter_rows() for cell in row if cell.data_type == "f"]


def test_the_workbook_has_a_sheet_for_every_table_with_the_same_cells(browser: Browser, shown: Shown) -> None:
    response = browser("state_staff").get(shown.address("tables", "Alder"))
    book = load_workbook(io.BytesIO(response.content), read_only=True)
    assert book.sheetnames == list(FILES)
    for question in ("standing", "growth"):
        head, *lines = ([str(cell) if cell is not None else "" for cell in row] for row in book[question].values)
        # A line ends with its last cell that is not empty.
        written = [dict(zip(head, [*line, *[""] * len(head)], strict=False)) for line in lines]
        assert written == table(browser, shown, question)


def report(browser: Browser, shown: Shown, unit: str = "Alder", query: str = "") -> PdfReader:
    response = browser("state_staff").get(shown.address("report", unit) + query)
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def text_of(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def test_the_report_is_tagged_and_names_its_unit_wave_edition_and_how_many(browser: Browser, shown: Shown) -> None:
    reader = report(browser, shown)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Where our leaders stand: Alder, Fall 2026"
    for page in reader.pages:
        assert f"Alder · Fall 2026 · edition {shown.release.content['edition']}" in page.extract_text()
    text = text_of(reader)
    assert "240 of 300 members, 80%" in text
    assert "Stewardship and integrity 12% of 230 people" in text
    assert "A number needs at least 10 people." in text


def test_the_report_shows_the_cells_of_the_release(browser: Browser, shown: Shown) -> None:
    text = text_of(report(browser, shown))
    assert "Self-awareness 88 50 –" in text
    assert "Relationships for advocacy 50 – –" in text
    assert "Self-awareness 97 88 44 231" in text
    assert "Advocacy best practice +0.4 ±0.2 150 They grew." in text
    assert "Relationships for advocacy – – Hidden for privacy" in text
    assert HIDDEN == "adv_2"


def test_the_report_of_a_local_or_of_the_first_wave_leaves_out_what_there_is_not(
    browser: Browser, shown: Shown
) -> None:
    assert "Share at level 2 or above" not in text_of(report(browser, shown, "Riverside"))
    assert "Change since" not in text_of(report(browser, shown, query="?wave=fall-2025"))
    assert "Building representative 12% 33% 40" in text_of(report(browser, shown, "Riverside"))


def test_a_unit_of_which_nothing_is_shown_has_a_report_that_says_so(browser: Browser, shown: Shown) -> None:
    text = text_of(report(browser, shown, "Millbrook"))
    assert "Self-awareness – – – –" in text
    assert "33 of 33 cells" in text
