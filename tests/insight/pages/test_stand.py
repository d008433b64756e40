"""The dashboard: its numbers are those of the release, and a hidden cell tells nothing."""

import re
from html import unescape

import pytest
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertRedirects

from tests.cast import Cast
from tests.insight.made import a_release, a_wave, everywhere, put
from tests.insight.pages.conftest import Browser, Shown
from tests.insight.pages.reading import hidden_cells, rows
from trellis.core import clock
from trellis.framework.tree import EditionTree
from trellis.insight.models import WaveStatus
from trellis.people.models import Unit, UnitKind


def page(browser: Browser, shown: Shown, query: str = "", name: str = "state_staff") -> str:
    response = browser(name).get(shown.address("stand", "Alder") + query)
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_its_numbers_are_those_of_the_release(browser: Browser, shown: Shown) -> None:
    found = rows(page(browser, shown))
    assert found["Theme"] == ["All locals", "Riverside", "Millbrook"]
    assert found["Advocacy best practice"] == ["50% of 240", "50% of 40", "Hidden for privacy"]
    assert found["Stewardship and integrity"] == ["12% of 230", "Hidden for privacy", "Hidden for privacy"]
    assert found["Self-awareness"] == ["88% of 231", "50% of 40", "Hidden for privacy"]


def test_another_level_may_be_counted(browser: Browser, shown: Shown) -> None:
    found = rows(page(browser, shown, "?level=3"))
    assert found["Self-awareness"] == ["44% of 231", "20% of 40", "Hidden for privacy"]
    assert rows(page(browser, shown, "?level=9")) == rows(page(browser, shown))


def test_it_names_its_wave_edition_and_day_and_how_many_took_part(browser: Browser, shown: Shown) -> None:
    html = page(browser, shown)
    assert "Fall 2026: what people said of themselves from Oct. 1, 2026 to Nov. 15, 2026" in html
    assert shown.release.content["edition"] in html
    assert "240 <small>of 300 members" in html
    assert "40% in Fall 2025" in html


def test_the_ends_are_those_whose_share_is_shown(browser: Browser, shown: Shown) -> None:
    html = page(browser, shown)
    invest = html[html.index("Where to invest") : html.index("Strengths to share")]
    assert re.findall(r"about=([\w.]+)", invest)[0] == "SFH.3"
    assert "<b>12%</b> at level 2 or above, of 230 people" in invest
    strengths = html[html.index("Strengths to share") :]
    assert strengths.index("Self-awareness") < strengths.index("88%")


def test_hidden_cells_are_all_alike_whether_held_back_or_never_there(browser: Browser, shown: Shown) -> None:
    html = page(browser, shown)
    assert hidden_cells(html) == {'<td class="sup"><i>Hidden for privacy</i></td>'}
    # Two of Riverside are held back, and of Millbrook, of which the release has nothing, all.
    assert html.count('<td class="sup">') == 2 + len(shown.release.content["themes"])
    assert "35 <small>of 66 cells" in html


def test_what_the_cells_of_others_show_does_not_depend_on_how_much_is_hidden(
    browser: Browser, cast: Cast, tree: EditionTree
) -> None:
    """A release with a cell held back looks the same as one whose table never had it."""
    release = a_release(tree)
    hidden = [one["column"] for one in release.content["themes"]][:5]
    put(release, "standing", cast.unit("Alder"), everywhere(release))
    put(release, "standing", cast.unit("Riverside"), everywhere(release, but=hidden))
    there = rows(browser("state_staff").get(f"/insight/unit/{cast.unit('Alder').uid}/").content.decode())
    for theme in tree.themes:
        column = theme.code.lower().replace(".", "_")
        assert there[theme.short][1] == ("Hidden for privacy" if column in hidden else "50% of 40")


def test_a_phone_shows_one_unit_the_whole_or_a_part_that_is_asked_for(browser: Browser, shown: Shown) -> None:
    def listed(query: str) -> str:
        html = page(browser, shown, query)
        return html[html.index('class="narrow"') :]

    assert "<b>12%</b>" in listed("")
    part = listed(f"?of={shown.cast.unit('Riverside').uid}")
    assert "<b>12%</b>" not in part[: part.index("Where to invest")]
    assert part.count('<span class="no">Hidden for privacy</span>') == 2
    # A unit that is no part of it, or outside of the viewer's scope, changes nothing.
    assert listed(f"?of={shown.cast.unit('Harrow').uid}") == listed("")


def test_an_earlier_wave_can_be_read_and_one_that_is_not_released_is_not_there(browser: Browser, shown: Shown) -> None:
    found = rows(page(browser, shown, "?wave=fall-2025"))
    assert found["Self-awareness"] == ["40% of 200", "Hidden for privacy", "Hidden for privacy"]
    assert browser("state_staff").get(shown.address("stand", "Alder") + "?wave=fall-1999").status_code == 404


def test_a_local_has_one_page_and_the_wave_comes_along(browser: Browser, shown: Shown) -> None:
    response = browser("president").get(shown.address("stand", "Riverside") + "?wave=fall-2025&level=3")
    assertRedirects(response, shown.address("unit", "Riverside") + "?wave=fall-2025&level=3")


def test_many_parts_come_so_many_columns_at_a_time(browser: Browser, shown: Shown) -> None:
    alder = shown.cast.unit("Alder")
    for number in range(20):
        Unit.objects.add_child(alder, instance=Unit(kind=UnitKind.LOCAL, name=f"Local {number:02}"))
    assert rows(page(browser, shown))["Theme"][-1] == "Local 13"
    assert rows(page(browser, shown, "?page=2"))["Theme"] == ["All locals", *(f"Local {n}" for n in range(14, 20))]


@pytest.mark.parametrize("name", ["stand", "unit", "growth"])
def test_a_page_costs_few_queries(
    name: str, browser: Browser, shown: Shown, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser("state_staff")
    client.get(shown.address(name, "Alder"))
    with django_assert_max_num_queries(15):
        client.get(shown.address(name, "Alder"))


def test_before_there_is_a_wave_it_says_what_one_is(browser: Browser, cast: Cast) -> None:
    address = f"/insight/unit/{cast.unit('Riverside').uid}/"
    assertContains(browser("president").get(address), "No wave has been held yet")


def test_an_open_wave_says_until_when_and_a_closed_one_that_it_is_being_checked(browser: Browser, cast: Cast) -> None:
    address = f"/insight/unit/{cast.unit('Riverside').uid}/growth/"
    found = a_wave(closed=False)
    found.closes_on = found.closes_on.replace(year=2090)
    found.save()
    assertContains(browser("president").get(address), "Members can answer until Nov. 15, 2090.")
    found.delete()
    a_wave()
    assertContains(browser("president").get(address), "Fall 2026 is over")


def test_a_later_wave_that_is_open_is_announced_below_the_figures(browser: Browser, shown: Shown) -> None:
    found = a_wave("fall-2027", closed=False)
    address = shown.address("growth", "Riverside")
    if found.closes_on >= clock.today():
        assertContains(browser("president").get(address), "Fall 2027 is open until Nov. 15, 2027")
    found.status, found.closed_at = WaveStatus.CLOSED, clock.now()
    found.save()
    assertContains(browser("president").get(address), "Fall 2027 is being checked, and comes next.")
