"""A published edition as a file: for other systems, for paper, for a word processor. Everybody may have it."""

import csv
import json
from collections.abc import Callable
from io import StringIO

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from trellis.exchange.booklet.content import booklet
from trellis.exchange.booklet.paper import as_pdf
from trellis.exchange.booklet.word import as_docx
from trellis.exchange.case.shelf import Volume, shelf
from trellis.exchange.ctdl.writer import write_graph
from trellis.exchange.moodle.writer import rows
from trellis.framework.access import published_editions
from trellis.framework.models import Edition

Write = Callable[[Edition, Volume], bytes]


def _case(edition: Edition, volume: Volume) -> bytes:
    return volume.package.model_dump_json(exclude_none=True, indent=1).encode()


def _ctdl(edition: Edition, volume: Volume) -> bytes:
    return json.dumps(write_graph(volume), ensure_ascii=False, indent=1).encode()


def _moodle(edition: Edition, volume: Volume) -> bytes:
    out = StringIO()
    csv.writer(out).writerows(rows(volume))
    return out.getvalue().encode()


FILES: dict[str, tuple[str, str, Write]] = {
    "pdf": ("application/pdf", "pdf", lambda edition, volume: as_pdf(booklet(edition))),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        lambda edition, volume: as_docx(booklet(edition)),
    ),
    "case": ("application/json", "case.json", _case),
    "ctdl": ("application/ld+json", "ctdl.json", _ctdl),
    "moodle": ("text/csv; charset=utf-8", "moodle.csv", _moodle),
}


@require_GET
def edition_file(request: HttpRequest, framework: str, edition: str, form: str) -> HttpResponse:
    """Give out a published edition in one of the forms."""
    if form not in FILES:
        raise Http404
    found = get_object_or_404(published_editions(), framework__code=framework, code=edition)
    volume = shelf().volume(str(found.uid))
    if volume is None:
        raise Http404
    content_type, ending, write = FILES[form]
    response = HttpResponse(write(found, volume), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{framework}-{edition}.{ending}"'
    return response
