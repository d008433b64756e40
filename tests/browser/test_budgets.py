"""The first visit stays small: what travels and what it unpacks to, for the landing page and the first theme."""

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
class Ledger:
    """What Chromium's network log says of each request, by its number."""

    urls: dict[str, tuple[str, str]] = field(default_factory=dict)
    raw: dict[str, int] = field(default_factory=dict)
    travelled: dict[str, int] = field(default_factory=dict)

    def begun(self, event: dict[str, Any]) -> None:
        """Note a request with its address and what it is for."""
        self.urls[event["requestId"]] = (event["request"]["url"], event["type"])

    def unpacked(self, event: dict[str, Any]) -> None:
        """Add bytes after decompression."""
        self.raw[event["requestId"]] = self.raw.get(event["requestId"], 0) + event["dataLength"]

    def done(self, event: dict[str, Any]) -> None:
        """Note the bytes on the wire, headers and all."""
        self.travelled[event["requestId"]] = int(event["encodedDataLength"])
