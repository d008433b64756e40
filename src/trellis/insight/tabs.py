"""The pages of insight about one unit, in the order of their tabs. A new page adds its line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.people.models import Unit


def _always(unit: Unit) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: its page takes the `uid` of the unit. `shown` says for which units there is such a page."""

    key: str
    label: Any  # a lazy translation
    url_name: str
    shown: Callable[[Unit], bool] = _always


TABS = (
    Tab("stand", _("Where we stand"), "insight:stand"),
    Tab("growth", _("Growth"), "insight:growth"),
    Tab("equity", _("Equity"), "insight:equity"),
    Tab("succession", _("Succession"), "insight:succession"),
    Tab("supply", _("Supply and need"), "insight:supply"),
    Tab("effects", _("Programs"), "insight:effects"),
)
# Which pages a view may be saved of, by the names of their addresses: those of the tabs, and the unit's own.
PAGES = {tab.url_name.partition(":")[2]: tab.url_name for tab in TABS} | {"unit": "insight:unit"}
