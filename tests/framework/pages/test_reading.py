"""The pages for reading an edition: what stands on them, who may see it, what they cost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tests.framework.pages.conftest import BEHAVIOUR, CONSIDERATIONS
from trellis.core.registry import Panel, cell_panels
from trellis.framework.actions import publish_edition, retire_edition
from trellis.framework.models import Attribute, Edition
from trellis.framework.tree import EditionTree

GRID = "/framework/nea-lcf/2020/"
LIST = "/framework/bargaining-attributes/2020/"
PAGES = (
    "/framework/",
    GRID,
    LIST,
    f"{GRID}ADV/",
    f"{GRID}ADV.1/",
    f"{GRID}ADV.1.L2/",
    f"{GRID}print/",
    f"{LIST}print/",
)
KILOBYTE = 1024
Queries = Callable[..., Any]


def text_of(client: Client, address: str) -> str:
    """Return a page's HTML; it must be there."""
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def grid(tree: EditionTree) -> list[str]:
    """Every address of the main edition that a code leads to."""
    codes = [*tree.domain_by_code, *tree.theme_by_code, *tree.cell_by_code]
    return [f"{GRID}{code}/" for code in codes]


def test_every_domain_theme_and_cell_has_a_page_of_at_most_60_kilobytes(client: Client, tree: EditionTree) -> None:
    addresses = grid(tree)
    assert len(addresses) == 7 + 33 + 99
    assert {address for address in addresses if len(text_of(client, address)) > 60 * KILOBYTE} == set()


@pytest.mark.parametrize("address", [page for page in PAGES if "print" not in page])
def test_a_page_has_at_most_60_kilobytes(client: Client, framework: Edition, address: str) -> None:
    assert len(client.get(address).content) <= 60 * KILOBYTE


def test_addresses_are_made_of_codes() -> None:
    place = ["nea-lcf", "2020"]
    assert reverse("framework:domain", args=[*place, "ADV"]) == f"{GRID}ADV/"
    assert reverse("framework:theme", args=[*place, "ADV.1"]) == f"{GRID}ADV.1/"
    assert reverse("framework:cell", args=[*place, "ADV.1.L2"]) == f"{GRID}ADV.1.L2/"


@pytest.mark.parametrize(
    "address",
    [
        "/framework/nope/2020/", "/framework/nea-lcf/1999/", f"{GRID}XXX/", f"{GRID}ADV.99/", f"{GRID}ADV.1.L9/",
        f"{GRID}ADV.99.L1/", f"{GRID}adv/", f"{GRID}ADV.1.L0/", f"{LIST}SCB/", "/framework/nope/2020/print/",
        f"{GRID}%00/", f"{GRID}ADV.1.L2.L2/",
    ],
)  # fmt: skip
def test_an_unknown_code_is_not_found(client: Client, framework: Edition, address: str) -> None:
    assert client.get(address).status_code == 404


def test_pages_are_only_for_reading(client: Client, framework: Edition) -> None:
    assert {client.post(page).status_code for page in PAGES} == {405}


# --- what stands on them ----------------------------------------------------------------------------------------------


def test_the_index_shows_the_main_framework_first_with_its_ladder(client: Client, tree: EditionTree) -> None:
    html = text_of(client, "/framework/")
    assert html.index(tree.framework_name) < html.index("Attributes of student-centered bargaining")
    assert [level.name in html for level in tree.levels] == [True] * 3
    assert "You know the basics" in html
    assert "See all 36 attributes" in html


def test_an_edition_shows_its_domains_themes_and_definitions(client: Client, tree: EditionTree) -> None:
    html = text_of(client, GRID)
    missing = [domain.name for domain in tree.domains if f'href="{GRID}{domain.code}/"' not in html]
    missing += [theme.short for theme in tree.themes if f'href="{GRID}{theme.code}/">{theme.short}' not in html]
    missing += [item.term for item in tree.definitions if f"<dt>{item.term}</dt>" not in html]
    assert missing == []


def test_a_list_shows_every_attribute_with_its_first_step(client: Client, framework: Edition) -> None:
    html = text_of(client, LIST)
    attributes = list(Attribute.objects.all())
    assert len(attributes) == 36
    assert [item.code for item in attributes if f'id="{item.code}"' not in html] == []
    assert html.count("First step:") == 36


