"""The standing as PDF: tagged, complete, in the person's language, and nothing in it is ever markup."""

import io
import re
from typing import Any

import pytest
from django.utils import translation
from pypdf import PdfReader

from tests.assessment.answers import everything, give
from tests.cast import Cast
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.growth.next_action import gaps
from trellis.growth.queries import standing_for
from trellis.growth.report import standing_report
from trellis.growth.what_next_queries import what_next_for
from trellis.people.models import Person
from trellis.people.queries import Place


def made(person: Person, tree: EditionTree, place: Place | None = None) -> PdfReader:
    """Return the person's PDF, read back."""
    found = standing_for(tree, person)
    context: dict[str, Any] = {"standing": found, "tree": tree, "next": what_next_for(person)}
    place = place or Place("Local president", "Bus driver", "Lincoln", "Riverside")
    return PdfReader(io.BytesIO(standing_report(person, place, context)))


def text_of(reader: PdfReader) -> str:
    """Return all words, in one line: a PDF breaks lines where the column ends."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def once(text: str) -> str:
    """Return a text without doubled letters: pypdf reads one that is drawn in two parts, such as ễ, as two."""
    return re.sub(r"(.)\1", r"\1", text)


def what_to_do(person: Person, tree: EditionTree) -> str:
    activity = gaps(standing_for(tree, person), targets={}, focus_domain="", top=tree.top)[0].activity
    assert activity is not None
    return activity.text


@pytest.fixture
def person(cast: Cast, framework: Edition) -> Person:
    """Somebody who has answered everything but two themes."""
    person = cast.own
    give(person, framework, everything(framework, 3) | {"ADV.1": None, "SFH.1": 6})
    return person


def test_it_is_tagged_with_a_title_a_language_and_outline(person: Person, tree: EditionTree) -> None:
    reader = made(person, tree)
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "en"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata is not None
    assert reader.metadata.title == "Where I stand: Own Cast"
    assert reader.metadata.author == "Own Cast"
    assert "<pdfuaid:part>1</pdfuaid:part>" in reader.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]


def test_it_holds_every_theme_and_what_was_said_of_it(person: Person, tree: EditionTree) -> None:
    text = text_of(made(person, tree))
    for theme in tree.themes:
        assert theme.short in text
    for domain in tree.domains:
        assert domain.name in text
    assert text.count("1½ 1 – 2") == 31
    assert text.count("no chance yet") == 1
    assert "Local president and bus driver · Lincoln · Riverside" in text
    assert "Oct. 20, 2026" in text
    assert "One thing to do this month" in text
    assert what_to_do(person, tree) in text
    assert "There is no overall score, and nobody is ranked." in text
    assert "1 Foundational" in text


def test_who_has_nothing_left_to_climb_gets_one_too(cast: Cast, framework: Edition, tree: EditionTree) -> None:
    give(cast.colleague, framework, everything(framework, 6))
    text = text_of(made(cast.colleague, tree))
    assert "One thing to do this month Take stock" in text
    assert text.count(tree.themes[0].short) == 1


def test_it_speaks_the_language_that_is_active(person: Person, tree: EditionTree) -> None:
    with translation.override("es"):
        assert made(person, tree).trailer["/Root"]["/Lang"] == "es"


@pytest.mark.parametrize(
    ("given", "family"),
    [
        ("#panic() *bold* _it_ $x^2$", "\\ #sys.inputs <label> @ref"),
        ('= Heading "quoted" `raw`', "// c /* more */ #[# ]] ~ - ..."),
        ("Łukasz Święś-Żółć", "Nguyễn Thị Hạnh Đặng"),
    ],
)
def test_a_name_is_only_ever_text(person: Person, tree: EditionTree, given: str, family: str) -> None:
    person.given_name, person.family_name = given, family
    reader = made(person, tree)
    assert once(person.name) in once(text_of(reader))
    assert reader.metadata is not None
    assert reader.metadata.title == f"Where I stand: {person.name}"
    assert text_of(reader).count("not answered") == 0
    assert "no chance yet" in text_of(reader)


def test_a_place_is_only_ever_text(person: Person, tree: EditionTree) -> None:
    place = Place('#image("x.png")', "", "*Star* School #1", "$5 & Up")
    assert str(place) in text_of(made(person, tree, place))


def test_all_its_fonts_are_inside(person: Person, tree: EditionTree) -> None:
    person.given_name = "Nguyễn"
    reader = made(person, tree)
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            assert any(key.startswith("/FontFile") for key in descriptor)
