"""Sends tables to a browser, as CSV or as an Excel file; the file's name says what is in it, and nobody's name."""

from collections.abc import Iterable, Sequence

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from trellis.core import clock
from trellis.exchange.tables.writer import Value, csv_pieces, workbook_file

ENDINGS = ("csv", "xlsx")
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_table(
    name: str, ending: str, header: Sequence[str], rows: Iterable[Sequence[Value]]
) -> FileResponse | StreamingHttpResponse:
    """Send a table as a file called `name`, with the day; `ending` is one of ENDINGS. Rows are fetched as they go."""
    answer: FileResponse | StreamingHttpResponse
    file = f"{name}-{clock.today():%Y-%m-%d}.{ending}"
    if ending == "csv":
        answer = StreamingHttpResponse(csv_pieces(header, rows), content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = content_disposition_header(True, file) or "attachment"
    else:
        answer = FileResponse(
            workbook_file([(name.capitalize(), header, rows)]),
            as_attachment=True,
            filename=file,
            content_type=_WORKBOOK,
        )
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
