"""The rows that an import leaves out, as a table of their own: as they were, with the reason beside them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from trellis.core.sheets.writer import Value
from trellis.exchange.catalogue.plan import Plan
from trellis.exchange.tables.mapping import clean


def refused_header(plan: Plan) -> list[str]:
    """Return the headings: those of the first sheet, the reason, and where the row came from."""
    first = next((refusal.record.header.row.cells for refusal in plan.refusals), ())
    return [*map(clean, first), *[""] * (_width(plan) - len(first)), _("What is wrong"), _("Where it stood")]


def refused_rows(plan: Plan) -> Iterator[list[Value]]:
    """Yield each refused row with its reason; a sheet that is headed otherwise brings its own header before it."""
    width, header = _width(plan), None
    for refusal in plan.refusals:
        row, its_header = refusal.record.row, refusal.record.header
        if header is not None and its_header.sheet != header.sheet:
            yield [*map(clean, its_header.row.cells), *[""] * (width - len(its_header.row.cells)), "", ""]
        header = its_header
        cells = [clean(cell) for cell in row.cells]
        yield [*cells, *[""] * (width - len(cells)), f"{refusal.place.cell}: {refusal.reason}", str(refusal.place)]


def _width(plan: Plan) -> int:
    rows = ((refusal.record.row.cells, refusal.record.header.row.cells) for refusal in plan.refusals)
    return max((max(len(cells), len(heads)) for cells, heads in rows), default=0)
