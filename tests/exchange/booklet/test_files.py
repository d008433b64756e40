"""An edition as a file: what is in each form, that it opens elsewhere, and that nothing of a draft gets out."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree

pytestmark = pytest.mark.usefixtures("framework")
PLACE = "/framework/nea-lcf/2020/"
Get = Callable[[str], bytes]


@pytest.fixture
def get(client: Client) -> Get:
    """Fetch one of the forms as a visitor does."""

    def of(form: str) -> bytes:
        answer = client.get(f"{PLACE}file/{form}/")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="nea-lcf-2020.')
        return bytes(answer.content)

    return of


def test_the_page_of_an_edition_leads_to_every_form(client: Client) -> None:
    html = client.get(PLACE).content.decode()
    for form in ("pdf", "docx", "case", "ctdl", "moodle"):
        assert f'href="{PLACE}file/{form}/"' in html
    assert "/ims/case/v1p1/CFPackages/" in html


def test_the_booklet_holds_every_theme_and_definition(get: Get, tree: EditionTree) -> None:
    read = PdfReader(io.BytesIO(get("pdf")))
    words = " ".join(" ".join(page.extract_text().split()) for page in read.pages)
    assert read.metadata is not None
    assert read.metadata.title == tree.framework_name
    for theme in tree.themes:
        assert theme.code in words
        assert " ".join(theme.name.split()) in words
    assert "1.1" not in words.partition(tree.domains[0].name)[0][:40]


def test_the_booklet_for_word_has_real_headings_and_all_of_the_text(get: Get, tree: EditionTree) -> None:
    document = Document(io.BytesIO(get("docx")))
    style = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    for domain in tree.domains:
        assert style[domain.name] == "Heading 1"
    for theme in tree.themes:
        assert style[f"{theme.code} {theme.name}"] == "Heading 2"
        for cell in theme.cells:
            for activity in cell.activities:
                assert activity.text in style


def test_files_for_other_systems_open_as_what_they_are(get: Get) -> None:
    assert json.loads(get("case"))["CFDocument"]["adoptionStatus"]
    assert json.loads(get("ctdl"))["@graph"]
    rows = list(csv.reader(io.StringIO(get("moodle").decode())))
    assert {len(row) for row in rows} == {14}


def test_a_draft_and_what_is_not_there_are_not_given_out(client: Client, framework: Edition) -> None:
    Edition.objects.create(framework=framework.framework, code="next", name="Next")
    for path in ("/framework/nea-lcf/next/file/pdf/", f"{PLACE}file/exe/", "/framework/nobody/2020/file/pdf/"):
        assert client.get(path).status_code == 404
