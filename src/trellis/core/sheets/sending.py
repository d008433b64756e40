"""Sends tables to a browser, as CSV or as an Excel file; the file's name says what is in it, and nobody's name."""

from collections.abc import Iterable, Sequence

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from trellis.core import clock
from trellis.core.sheets.writer import Value, csv_pieces, workbook_pieces

_CSV = "text/csv; charset=utf-8"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = ("csv", "xlsx")


def send_table(name: str, ending: str, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> StreamingHttpResponse:
    """Send a table as a file called `name`, with the day; `ending` is one of ENDINGS. Rows are fetched as they go."""
    file = f"{name}-{clock.today():%Y-%m-%d}.{ending}"
    if ending == "csv":
        answer = StreamingHttpResponse(csv_pieces(header, rows), content_type=_CSV)
    else:
        answer = StreamingHttpResponse(workbook_pieces([(name.capitalize(), header, rows)]), content_type=_WORKBOOK)
    answer.headers["Content-Disposition"] = content_disposition_header(True, file) or "attachment"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
