"""Fixtures of the browser tests: one real server with the demo on it, one Chromium, and fresh devices for each test."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.device import PATIENCE_MS, PHONE, Device, open_device
from tests.browser.persons import Everybody, Somebody, prepare
from tests.browser.site import Site
from tests.chromium import find

# It runs as root in CI, and the machine may have no network and no graphics.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The real server, serving the demo."""
    site = Site(tmp_path_factory.mktemp("site"))
    try:
        site.start()
        yield site
    finally:
        site.stop()


@pytest.fixture(scope="session")
def everybody(site: Site) -> Everybody:
    """The persons that tests sign in as."""
    return prepare(site)


@pytest.fixture
def newcomer(everybody: Everybody) -> Somebody:
    """Somebody who has done nothing yet, and whom no other test uses."""
    return next(everybody.newcomers)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium."""
    # Playwright keeps an event loop in this thread, and Django would then refuse its database to the tests that follow.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def device(chromium: Browser, site: Site) -> Iterator[Callable[..., Device]]:
    """Open any number of devices; at the end neither they nor the server may have complained."""
    opened: list[Device] = []

    def open_(
        somebody: Somebody | None = None, *, size: tuple[int, int] = PHONE, seat: int = 0, **options: Any
    ) -> Device:
        one = open_device(chromium, site, size, **options)
        if somebody is not None:
            one.sign_in(somebody, seat)
        opened.append(one)
        return one

    yield open_
    for one in opened:
        one.close()
    assert [text for one in opened for text in one.complaints()] == []
    assert site.new_complaints() == []
