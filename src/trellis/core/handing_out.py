"""Hands out a stored file: as something to save, and never as a page of ours."""

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from trellis.core.uploads import TYPES


def hand_out(file: FieldFile, *, name: str, ending: str) -> HttpResponse:
    """Answer with a checked file (see uploads) under its own name; raises Http404 when it is not on the disk."""
    try:
        with file.open("rb") as stored:
            content = stored.read()  # 10 MB at most
    except FileNotFoundError as error:
        raise Http404 from error
    answer = HttpResponse(content, content_type=TYPES[ending].mime)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