def test_a_domain_is_one_table_with_roles_and_scopes(client: Client, tree: EditionTree) -> None:
    html = text_of(client, f"{GRID}ADV/")
    domain = tree.domain_by_code["ADV"]
    assert html.count("<table") == 1
    assert html.count('scope="col" role="columnheader"') == 1 + len(tree.levels)
    assert html.count('scope="row" role="rowheader"') == len(domain.themes)
    assert html.count('<td role="cell">') == len(domain.themes) * len(tree.levels)
    said = [statement for theme in domain.themes for cell in theme.cells for statement in cell.statements]
    assert html.count("<li>I ") + html.count("<li>My ") == len(said)


def test_a_theme_shows_its_full_name_and_leads_to_its_cells_and_neighbours(client: Client, tree: EditionTree) -> None:
    theme = tree.theme_by_code["ADV.2"]
    html = text_of(client, f"{GRID}ADV.2/")
    assert f"</svg>{theme.short}</h1>" in html
    assert f'<p class="sub">{theme.name}</p>' in html
    assert [f'href="{GRID}{cell.code}/"' in html for cell in theme.cells] == [True] * 3
    assert f'href="{GRID}ADV.1/" rel="prev"' in html
    assert f'href="{GRID}ADV.3/" rel="next"' in html


def test_the_first_and_last_theme_have_one_neighbour(client: Client, tree: EditionTree) -> None:
    first, last = tree.themes[0], tree.themes[-1]
    assert 'rel="prev"' not in text_of(client, f"{GRID}{first.code}/")
    assert 'rel="next"' not in text_of(client, f"{GRID}{last.code}/")


def test_a_cell_shows_its_activities_by_kind_with_their_time(client: Client, tree: EditionTree) -> None:
    cell = tree.cell_by_code["ADV.1.L2"]
    html = text_of(client, f"{GRID}ADV.1.L2/")
    assert [f'id="a-{activity.uid}"' in html for activity in cell.activities] == [True] * len(cell.activities)
    kinds = re.findall(r"</svg>([A-Z][a-z ]+)</h3>", html)
    assert kinds == [kind for kind in ("Read", "Reflect", "Practise", "Take part", "Teach", "Lead") if kind in kinds]
    assert "about 30 minutes" in html
    assert "about 1½ hours" in html
    assert f'href="{GRID}ADV.1.L2/" aria-current="page"' in html
    assert f'href="{GRID}ADV.2.L2/" rel="next"' in html


def test_a_cell_without_official_wording_says_so_quietly(client: Client, framework: Edition) -> None:
    html = text_of(client, f"{GRID}ADV.1.L1/")
    assert "<details" not in html
    assert "The official wording belongs to the National Education Association" in html


def test_the_printed_edition_holds_every_statement_and_activity(client: Client, tree: EditionTree) -> None:
    html = text_of(client, f"{GRID}print/")
    cells = [cell for theme in tree.themes for cell in theme.cells]
    assert html.count('class="p-cell ') == len(cells) == 99
    assert html.count('class="time"') == sum(len(cell.activities) for cell in cells)
    assert [f'href="#{domain.code}"' in html for domain in tree.domains] == [True] * 7


def test_the_printed_list_holds_every_attribute(client: Client, framework: Edition) -> None:
    html = text_of(client, f"{LIST}print/")
    assert html.count("First step:") == 36


@pytest.mark.parametrize("levels", [1, 2, 5])
def test_a_framework_of_another_shape_has_pages_too(
    client: Client, other_shape: Callable[..., Edition], levels: int
) -> None:
    other_shape(levels=levels, name="Cooks & <i>friends</i>")
    place = "/framework/cooks/one/"
    pages = [text_of(client, f"{place}{part}") for part in ("", "KIT-2/", "KIT-2.1/", f"KIT-2.2.L{levels}/", "print/")]
    assert ["<i>friends" in html for html in pages] == [False] * 5
    assert "about 1½ days" in pages[3]
    assert pages[1].count('<td role="cell">') == 2 * levels
    assert "You know the basics" not in pages[0]
    assert "Ladder of" not in text_of(client, "/framework/")


def test_without_any_framework_the_index_says_so(client: Client, framework: Edition, monkeypatch: Any) -> None:
    monkeypatch.setattr("trellis.framework.views.index.visible_editions", lambda viewer: Edition.objects.none())
    assert "No framework yet" in text_of(client, "/framework/")


