"""Finding something in the catalogue: words, filters, order, pages, addresses that can be passed on."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.learning import offerings
from trellis.framework.tree import EditionTree
from trellis.learning.catalogue_forms import CatalogueForm
from trellis.learning.catalogue_search import PER_PAGE, Wanted, search, wanted_from
from trellis.learning.models import Format, Offering, OfferingCell, Place, Session

pytestmark = pytest.mark.usefixtures("framework")
Browser = Callable[[str], Client]


def found(cast: Cast, tree: EditionTree, **wanted: object) -> list[str]:
    return [each.title for each in search(cast.own, Wanted(**wanted), tree)]  # type: ignore[arg-type]


@pytest.fixture
def some(cast: Cast) -> None:
    """Five offerings that differ in everything."""
    offerings.session(cast, of=offerings.offering(cast, title="Budgets for all", teaches=("SFH.2.L2",)), days=9)
    offerings.session(cast, of=offerings.offering(cast, title="Reuniones breves", language="es"), days=3)
    offerings.offering(cast, "Harrow", title="Far away", format="online", teaches=("ORG.5.L2",), cost=Decimal(20))
    offerings.offering(cast, "Common Ground", title="Self study", format="self-paced", description="On a budget.")
    offerings.offering(cast, "Millbrook", title="Next door", provider="Árbol Consulting")


def test_the_nearest_date_comes_first_and_then_the_title(cast: Cast, tree: EditionTree, some: None) -> None:
    assert found(cast, tree) == ["Reuniones breves", "Budgets for all", "Far away", "Next door", "Self study"]


def test_words_are_found_in_title_text_and_provider_and_titles_come_first(
    cast: Cast, tree: EditionTree, some: None
) -> None:
    assert found(cast, tree, words="BUDGET") == ["Budgets for all", "Self study"]
    assert found(cast, tree, words="arbol") == found(cast, tree, words="Árbol") == ["Next door"]
    assert found(cast, tree, words="budget meeting") == []
    assert found(cast, tree, words="100% _") == []


def test_what_it_teaches_narrows_by_domain_theme_and_level(cast: Cast, tree: EditionTree, some: None) -> None:
    assert found(cast, tree, about="SFH") == found(cast, tree, about="SFH.2") == ["Budgets for all"]
    assert found(cast, tree, about="SFH", level=1) == []
    assert found(cast, tree, level=2) == ["Budgets for all", "Far away"]


def test_what_one_needs_first_is_not_what_it_teaches(cast: Cast, tree: EditionTree) -> None:
    offerings.offering(cast, teaches=("ORG.5.L2",), needs=("ORG.5.L1",))
    assert found(cast, tree, about="ORG.5", level=1) == []


def test_the_other_filters(cast: Cast, tree: EditionTree, some: None) -> None:
    assert found(cast, tree, language="es") == ["Reuniones breves"]
    assert found(cast, tree, format="self-paced") == ["Self study"]
    assert "Far away" not in found(cast, tree, free=True)
    assert found(cast, tree, dated=True) == ["Reuniones breves", "Budgets for all"]
    assert found(cast, tree, near=True) == ["Reuniones breves", "Budgets for all", "Self study"]


def test_a_session_that_is_over_or_cancelled_is_no_date(cast: Cast, tree: EditionTree) -> None:
    session = offerings.session(cast)
    Session.objects.filter(pk=session.pk).update(status="cancelled")
    assert found(cast, tree, dated=True) == []


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])  # the framework never changes
@given(
    st.builds(
        Wanted,
        words=st.text(alphabet="ab é&=%", max_size=8).map(lambda text: " ".join(text.split())),
        about=st.sampled_from(["", "ORG", "ORG.5"]),
        level=st.sampled_from([None, 1, 3]),
        format=st.sampled_from(["", *Format.values]),
        language=st.sampled_from(["", "es"]),
        free=st.booleans(),
        dated=st.booleans(),
        near=st.booleans(),
    )
)
def test_an_address_says_all_that_is_wanted_and_nothing_else(tree: EditionTree, wanted: Wanted) -> None:
    form = CatalogueForm(QueryDict(wanted.query()), tree=tree, languages=["en", "es"])
    assert form.is_valid()
    assert wanted_from(form.cleaned_data) == wanted
    assert wanted.is_narrow == bool(wanted.query())
    assert len(form.active(wanted)) == sum(
        map(bool, (wanted.about, wanted.level, wanted.format, wanted.language, wanted.free, wanted.dated, wanted.near))
    )


def test_the_page_shows_what_it_found_and_offers_to_take_filters_away(browser: Browser, some: None) -> None:
    page = browser("own").get("/learn/?language=es&free=1").content.decode()
    assert "Reuniones breves" in page
    assert "Budgets for all" not in page
    assert 'href="/learn/?free=1"' in page
    assert 'href="/learn/?language=es"' in page


def test_a_filter_that_makes_no_sense_narrows_nothing(browser: Browser, some: None) -> None:
    page = browser("own").get("/learn/?level=99&about=XXX&format=owl&page=seven").content.decode()
    assert "5 offerings" in page


def test_while_somebody_types_only_the_list_is_sent_with_the_address_to_pass_on(browser: Browser, some: None) -> None:
    answer = browser("own").get("/learn/?q=budget&about=&level=", headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b"Budgets for all" in answer.content
    assert answer.headers["HX-Replace-Url"] == "/learn/?q=budget"
    assert "HX-Request" in answer.headers["Vary"]


def test_nothing_found_and_nothing_there_say_so(browser: Browser) -> None:
    assert "Nothing is offered yet" in browser("own").get("/learn/").content.decode()
    assert "Nothing fits all of this" in browser("own").get("/learn/?q=xylophone").content.decode()


def test_pages_follow_each_other_and_keep_the_filters(cast: Cast, browser: Browser, tree: EditionTree) -> None:
    unit = cast.unit("Riverside")
    rows = [Offering(unit=unit, title=f"Course {n:03}", minutes=60, status="listed") for n in range(PER_PAGE + 3)]
    Offering.objects.bulk_create(rows)
    first = browser("own").get("/learn/?free=1").content.decode()
    assert 'href="?free=1&amp;page=2"' in first
    second = browser("own").get("/learn/?free=1&page=2").content.decode()
    assert second.count('class="card offer"') == 3
    assert "Page 2 of 2" in second


def test_the_number_of_queries_does_not_grow_with_the_list(
    cast: Cast, browser: Browser, tree: EditionTree, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    unit, theme = cast.unit("Riverside"), tree.themes[0]
    Offering.objects.bulk_create(Offering(unit=unit, title=f"{n}", minutes=60, status="listed") for n in range(60))
    OfferingCell.objects.bulk_create(
        OfferingCell(
            offering=each, place=Place.TEACHES, theme_uid=theme.uid, theme_code=theme.code,
            cell_uid=theme.cells[0].uid, cell_code=theme.cells[0].code, level=1,
        )
        for each in Offering.objects.all()
    )  # fmt: skip
    for each in Offering.objects.all()[:30]:
        offerings.session(cast, of=each)
    client = browser("own")
    client.get("/learn/")
    with django_assert_max_num_queries(13):
        client.get("/learn/?q=1&about=ADV&near=1&dated=1")
