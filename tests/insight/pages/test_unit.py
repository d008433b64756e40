"""One unit's page: the spread of its members beside the unit above, roles, and the next steps."""

from html import unescape

from pytest_django.asserts import assertContains, assertNotContains

from tests.insight.made import put
from tests.insight.pages.conftest import HIDDEN, HIGH, LOW, Browser, Shown
from tests.insight.pages.reading import rows
from trellis.framework.tree import EditionTree
from trellis.learning.models import Format, Offering, OfferingCell, OfferingStatus, Place


def page(browser: Browser, shown: Shown, unit: str = "Riverside", name: str = "president") -> str:
    return unescape(browser(name).get(shown.address("unit", unit)).content.decode())


def test_its_numbers_are_those_of_the_release_with_the_unit_above_beside_them(browser: Browser, shown: Shown) -> None:
    found = rows(page(browser, shown))
    assert found["Theme"][1:] == ["Level 1", "Level 2", "Level 3", "People", "Alder, level 2"]
    assert found["Advocacy best practice"] == ["", "80", "50", "20", "40", "50"]
    assert found["Building representative"] == ["", "12%", "33%", "40"]


def test_what_is_hidden_says_so_and_no_more(browser: Browser, shown: Shown) -> None:
    found = rows(page(browser, shown))
    assert found["Stewardship and integrity"] == ["", "Hidden for privacy", "12"]
    assert found["Relationships for advocacy"] == ["", "Hidden for privacy", "50"]
    assert "2 <small>of 33 cells" in page(browser, shown)
    # How many could have answered is hidden, and so is their share.
    assert "How many could have is hidden for privacy" in page(browser, shown)


def test_a_unit_of_which_nothing_is_shown_has_a_page_that_says_so(browser: Browser, shown: Shown) -> None:
    html = page(browser, shown, "Millbrook", "sibling_president")
    assert rows(html)["Self-awareness"] == ["", "Hidden for privacy", "88"]
    assert "Nothing of this unit may be shown" in html
    assert "33 <small>of 33 cells" in html


def test_others_views_show_once_enough_may_be_shown(browser: Browser, shown: Shown) -> None:
    assert "This shows once 10 people" in page(browser, shown)
    gaps = {column: (40, {"gap": -0.3}) for column in (LOW, HIGH)}
    put(shown.release, "self-other", shown.cast.unit("Riverside"), {"": gaps})
    html = page(browser, shown)
    seen = rows(html[html.index("How others see them") :])
    assert seen["Self-awareness"] == ["", "−0.3", "40"]
    assert seen["Governance duties"] == ["", "Hidden for privacy"]


def test_the_next_step_of_a_thin_theme_leads_to_what_teaches_it(
    browser: Browser, shown: Shown, tree: EditionTree
) -> None:
    # Of 40 people, 20 % are not at level 1, 30 % stand at it, 30 % at level 2 and 20 % at 3: level 2 is next for most.
    theme = tree.themes[0]
    cell = theme.cell(2)
    offering = Offering.objects.create(
        unit=shown.cast.unit("Alder"),
        title="Talking in corridors",
        format=Format.ONLINE,
        minutes=60,
        status=OfferingStatus.LISTED,
    )
    OfferingCell.objects.create(
        offering=offering,
        place=Place.TEACHES,
        theme_uid=theme.uid,
        theme_code=theme.code,
        cell_uid=cell.uid,
        cell_code=cell.code,
        level=2,
    )
    response = browser("president").get(shown.address("unit", "Riverside"))
    assertContains(response, "Talking in corridors")
    assertContains(response, "?about=ADV.1&amp;level=2")
    assertContains(response, "For 30% level 2 is the next step.")
    assertContains(response, "Nothing in the catalog teaches it yet.")
    Offering.objects.update(status=OfferingStatus.DRAFT)
    assertNotContains(browser("president").get(shown.address("unit", "Riverside")), "Talking in corridors")


def test_the_hidden_theme_is_neither_a_gap_nor_a_strength(browser: Browser, shown: Shown) -> None:
    html = page(browser, shown)
    side = html[html.index('class="side"') :]
    assert HIDDEN == "adv_2"
    assert "Relationships for advocacy" not in side
    assert "Stewardship and integrity" not in side
