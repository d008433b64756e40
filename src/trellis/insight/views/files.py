"""What can be taken along: a board report as PDF, one table as CSV, all of them as an Excel file."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from trellis.core.sheets.writer import csv_pieces, workbook_pieces
from trellis.insight.board_report import board_report
from trellis.insight.chosen import Chosen, chosen_of
from trellis.insight.released_rows import header
from trellis.insight.taken_along import FILES, table_rows
from trellis.insight.views.door import second_factor

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_GET
@second_factor
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand out the board report of a unit as a tagged PDF."""
    chosen = _released(request, uid)
    return _file(chosen, "report", "pdf", "application/pdf", [board_report(chosen)])


@login_required
@require_GET
@second_factor
def table(request: HttpRequest, uid: UUID, question: str) -> HttpResponse:
    """Hand out one question as CSV."""
    if question not in FILES:
        raise Http404
    chosen = _released(request, uid)
    pieces = csv_pieces(header(question), table_rows(chosen, question))
    return _file(chosen, question, "csv", "text/csv; charset=utf-8", pieces)


@login_required
@require_GET
@second_factor
def tables(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand out all questions as one Excel file, a sheet each."""
    chosen = _released(request, uid)
    sheets = ((question, header(question), table_rows(chosen, question)) for question in FILES)
    return _file(chosen, "tables", "xlsx", _EXCEL, workbook_pieces(sheets))


def _released(request: HttpRequest, uid: UUID) -> Chosen:
    chosen = chosen_of(request, uid)
    if chosen.release is None:
        raise Http404
    return chosen


def _file(chosen: Chosen, what: str, ending: str, kind: str, pieces: Iterable[bytes]) -> HttpResponse:
    answer = HttpResponse(b"".join(pieces), content_type=kind)
    name = f"{slugify(chosen.unit.name)}-{chosen.shown.wave.code}-{what}.{ending}"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Cache-Control"] = "private, no-store"
    return answer
