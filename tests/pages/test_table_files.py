"""Every table of data is also a file, for whoever sees the page and for nobody else."""

import csv
import io
import re
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.assessment.answers import give
from tests.cast import NAMES, Cast
from tests.pages.areas import MATRIX
from tests.pages.matrix import SIGN_IN, Outcome, Row
from tests.repo.source import PACKAGE
from trellis.core.middleware import TablesAsFiles
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.people.models import Look

# Tables without a file of their own, each with the reason.
_RELEASED = "released figures: Take along, on each of these pages, has all of them as CSV and Excel"
EXEMPT = {
    "framework/domain.html": "the whole edition is a file in five forms, on its own page",
    "assessment/readiness/attribute.html": "four bars on the wall of a meeting; the list of all of them is a file",
    "exchange/catalogue/parts/answers.html": "a form: what the columns of a file that somebody brings mean",
    "learning/arrange/needs.html": "the list of who comes has it as a file, with what they need",
    "learning/arrange/people.html": "a form; below it the list is a file",
    "insight/parts/group_heat.html": _RELEASED,
    "insight/parts/spread_table.html": _RELEASED,
    "insight/parts/roles.html": _RELEASED,
    "insight/parts/heat_table.html": _RELEASED,
    "insight/parts/seen.html": _RELEASED,
    "insight/parts/growth_table.html": _RELEASED,
    "insight/parts/growth_groups.html": _RELEASED,
    "insight/parts/stages.html": _RELEASED,
    "insight/supply.html": _RELEASED,
}
# On which pages the tables stand, by the name of the file.
PAGES = {
    "targets": ("growth:profile",),
    "feedback": ("growth:feedback",),
    "coverage": ("growth:coverage",),
    "standing": ("growth:standing", "growth:shared-file"),
    "basis": ("growth:theme",),
    "team": ("growth:team",),
    "together": ("assessment:meeting",),
    "readiness": ("assessment:readiness-unit",),
    "over-time": ("assessment:readiness-unit",),
    "rounds": ("assessment:instrument",),
    "consistency": ("assessment:instrument",),
    "retest": ("assessment:instrument",),
    "agreement": ("assessment:instrument",),
    "raters": ("assessment:instrument",),
    "passed": ("assessment:instrument",),
    "{{ file }}": ("assessment:instrument",),
    "messages": ("programs_access:webhook",),
    "composition": ("programmes:run-selection",),
    "members": ("programmes:run-cohort",),
    "applications": ("programmes:run-call",),
    "gallery": ("gallery",),
}
DOWNLOADS = [
    pytest.param(page, name, row, id=" ".join(filter(None, (page, name, row.of))))
    for name, pages in PAGES.items()
    for page in pages
    for row in MATRIX[page]
    if row.method == "get" and name != "{{ file }}"
]
_TABLE = re.compile(r"<table\b[^>]*>")


def _tables() -> list[tuple[str, str]]:
    """Return the template and the opening tag of every table."""
    return [
        ("/".join(path.relative_to(PACKAGE).parts[2:]), tag)
        for path in sorted(PACKAGE.glob("*/templates/**/*.html"))
        for tag in _TABLE.findall(path.read_text(encoding="utf-8"))
    ]


def test_every_table_is_a_file_or_says_why_not() -> None:
    without = {template for template, tag in _tables() if "data-file=" not in tag}
    assert without == set(EXEMPT)


def test_every_table_that_is_a_file_is_linked_and_declared() -> None:
    named = {match[1] for _template, tag in _tables() if (match := re.search(r'data-file="([^"]+)"', tag))}
    linked = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.glob("*/templates/**/*.html"))
    assert named == set(PAGES)
    for name in named:
        assert (f'{{% table_files "{name}" ' in linked) or name == "{{ file }}", name
    assert "{% table_files file " in linked


def _outcome(response: HttpResponse) -> Outcome:
    is_sign_in = response.status_code == 302 and response.headers["Location"].startswith(reverse("account_login"))
    return SIGN_IN if is_sign_in else response.status_code