def test_another_app_adds_a_panel_to_a_cell(client: Client, tree: EditionTree, monkeypatch: Any) -> None:
    asked = []

    def rendered(template: str, context: dict[str, Any], request: object) -> SafeString:
        return format_html("<p>{}: {}</p>", template, context["panel"]["title"])

    monkeypatch.setattr("trellis.core.panel_blocks.render_to_string", rendered)

    def context(request: object, uid: object) -> dict[str, str] | None:
        asked.append(uid)
        return {"title": "Mine & yours"} if uid == tree.cell_by_code["ADV.1.L1"].uid else None

    cell_panels.register(Panel("of-a-test", "a/panel.html", context))
    try:
        assert "<p>a/panel.html: Mine &amp; yours</p>" in text_of(client, f"{GRID}ADV.1.L1/")
        assert "a/panel.html" not in text_of(client, f"{GRID}ADV.1.L2/")
    finally:
        cell_panels.unregister("of-a-test")
    assert asked == [tree.cell_by_code[code].uid for code in ("ADV.1.L1", "ADV.1.L2")]


# --- who may see what -------------------------------------------------------------------------------------------------

DRAFT = "/framework/nea-lcf/2031/"
DRAFT_PAGES = [DRAFT, f"{DRAFT}ADV/", f"{DRAFT}ADV.1/", f"{DRAFT}ADV.1.L2/", f"{DRAFT}print/"]


def test_a_draft_is_invisible_to_visitors_and_members(client: Client, draft: Edition, person: Any) -> None:
    assert {client.get(page).status_code for page in DRAFT_PAGES} == {404}
    client.force_login(person)
    assert {client.get(page).status_code for page in DRAFT_PAGES} == {404}
    assert draft.name not in text_of(client, "/framework/")


def test_a_keeper_reads_a_draft_with_its_official_wording(keeper: Client, draft: Edition) -> None:
    assert all("This is a draft" in text_of(keeper, page) for page in DRAFT_PAGES)
    html = text_of(keeper, f"{DRAFT}ADV.1.L2/")
    assert "<summary>Official wording · National Education Association</summary>" in html
    assert BEHAVIOUR.replace("<", "&lt;").replace(">", "&gt;") in html
    assert [f"<p>{part}</p>" in html for part in CONSIDERATIONS.split("\n\n")] == [True, True]
    assert draft.name in text_of(keeper, "/framework/")


def test_a_draft_is_read_anew_each_time(keeper: Client, draft: Edition) -> None:
    assert "Reworded today" not in text_of(keeper, f"{DRAFT}ADV.1.L2/")
    draft.cells.filter(code="ADV.1.L2").update(behaviour="Reworded today")
    assert "Reworded today" in text_of(keeper, f"{DRAFT}ADV.1.L2/")


def test_what_is_published_is_there_for_everyone_and_says_when_it_is_old(client: Client, draft: Edition) -> None:
    edition = publish_edition(draft, by=None)
    assert "older edition" not in text_of(client, DRAFT)
    retire_edition(edition, by=None)
    assert "older edition" in text_of(client, DRAFT)


# --- what they cost ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", PAGES)
def test_a_visitor_costs_one_query_once_a_page_is_warm(
    client: Client, framework: Edition, address: str, django_assert_num_queries: Queries
) -> None:
    client.get(address)
    with django_assert_num_queries(1):
        assert client.get(address).status_code == 200


def test_a_draft_costs_at_most_16_queries_as_its_tree_is_not_kept(
    keeper: Client, draft: Edition, django_assert_max_num_queries: Queries
) -> None:
    for page in DRAFT_PAGES:
        keeper.get(page)
        with django_assert_max_num_queries(16):
            assert keeper.get(page).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_a_visitor_is_told_when_nothing_has_changed(client: Client, framework: Edition, address: str) -> None:
    first = client.get(address)
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert {"Cookie", "Accept-Language"} <= set(first.headers["Vary"].split(", "))
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_person_gets_a_page_of_their_own_that_no_shared_cache_keeps(
    client: Client, framework: Edition, person: Any
) -> None:
    visitor = client.get(GRID)
    client.force_login(person)
    own = client.get(GRID, headers={"If-None-Match": visitor.headers["ETag"]})
    assert own.status_code == 200
    assert "private" in own.headers["Cache-Control"]
    assert "ETag" not in own.headers


def test_languages_do_not_mix(client: Client, framework: Edition) -> None:
    in_english = client.get(GRID, headers={"Accept-Language": "en"})
    in_spanish = client.get(GRID, headers={"Accept-Language": "es"})
    assert in_english.headers["Content-Language"] == "en"
    assert in_spanish.headers["Content-Language"] == "es"
    assert '<html lang="es"' in in_spanish.content.decode()
