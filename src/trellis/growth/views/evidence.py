"""My evidence: what waits, what counts, what no longer does; and one piece with its history; taking it back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trellis.core.panel_blocks import panel_blocks
from trellis.core.registry import evidence_panels
from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.access import own_evidence
from trellis.growth.evidence_actions import may_be_renewed, withdraw_evidence
from trellis.growth.evidence_queries import last_rubric, place_in, second_reader_exists, statements_of
from trellis.growth.evidence_shelves import shelved
from trellis.growth.models import EvidenceStatus, Happening, SecondReading
from trellis.people.models import Person
from trellis.people.queries import coaches_of

_SENT_BACK = (Happening.RETURNED, Happening.TAKEN_BACK)


@login_required
@require_GET
def evidence_list(request: HttpRequest) -> HttpResponse:
    """List the viewer's own evidence by what there is to do about it."""
    viewer = viewer_of(request, Person)
    rows = own_evidence(viewer).select_related("sent_to").prefetch_related("renewals")
    return render(
        request,
        "growth/evidence/list.html",
        {"nav": "evidence", "shelves": shelved(rows), "coaches": coaches_of(viewer)},
    )


@login_required
@require_GET
def evidence_one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one of the viewer's own pieces: where it stands, what it points at, what was found, what happened."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(
        own_evidence(viewer).select_related("sent_to", "read_by", "renews", "person", "edition__framework"), uid=uid
    )
    tree = main_tree()
    readers = coaches_of(viewer) if found.status == EvidenceStatus.SUBMITTED else ()
    events = list(found.events.select_related("by"))
    waits_long = found.second == SecondReading.WAITING and found.counts and not second_reader_exists(found)
    context = {
        "nav": "evidence",
        "evidence": found,
        "statements": statements_of(found),
        "rubric": last_rubric(found),
        "events": events,
        "missing": next((event.comment for event in reversed(events) if event.what in _SENT_BACK), ""),
        "nobody_reads": found.sent_to not in readers if not found.any_coach else not readers,
        "no_second_reader": waits_long,
        "may_renew": tree is not None and place_in(tree, found) is not None and may_be_renewed(found, by=viewer),
        "renewal": found.renewals.exclude(status=EvidenceStatus.WITHDRAWN).first(),
        "panels": panel_blocks(evidence_panels, request, found.uid),
    }
    return render(request, "growth/evidence/one.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def evidence_withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask whether to take a piece back, and do it."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_evidence(viewer).exclude(status=EvidenceStatus.WITHDRAWN), uid=uid)
    if request.method == "POST":
        withdraw_evidence(found, by=viewer)
        messages.success(request, _("Taken back. What it pointed at is deleted here."))
        return redirect("growth:evidence")
    return render(request, "growth/evidence/withdraw.html", {"nav": "evidence", "evidence": found})