def _client(cast: Cast, name: str) -> Client:
    client = Client()
    if name != "anonymous":
        client.force_login(cast.persons[name])
    return client


@pytest.mark.parametrize(("page", "name", "row"), DOWNLOADS)
def test_a_file_opens_for_those_who_see_its_table_and_for_nobody_else(
    page: str, name: str, row: Row, cast: Cast
) -> None:
    address = reverse(page, kwargs=dict(row.args(cast)))
    for viewer in NAMES:
        with transaction.atomic():
            client = _client(cast, viewer)
            file = client.get(address, {**row.data, "table": name, "as": "csv"})
            if row.expected(viewer) != 200:
                assert _outcome(file) == row.expected(viewer)
            elif f'data-file="{name}"' in client.get(address, row.data).content.decode():
                assert file.status_code == 200
                assert file.headers["Content-Type"].startswith("text/csv")
                assert _read(file)
            else:
                assert file.status_code == 404
            transaction.set_rollback(True)


def _read(file: HttpResponse) -> list[list[str]]:
    text = b"".join(file.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def test_a_file_says_what_the_table_says(cast: Cast) -> None:
    client = _client(cast, "own")
    found = client.get(reverse("gallery"), {"table": "gallery", "as": "csv"})
    header, *rows = _read(found)
    assert header[-1] == "Level"
    assert rows
    assert found.headers["Cache-Control"] == "private, no-store"
    assert re.search(r"gallery-\d{4}-\d\d-\d\d.csv", found.headers["Content-Disposition"])


def test_ones_standing_comes_by_domain_with_a_row_for_each_theme(
    cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    give(cast.own, framework, {theme.code: 2 for theme in tree.themes})
    header, *rows = _read(_client(cast, "own").get(reverse("growth:standing"), {"table": "standing", "as": "csv"}))
    assert header[:3] == ["Group", "Theme", "Level"]
    assert [(row[0], row[1]) for row in rows] == [
        (domain.name, theme.short) for domain in tree.domains for theme in domain.themes
    ]
    assert all(row[2].startswith("1, probably") for row in rows)


def test_taking_somebodys_table_along_is_a_look_at_their_file(
    cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    give(cast.own, framework, {theme.code: 2 for theme in tree.themes})
    address = reverse("growth:shared-file", kwargs={"uid": cast.own.uid})
    found = _client(cast, "president").get(address, {"table": "standing", "as": "csv"})
    assert len(_read(found)) == 1 + len(tree.themes)
    assert Look.objects.get(person=cast.own).by == cast.president


def test_in_excel_too(cast: Cast) -> None:
    found = _client(cast, "own").get(reverse("gallery"), {"table": "gallery", "as": "xlsx"})
    book = load_workbook(io.BytesIO(b"".join(found.streaming_content)))  # type: ignore[attr-defined]
    assert [cell.value for cell in next(book.active.iter_rows())][-1] == "Level"


@pytest.mark.parametrize("query", [{"table": "nothing", "as": "csv"}, {"table": "<x>", "as": "xlsx"}])
def test_a_table_that_is_not_on_the_page_is_not_found(cast: Cast, query: dict[str, str]) -> None:
    assert _client(cast, "own").get(reverse("gallery"), query).status_code == 404


@pytest.mark.parametrize("query", [{"table": "gallery"}, {"as": "csv"}, {"table": "gallery", "as": "exe"}])
def test_any_other_address_is_the_page(cast: Cast, query: dict[str, str]) -> None:
    found = _client(cast, "own").get(reverse("gallery"), query)
    assert found.headers["Content-Type"].startswith("text/html")


def test_a_formula_in_a_cell_is_text(rf: Any) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse('<table data-file="x"><tr><th>Name</th><td>=HYPERLINK(1)</td></tr></table>')

    answer = TablesAsFiles(page)(rf.get("/", {"table": "x", "as": "csv"}))
    assert isinstance(answer, StreamingHttpResponse)
    assert b'"\'=HYPERLINK(1)"' in b"".join(answer)  # type: ignore[arg-type]
