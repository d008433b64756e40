"""The report of a closed 360: self, each shown kind of rater and evidence side by side; the same as PDF; sharing it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from trellis.assessment.access import own_three_sixties, readable_three_sixties
from trellis.assessment.models import ThreeSixty
from trellis.assessment.relations import GROUPS, THEIR_GROUPS
from trellis.assessment.report_sharing import share_report
from trellis.core.viewer import viewer_of
from trellis.growth.feedback import Row
from trellis.growth.feedback_queries import Read, read_feedback
from trellis.growth.feedback_report import feedback_report
from trellis.growth.feedback_words import not_shown, strength_words
from trellis.people.actions import note_look
from trellis.people.decorators import second_factor_required
from trellis.people.models import Looked, Person


@login_required
@require_GET
@second_factor_required
def feedback(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the report to its owner, and to the coach whom the owner lets read it; each look of the coach is noted."""
    viewer = viewer_of(request, Person)
    found, read = _read(viewer, uid)
    is_own = read.subject == viewer
    labels = GROUPS if is_own else THEIR_GROUPS
    names = [column.name or str(labels[column.relation]) for column in read.feedback.columns]
    context = {
        "nav": "three-sixty" if is_own else "coaching",
        "found": found,
        "read": read,
        "feedback": read.feedback,
        "is_own": is_own,
        "heads": [
            (column, name, strength_words()[column.strength])
            for column, name in zip(read.feedback.columns, names, strict=True)
        ],
        "parts": [
            (part.domain, [(row, list(zip(row.cells, names, strict=True))) for row in part.rows])
            for part in read.feedback.parts
        ],
        "differing": [(row, _sides(row, labels)) for row in read.feedback.differing],
        "too_few": _("too few saw this"),
        "unseen": _("not seen"),
        "apart": _("differs"),
        "not_shown": not_shown(read.feedback, has_comments=bool(read.comments)),
    }
    return render(request, "growth/feedback.html", context)


@login_required
@require_GET
@second_factor_required
def feedback_pdf(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand out the report as a tagged PDF."""
    viewer = viewer_of(request, Person)
    found, read = _read(viewer, uid)
    labels = GROUPS if read.subject == viewer else THEIR_GROUPS
    answer = HttpResponse(feedback_report(found, read, labels), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="360-{found.released_at:%Y-%m-%d}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_POST
def feedback_share(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let the coach read one's own report, or no longer."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_three_sixties(viewer).filter(released_at__isnull=False), uid=uid)
    shared = request.POST.get("shared") == "1"
    try:
        share_report(found, shared=shared, by=viewer)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Your coach can read it now.") if shared else _("Only you can read it now."))
    return redirect("growth:feedback", uid=uid)


def _read(viewer: Person, uid: UUID) -> tuple[ThreeSixty, Read]:
    found = get_object_or_404(readable_three_sixties(viewer), uid=uid)
    read = read_feedback(found)
    if read is None:
        raise Http404
    if read.subject != viewer:
        note_look(read.subject, by=viewer, what=Looked.REPORT, detail={"three_sixty": str(found.uid)})
    return found, read


def _sides(row: Row, labels: Mapping[str, Any]) -> list[tuple[int, str]]:
    """Return who sees a theme lower than its person (1), and who higher (-1), each side in one line."""
    sides = []
    for sign in (1, -1):
        names = [str(labels[cell.column.relation]) for cell in row.gaps if cell.gap == sign]
        if names:
            sides.append((sign, " · ".join(names)))
    return sides
