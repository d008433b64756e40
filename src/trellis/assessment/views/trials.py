"""The instruments, for who keeps the framework: what each asks, and when it was last on trial."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trellis.assessment.access import visible_instruments
from trellis.assessment.trial import spoken, summaries
from trellis.people.access import can_keep_framework


@require_safe
def instruments(request: HttpRequest) -> HttpResponse:
    """List the newest version of every instrument that has been set up; 404 for who does not keep the framework."""
    if not can_keep_framework(request.user):
        raise Http404
    known = spoken(visible_instruments(request.user).order_by("edition__published_at", "version"))
    newest = {one.code: (one, definition) for one, definition in known}
    runs = summaries({one.edition_id for one, _ in newest.values()})
    rows = [
        (one, definition, runs.get(str(one.uid)))
        for one, definition in sorted(newest.values(), key=lambda row: row[0].pk)
    ]
    return render(request, "assessment/trials.html", {"nav": "instruments", "rows": rows})
