"""What holds for every page: nothing that axe-core objects to, no sideways scroll, no complaint; and its pictures."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.device import DESK, PHONE, Device
from tests.browser.pages import PAGES, Listed
from tests.browser.persons import Everybody
from tests.browser.site import ROOT

pytestmark = pytest.mark.browser
PICTURES = ROOT / "var" / "screenshots"
SIZES = {"phone": PHONE, "desk": DESK}
SCHEMES = ("light", "dark")
# The colours of the scheme change nothing else, so in the dark only they are looked at again.
IN_THE_DARK = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
every_page = pytest.mark.parametrize("listed", PAGES, ids=[listed.name for listed in PAGES])


def _resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


@every_page
def test_axe_finds_no_violation_and_nothing_complains(
    listed: Listed, device: Callable[..., Device], everybody: Everybody
) -> None:
    page = listed.open(device(size=PHONE), everybody)
    axe = Axe()
    found = {}
    for size in SIZES.values():
        _resize(page, size)
        for scheme, options in (("light", None), ("dark", IN_THE_DARK)):
            page.emulate_media(color_scheme=scheme)
            results = axe.run(page, options=options)
            if results.violations_count:
                found[f"{size[0]} {scheme}"] = results.generate_report()
    assert found == {}, "\n".join(found.values())


@every_page
def test_nothing_scrolls_sideways_on_the_smallest_screen(
    listed: Listed, device: Callable[..., Device], everybody: Everybody
) -> None:
    page = listed.open(device(size=(320, 640)), everybody)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@every_page
def test_pictures_for_a_person_to_look_at(listed: Listed, device: Callable[..., Device], everybody: Everybody) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page = listed.open(device(size=PHONE), everybody)
    for name, size in SIZES.items():
        _resize(page, size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.screenshot(path=PICTURES / f"{listed.name}-{name}-{scheme}.png", full_page=True, animations="disabled")
