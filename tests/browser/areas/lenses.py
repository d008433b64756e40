"""Who leads beside who belongs, the bench, seats beside needs, and what programmes changed."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.pages import Listed, trail
from tests.browser.persons import Somebody

STAFF, PRESIDENT, STEWARD = "state-staff", "local-president", "data-steward"


def _tab(name: str) -> Callable[[Page, Somebody], None]:
    """Walk to a page about the highest unit of somebody's by its tab."""
    return trail("/insight/", f".i-tabs a:has-text('{name}')")


PAGES = (
    Listed("equity-state", _tab("Equity"), STAFF, repeated=".few tbody ~ tbody ~ tbody"),
    Listed("equity-association", _tab("Equity"), STEWARD, repeated=".few tbody ~ tbody ~ tbody"),
    Listed("equity-local", _tab("Equity"), PRESIDENT, repeated=".few tbody ~ tbody ~ tbody"),
    Listed("succession-state", _tab("Succession"), STAFF),
    Listed("succession-local", _tab("Succession"), PRESIDENT),
    Listed("supply-state", _tab("Supply"), STAFF, repeated=".steps tbody ~ tbody ~ tbody"),
    Listed("effects-state", _tab("Programs"), STAFF),
)
