"""What growth shows on others' pages: the panel of a cell, and its entries in the navigation."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.assessment.answers import give
from tests.cast import Cast
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.growth.plan_actions import add_to_plan

Browser = Callable[[str], Client]
PANEL = "You and this step"


def cell(code: str) -> str:
    return reverse("framework:cell", kwargs={"framework": "nea-lcf", "edition": "2020", "code": code})


def test_a_visitor_sees_no_panel_about_themselves(client: Client, framework: Edition) -> None:
    assertNotContains(client.get(cell("ADV.1.L2")), PANEL)


def test_the_panel_says_where_one_stands(browser: Browser, cast: Cast, framework: Edition) -> None:
    client = browser("own")
    assertContains(client.get(cell("ADV.1.L2")), "You have not said yet where you stand here.")
    give(cast.own, framework, {"ADV.1": 4, "ADV.2": None})
    assertContains(client.get(cell("ADV.1.L1")), "You say that you have done this.")
    assertContains(client.get(cell("ADV.1.L2")), "You say that you have done this.")
    assertContains(client.get(cell("ADV.1.L3")), "You stand at level 2 in this theme.")
    assertContains(client.get(cell("ADV.2.L1")), "You have not said yet where you stand here.")


def test_the_panel_adds_this_very_cell_to_the_plan(
    browser: Browser, cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    client = browser("own")
    page = client.get(cell("ADV.1.L3"))
    assertContains(page, f'action="{reverse("growth:add-goal", kwargs={"code": "ADV.1"})}"')
    assertContains(page, '<input type="hidden" name="level" value="3">', html=True)
    give(cast.own, framework, {"ADV.1": 1})
    add_to_plan(tree.theme_by_code["ADV.1"], tree, target=3, reason="", by=cast.own)
    page = client.get(cell("ADV.1.L3"))
    assertContains(page, "It is in your plan.")
    assertNotContains(page, "Add to my plan")
    assertContains(client.get(cell("ADV.1.L2")), "Add to my plan")


def entries(client: Client) -> set[str]:
    """Return the addresses in the navigation."""
    text = client.get("/").content.decode()
    names = ("growth:standing", "growth:plan", "growth:teams", "growth:coaching")
    head = text.partition("<main")[0]
    return {name for name in names if f'href="{reverse(name)}"' in head}


def test_each_finds_in_the_navigation_what_is_there_for_them(browser: Browser, client: Client) -> None:
    own = {"growth:standing", "growth:plan"}
    assert entries(client) == set()
    assert entries(browser("own")) == own
    assert entries(browser("president")) == own | {"growth:teams"}
    assert entries(browser("coach")) == own | {"growth:coaching"}
    assert entries(browser("former_president")) == own
