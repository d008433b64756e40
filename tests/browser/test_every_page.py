"""What holds for every page: axe-core and the console have nothing to say, all fits a small screen; and pictures."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

from tests.browser.areas import PAGES
from tests.browser.device import DESK, PHONE, Device
from tests.browser.pages import Listed
from tests.browser.persons import Everybody
from tests.browser.site import ROOT

pytestmark = pytest.mark.browser
PICTURES = ROOT / "var" / "screenshots"
SIZES = {"phone": PHONE, "desk": DESK}
SMALLEST = (320, 640)
# Beyond this a picture shows more of the same, and takes seconds.
TALLEST = 8000
IN_THE_LIGHT: dict[str, Any] = {"resultTypes": ["violations"]}
# Another scheme changes colours and nothing else, so only they are looked at again.
IN_THE_DARK = IN_THE_LIGHT | {"runOnly": ["color-contrast", "link-in-text-block"]}
every_page = pytest.mark.parametrize("listed", PAGES, ids=[listed.name for listed in PAGES])


def _resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


@every_page
def test_axe_and_the_console_have_nothing_to_say_and_nothing_scrolls_sideways(
    listed: Listed, device: Callable[..., Device], everybody: Everybody
) -> None:
    page = listed.open(device(), everybody)
    if not os.environ.get("CI"):  # where nobody looks at them they only take time
        _take_pictures(page, listed.name)
    parts, found = {"exclude": [[listed.repeated]]} if listed.repeated else None, {}
    for name, size in SIZES.items():
        _resize(page, size)
        for scheme, options in (("light", IN_THE_LIGHT), ("dark", IN_THE_DARK)):
            page.emulate_media(color_scheme=scheme)
            results = _complaints(page, parts, options)
            if results.violations_count:
                found[f"{name} {scheme}"] = results.generate_report()
    assert found == {}, "\n".join(found.values())
    _resize(page, SMALLEST)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST[0]


def _complaints(page: Page, parts: dict[str, Any] | None, options: dict[str, Any]) -> AxeResults:
    """Ask axe-core; its half a megabyte of script is read in once for a page."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    return AxeResults(page.evaluate("([parts, options]) => axe.run(parts ?? document, options)", [parts, options]))


def _take_pictures(page: Page, name: str) -> None:
    """Take it on a phone and a desk, in the light and in the dark, for a person to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for screen, (width, height) in SIZES.items():
        _resize(page, (width, height))
        # As tall as the page, so that what is fixed to the bottom of the screen does not stand in the middle.
        whole = page.evaluate("document.documentElement.scrollHeight")
        _resize(page, (width, min(TALLEST, max(height, whole))))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            path = PICTURES / f"{name}-{screen}-{scheme}.png"
            page.screenshot(path=path)
            assert path.stat().st_size > 5000
