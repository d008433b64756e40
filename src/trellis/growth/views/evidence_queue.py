"""Evidence to read: what waits for this coach, what two readers differ about, what was decided; how alike they read."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.core.viewer import viewer_of
from trellis.growth.access import coaches_someone, evidence_waiting, visible_evidence
from trellis.growth.evidence_queries import second_reading_agreement
from trellis.growth.evidence_rules import LEAST_DOUBLE_READ, SECOND_READING_SHARE
from trellis.growth.models import EvidenceStatus, SecondReading
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person

_LATEST = 30


@login_required
@require_GET
@second_factor_required
def evidence_queue(request: HttpRequest) -> HttpResponse:
    """List what waits, oldest first; 404 for who coaches nobody."""
    viewer = viewer_of(request, Person)
    if not coaches_someone(viewer):
        raise Http404
    waiting = list(evidence_waiting(viewer).select_related("person").order_by("submitted_at", "pk"))
    decided = visible_evidence(viewer).filter(
        read_by=viewer, status__in=[EvidenceStatus.ATTESTED, EvidenceStatus.RETURNED]
    )
    context = {
        "nav": "coaching",
        "waiting": [piece for piece in waiting if piece.status == EvidenceStatus.SUBMITTED],
        "again": [piece for piece in waiting if piece.second == SecondReading.WAITING],
        "dispute": [piece for piece in waiting if piece.readers_differ],
        "decided": decided.select_related("person")[:_LATEST],
        "agreement": second_reading_agreement(),
        "least": LEAST_DOUBLE_READ,
        "one_in": round(1 / SECOND_READING_SHARE),
    }
    return render(request, "growth/evidence/queue.html", context)
