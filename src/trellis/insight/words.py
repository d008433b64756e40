"""What a released figure says in words, on pages and on paper alike."""

from typing import Any

from django.utils.translation import gettext as _

from trellis.insight.growth_lines import GREW, HIDDEN, HINT, LESS, NO_CHANGE, Said
from trellis.insight.queries import NOT_ASKED, NOT_HERE, Cell, Table

# What stands before the number of a difference of levels.
_SIGNS = {"exactly": "", "at least": "≥ ", "at most": "≤ "}


def why_hidden(cell: Cell) -> str:
    """Say why there is no figure: never more than that it is hidden, or that nothing was asked."""
    if cell.hidden == NOT_ASKED:
        return _("Not asked earlier")
    return _("Not shown here") if cell.hidden == NOT_HERE else _("Hidden for privacy")


def signed(cell: Cell, name: str) -> str:
    """Write a difference of levels with its sign, and with how far it may be off where that is known."""
    found = cell.values[name]
    number = _SIGNS[found.end] + (f"{found.value:+.1f}".replace("-", "−") if found.value else "0.0")
    return number if cell.give is None else f"{number} ±{cell.give:.1f}"


def may_be_said(said: Said) -> str:
    """Return in words what may be said of a change."""
    words: dict[Said, Any] = {
        GREW: _("They grew."),
        LESS: _("They say less of themselves."),
        NO_CHANGE: _("No clear change."),
        HINT: _("A hint, no more."),
        HIDDEN: "",
    }
    return str(words[said])


def took_part_words(table: Table) -> tuple[str, str]:
    """Return how many took part, and of how many; the latter may be hidden, or both."""
    answered, members, rate = table.cell("answered"), table.cell("members"), table.rate()
    if answered.hidden:
        return "–", why_hidden(answered)
    if rate is None:
        return str(answered.n), _("How many could have is hidden for privacy")
    return str(answered.n), _("of %(all)d members, %(rate)s%%") % {"all": members.n or 0, "rate": str(rate)}
