import pytest
from django.test import Client

from tests.cast import Cast
from tests.framework.importing.documents import GARDEN, cells, grid
from trellis.framework.actions import publish_edition, store_import
from trellis.framework.bases import prepare
from trellis.framework.models import Edition
from trellis.framework.reader import read_text

PAGE = "/framework/compare/"


def _stored(domains: dict, code: str) -> Edition:
    return store_import(prepare(read_text(grid(domains).encode()), "g"), code=code, name=f"Garden {code}", by=None)[0]


@pytest.fixture
def gardens(db: None) -> tuple[Edition, Edition]:
    """A published edition, and a draft in which one purpose is reworded, one theme is new and one domain gone."""
    first = publish_edition(_stored(GARDEN, "one"), by=None)
    themes = {**GARDEN["GROWING FOOD"][1], "Waters <gently>": cells("water")}
    after = {
        "GROWING FOOD": ("Grows good food for the whole street.", themes),
        "SHARING TOOLS": GARDEN["SHARING TOOLS"],
    }
    document = prepare(read_text(grid(after).encode()), "g", into="one", drop_missing=True)
    return first, store_import(document, code="two", name="Garden two", by=None)[0]


def _shown(client: Client, **query: str) -> str:
    response = client.get(PAGE, query)
    assert response.status_code == 200
    return response.content.decode()


def test_everyone_can_choose_among_what_is_published(client: Client, gardens: tuple[Edition, Edition]) -> None:
    shown = _shown(client)
    assert 'value="nea-lcf/2020"' in shown
    assert 'value="one/one"' in shown
    assert "Garden two" not in shown


def test_a_draft_is_there_for_keepers_only(client: Client, cast: Cast, gardens: tuple[Edition, Edition]) -> None:
    query = {"a": "one/one", "b": "one/two"}
    assert client.get(PAGE, query).status_code == 404
    client.force_login(cast.viewer("president"))
    assert client.get(PAGE, query).status_code == 404
    client.force_login(cast.viewer("steward"))
    assert client.get(PAGE, query).status_code == 200


@pytest.mark.parametrize("code", ["nowhere/2020", "2020", "nea-lcf/1999", "%00"])
def test_an_edition_that_is_not_there_is_not_found(client: Client, db: None, code: str) -> None:
    assert client.get(PAGE, {"a": code, "b": "nea-lcf/2020"}).status_code == 404


def test_changes_are_marked_in_words_too(client: Client, gardens: tuple[Edition, Edition]) -> None:
    publish_edition(gardens[1], by=None)
    shown = _shown(client, a="one/one", b="one/two")
    assert 'Grows <ins><span class="vh">(added: </span>good<span class="vh">)</span></ins> food' in shown
    back = _shown(client, a="one/two", b="one/one")
    assert 'Grows <del><span class="vh">(removed: </span>good<span class="vh">)</span></del> food' in back
    assert "Waters &lt;gently&gt;" in shown
    assert "Practises water at stage 3 with" in shown
    assert '<span class="pill r-gone">Gone</span>' in shown
    assert "Repairs what is broken" not in shown
    assert "Repairs what is broken" in _shown(client, a="one/one", b="one/two", show="all")


def test_two_equal_editions_say_so(client: Client, db: None) -> None:
    assert "Not a word differs" in _shown(client, a="nea-lcf/2020", b="nea-lcf/2020")


def test_a_grid_and_a_list_are_not_compared(client: Client, db: None) -> None:
    assert "cannot be compared" in _shown(client, a="nea-lcf/2020", b="bargaining-attributes/2020")


def test_a_comparison_of_published_editions_costs_few_queries_and_the_second_time_nearly_none(
    client: Client, gardens: tuple[Edition, Edition], django_assert_max_num_queries: object
) -> None:
    publish_edition(gardens[1], by=None)
    query = {"a": "one/one", "b": "one/two"}
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        _shown(client, **query)
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        _shown(client, **query)
