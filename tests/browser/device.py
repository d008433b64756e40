"""A phone or a desk computer: a browser of its own, with its own storage, that writes down what it complains about."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, WebError

from tests.browser.cable import Cable
from tests.browser.persons import Somebody
from tests.browser.site import Site

PHONE = (390, 844)
DESK = (1280, 900)
# A page of the demo takes a tenth of a second; this is for a machine that is busy with something else.
PATIENCE_MS = 15_000


@dataclass
class Device:
    """A browser context with one page; `expected` are parts of complaints that a test brings about on purpose."""

    site: Site
    context: BrowserContext
    page: Page
    cable: Cable
    expected: list[str] = field(default_factory=list)
    _complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open an address of the site."""
        self.page.goto(path)
        return self.page

    def sign_in(self, somebody: Somebody, device: int = 0) -> None:
        """Be somebody from now on; each device has a session of its own."""
        cookie = {"name": "sessionid", "value": somebody.sessions[device], "url": self.site.address}
        self.context.add_cookies([{**cookie, "httpOnly": True, "sameSite": "Lax"}])

    def expire(self) -> None:
        """End the sign-in as time does, without a word to the browser."""
        self.context.clear_cookies(name="sessionid")

    def cut(self) -> None:
        """Take the network away."""
        self.expected.append("net::ERR_")
        self.cable.cut()
        self.context.set_offline(True)

    def reconnect(self) -> None:
        """Bring the network back."""
        self.cable.mend()
        self.context.set_offline(False)

    def close(self) -> None:
        """Switch it off."""
        self.context.close()
        self.cable.close()

    def kept(self) -> dict[str, str]:
        """Return what this browser keeps for Trellis in its local storage."""
        return dict(self.page.evaluate("Object.fromEntries(Object.entries(localStorage))"))

    def complaints(self) -> list[str]:
        """Return errors and warnings of pages, refused policies among them, that nobody expected."""
        return [text for text in self._complaints if not any(part in text for part in self.expected)]

    def note(self, text: str) -> None:
        """Write a complaint down."""
        self._complaints.append(text)


def open_device(chromium: Browser, site: Site, size: tuple[int, int], **options: Any) -> Device:
    """Open a fresh browser of a size in CSS pixels; a narrow one has a touch screen."""
    width, height = size
    cable = Cable(site.port)
    context = chromium.new_context(
        base_url=f"http://127.0.0.1:{cable.port}",
        viewport={"width": width, "height": height},
        has_touch=width < 700,
        reduced_motion="reduce",
        **options,
    )
    context.set_default_timeout(PATIENCE_MS)
    device = Device(site, context, context.new_page(), cable)

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            device.note(f"{message.type} on {message.page.url if message.page else '?'}: {message.text}")

    def on_error(error: WebError) -> None:
        device.note(f"script error on {error.page.url if error.page else '?'}: {error.error}")

    context.on("console", on_console)
    context.on("weberror", on_error)
    return device
