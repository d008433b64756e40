"""The first visit stays small: what travels and what it unpacks to, for the landing page and the first theme."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.browser.device import Device
from tests.browser.persons import Somebody
from tests.browser.steps import ALL_KEPT, begin, wait_for

pytestmark = pytest.mark.browser
COMPRESSED, RAW, HTML = 60 * 1024, 120 * 1024, 60 * 1024


@dataclass
class Weight:
    """What Chromium's own network log says of one visit: bytes on the wire with headers, and bytes unpacked."""

    of: dict[str, tuple[str, str]] = field(default_factory=dict)
    travelled: Counter[str] = field(default_factory=Counter)
    raw: Counter[str] = field(default_factory=Counter)

    def watch(self, device: Device) -> None:
        """Begin to count, as a browser does that was never here: nothing is in its cache."""
        log = device.context.new_cdp_session(device.page)
        log.on("Network.requestWillBeSent", self._begun)
        log.on("Network.dataReceived", self._unpacked)
        log.on("Network.loadingFinished", self._done)
        log.send("Network.enable")
        log.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def _begun(self, event: dict[str, Any]) -> None:
        self.of[event["requestId"]] = (event["request"]["url"], event["type"])

    def _unpacked(self, event: dict[str, Any]) -> None:
        self.raw[event["requestId"]] += event["dataLength"]

    def _done(self, event: dict[str, Any]) -> None:
        self.travelled[event["requestId"]] += int(event["encodedDataLength"])

    def check(self) -> None:
        """Hold the page to its budget. What scripts fetch when the page is at rest, for later, is not part of it."""
        visit = {number: (url, kind) for number, (url, kind) in self.of.items() if kind != "Fetch"}
        report = "\n".join(f"{self.travelled[n]:7} {self.raw[n]:7} {kind} {url}" for n, (url, kind) in visit.items())
        kinds = Counter(kind for _, kind in visit.values())
        assert kinds["Document"] == 1, report
        assert kinds["Font"] == 1, report
        assert kinds["Stylesheet"] >= 3, report
        assert any("icons" in url for url, _ in visit.values()), report
        assert sum(self.travelled[number] for number in visit) <= COMPRESSED, report
        assert sum(self.raw[number] for number in visit) <= RAW, report
        assert sum(self.raw[number] for number, (_, kind) in visit.items() if kind == "Document") <= HTML, report
        assert 0 < sum(self.travelled.values()) < sum(self.raw.values()), report


def test_the_first_visit_of_the_landing_page_is_small(device: Callable[..., Device]) -> None:
    phone, weight = device(), Weight()
    weight.watch(phone)
    phone.page.goto("/", wait_until="networkidle")
    weight.check()


def test_the_first_theme_opened_from_a_link_is_small(device: Callable[..., Device], newcomer: Somebody) -> None:
    known = device(newcomer).page
    begin(known)
    phone, weight = device(newcomer, seat=1), Weight()
    weight.watch(phone)
    phone.page.goto(known.url)
    wait_for(phone.page, ALL_KEPT)
    weight.check()
