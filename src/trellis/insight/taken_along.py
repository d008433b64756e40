"""The released tables of a unit and of those directly inside it, as rows for files."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from trellis.core.sheets.writer import Value
from trellis.insight.chosen import Chosen
from trellis.insight.queries import MEASURES
from trellis.insight.released_rows import FAIRNESS, SUPPLY, rows

FILES = {
    "participation": _("Who took part"),
    "standing": _("Where people stand"),
    "growth": _("Growth"),
    "self-other": _("How others see them"),
    "coverage": _("Who could step into a role"),
    "pipeline": _("Who holds which role"),
    SUPPLY: _("What was taught"),
    FAIRNESS: _("Fairness of the questions"),
}


def table_rows(chosen: Chosen, question: str) -> Iterator[list[Value]]:
    """Yield the rows of one question: of everybody, then by each attribute that units of this kind are shown by."""
    # The questions are checked for the association as a whole, and for no other unit.
    units = [chosen.unit] if question == FAIRNESS else [chosen.unit, *chosen.inside]
    yield from rows(chosen.shown, question, units)
    if question in MEASURES:
        for attribute in chosen.attributes:
            yield from rows(chosen.shown, question, units, attribute)
