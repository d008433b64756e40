"""Search: what is found, what is said when nothing is, and that no question can break it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trellis.framework.actions import publish_edition
from trellis.framework.models import Edition
from trellis.framework.views.search import LONGEST

SEARCH = "/framework/search/"
GRID = "/framework/nea-lcf/2020/"


def results(client: Client, question: str, **headers: str) -> str:
    """Return the HTML of a search; it must answer."""
    response = client.get(SEARCH, {"q": question}, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_results_are_grouped_by_kind_and_lead_to_their_pages(client: Client, framework: Edition) -> None:
    html = results(client, "organizing")
    groups = re.findall(r'<h2 id="h-\d">([\w ]+?) <', html)
    assert groups == ["Domains", "Themes", "Steps on the ladder", "Attributes"]
    links = re.findall(r'<li><a href="(/framework/[^"]+)">', html)
    assert {f"{GRID}ORG/", f"{GRID}ORG.1/", f"{GRID}ORG.1.L1/"} <= set(links)
    assert {client.get(link).status_code for link in links} == {200}


def test_attributes_and_definitions_lead_to_their_place_on_the_page(client: Client, framework: Edition) -> None:
    for question, kind in (("SWOT", "attribute"), ("equity lens", "definition")):
        target = re.findall(r'<li><a href="([^"]+#[^"]+)"', results(client, question))[0]
        page, _, anchor = target.partition("#")
        assert f'id="{anchor}"' in client.get(page).content.decode(), kind


def test_found_words_are_marked_also_with_another_ending(client: Client, framework: Edition) -> None:
    html = results(client, "organizing")
    assert "<mark>Organizing</mark>" in html
    assert "<mark>organization</mark>" in html


def test_every_word_must_be_there(client: Client, framework: Edition) -> None:
    assert "Steps on the ladder" in results(client, "power map")
    assert "Nothing found" in results(client, "power zzzzz")


def test_a_misspelled_word_gets_a_suggestion_that_finds_something(client: Client, framework: Edition) -> None:
    html = results(client, "bugdet")
    assert "Did you mean" in html
    [suggestion] = re.findall(r'href="/framework/search/\?q=(\w+)"', html)
    assert suggestion == "budget"
    assert "Nothing found" not in results(client, suggestion)


def test_without_a_question_or_a_result_there_are_places_to_start(client: Client, framework: Edition) -> None:
    for html in (client.get(SEARCH).content.decode(), results(client, "qqqqqqqqqq")):
        assert f'href="{GRID}ADV/"' in html
    assert "Nothing found for" in results(client, "qqqqqqqqqq")


def test_the_list_alone_is_sent_to_htmx(client: Client, framework: Edition) -> None:
    fragment = results(client, "budget", **{"HX-Request": "true"})
    assert "<html" not in fragment
    assert "<mark>budget</mark>" in fragment
    assert "HX-Request" in client.get(SEARCH).headers["Vary"]


def test_a_draft_is_not_searched_until_it_is_published(client: Client, draft: Edition) -> None:
    assert "/2031/" not in results(client, "advocacy")
    publish_edition(draft, by=None)
    html = results(client, "advocacy")
    assert "/2031/" in html
    assert draft.name in html


def test_names_of_other_frameworks_are_escaped(client: Client, other_shape: Callable[..., Edition]) -> None:
    other_shape(name="<script>alert(1)</script>", term="Sous-chef & <b>co</b>")
    html = results(client, "script alert") + results(client, "sous")
    assert "<script>alert" not in html
    assert "<b>co" not in html
    assert "<mark>Sous</mark>-chef &amp; &lt;<" not in html


@pytest.mark.parametrize(
    "question",
    [
        '"', '""', "'", "'; DROP TABLE framework_search; --", "a AND", "NOT", "OR OR", "NEAR(a b)", "*", "budget*",
        "title:budget", "^budget", "(budget", "-budget", "{budget}", "😀", "😀 budget", "%", "_", "\\", "\x00budget",
        "ﬁnance", "½", "²", "ª", "İ", "ß", "budget\nplan", "&amp;", "<b>budget</b>", "a" * 5000, "budget " * 700,
        " ".join(f"word{n}" for n in range(900)), "\u202ebudget", "e\u0301quity", "汉字", "&:*!|()",
    ],
)  # fmt: skip
def test_no_question_breaks_the_search(client: Client, framework: Edition, question: str) -> None:
    html = results(client, question)
    assert len(html.encode()) <= 60 * 1024
    assert "<b>budget" not in html


def test_a_long_question_is_cut(client: Client, framework: Edition) -> None:
    html = results(client, "z" * 5000)
    assert "z" * LONGEST in html
    assert "z" * (LONGEST + 1) not in html


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.text(max_size=60))
def test_any_text_may_be_asked(client: Client, framework: Edition, question: str) -> None:
    assert "</html>" in results(client, question)


@pytest.mark.parametrize("question", ["organizing", "the", "qqqqqqq wwwwwww eeeeeee rrrrrrr ttttttt", ""])
def test_a_search_costs_at_most_15_queries(
    client: Client, framework: Edition, question: str, django_assert_max_num_queries: Any
) -> None:
    results(client, question)
    with django_assert_max_num_queries(15):
        results(client, question)
