"""Driving the self-assessment as a thumb does, and what its tables then hold."""

import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.device import PATIENCE_MS
from tests.browser.site import Site

# The last page ahead is the last thing that is put aside, so then styles, scripts, font and icons are there too.
ALL_KEPT = """(async () => {
  const ahead = document.querySelector("[data-ahead]").dataset.ahead.split(" ");
  const home = location.pathname.match(/^\\/assess\\/[^/]+\\//)[0];
  return navigator.serviceWorker.controller !== null && !!(await caches.match(`${home}${ahead.at(-1)}/`));
})()"""


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody picks for a theme: a step "0" to "3" with or without "partly", "none" for no chance."""

    step: str
    partly: bool = False

    @property
    def half_steps(self) -> int | None:
        """What the database holds for it."""
        return None if self.step == "none" else 2 * int(self.step) + self.partly


def follow(target: Locator) -> None:
    """Tap a link or a button, and wait until another address is open."""
    page = target.page
    before = page.url
    target.tap()
    page.wait_for_url(lambda url: url != before)


def wait_for(page: Page, expression: str, expected: Any = True) -> None:
    """Wait until an expression of the page, which may be a promise, has that value."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while (found := page.evaluate(expression)) != expected:
        assert time.monotonic() < deadline, f"{expression} is {found}, not {expected}"
        page.wait_for_timeout(50)


def begin(page: Page) -> str:
    """Begin the self-assessment and open its first theme; returns the uid of the response."""
    page.goto("/assess/")
    follow(page.get_by_role("button", name="Start"))
    follow(page.get_by_role("link", name="Begin"))
    return page.url.split("/")[-3]


def code_of(page: Page) -> str:
    """Return the code of the theme that the page shows."""
    return page.url.rstrip("/").rpartition("/")[2]


def pick(page: Page, choice: Choice) -> None:
    """Pick a step with a finger, and tick "partly" below it if wanted."""
    page.locator(f"label[for=step-{choice.step}]").tap()
    if choice.partly:
        page.locator(f".rung.r{choice.step} .tick").tap()


def shown(page: Page) -> Choice | None:
    """Return what the page shows as picked."""
    picked = page.locator("input[name=step]:checked")
    if not picked.count():
        return None
    step = picked.get_attribute("value") or ""
    return Choice(step, bool(page.locator(f"input[name=partly][value='{step}']:checked").count()))


def go_on(page: Page) -> None:
    """Press "Save and continue" and wait for the next page."""
    follow(page.get_by_role("button", name="Save and continue"))


def skip(page: Page) -> None:
    """Press "Skip" and wait for the next page."""
    follow(page.get_by_role("button", name="Skip"))


def expect_state(page: Page, state: str, text: str) -> None:
    """Wait until the line at the top says what became of the answer."""
    expect(page.locator("#save-state")).to_have_attribute("data-state", state)
    expect(page.locator("#save-state")).to_have_text(text)


def stored(site: Site, response: str) -> dict[str, int | None]:
    """Return the half-steps that the database holds, by theme code."""
    return dict(
        site.rows(
            "SELECT theme.code, rating.value FROM assessment_rating rating"
            " JOIN framework_theme theme ON theme.id = rating.theme_id"
            " JOIN assessment_response response ON response.id = rating.response_id WHERE response.uid = ?",
            response.replace("-", ""),
        )
    )


def times_written(site: Site, response: str) -> int:
    """Return how often the audit trail says that an answer of this response was stored."""
    [(count,)] = site.rows(
        "SELECT count(*) FROM core_auditentry WHERE action = 'assessment.answer' AND target = ?",
        f"response:{response}",
    )
    return int(count)
