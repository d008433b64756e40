"""My badges: what I could ask for, what I hold, and all of it as one transcript."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from trellis.core import clock
from trellis.core.viewer import viewer_of
from trellis.exchange.badges.answers import CREDENTIAL
from trellis.exchange.badges.checking import Found
from trellis.exchange.badges.held import all_held
from trellis.exchange.badges.transcript import badges_for_transcript, in_parts, sign_transcript
from trellis.exchange.badges.transcript_paper import transcript_paper
from trellis.growth.credential_access import own_credentials
from trellis.growth.credential_queries import ready_evidence, ready_programmes
from trellis.people.models import Person


@login_required
@require_GET
def wallet(request: HttpRequest) -> HttpResponse:
    """List what is ready, what holds, and what no longer does."""
    viewer = viewer_of(request, Person)
    held = all_held(own_credentials(viewer).select_related("edition__framework"))
    context = {
        "nav": "badges",
        "ready": ready_evidence(viewer),
        "programmes": ready_programmes(viewer),
        "good": [badge for badge in held if badge.state == Found.GOOD],
        "over": [badge for badge in held if badge.state != Found.GOOD],
        "parts": range(1, len(in_parts(badges_for_transcript(viewer))) + 1),
    }
    return render(request, "exchange/badges/wallet.html", context)


@login_required
@require_POST
def transcript(request: HttpRequest, part: int) -> HttpResponse:
    """Sign a part of the transcript and hand it out."""
    try:
        text = sign_transcript(part, by=viewer_of(request, Person))
    except ValidationError as error:
        raise Http404 from error
    answer = HttpResponse(text, content_type=CREDENTIAL)
    answer["Content-Disposition"] = f'attachment; filename="transcript-{clock.today().isoformat()}-{part}.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_GET
def transcript_pdf(request: HttpRequest) -> HttpResponse:
    """Hand out the transcript for reading."""
    viewer = viewer_of(request, Person)
    badges = all_held(own_credentials(viewer).select_related("edition__framework"))
    held = [badge for badge in badges if badge.state == Found.GOOD]
    if not held:
        raise Http404
    answer = HttpResponse(transcript_paper(viewer, held), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="transcript-{clock.today().isoformat()}.pdf"'
    return answer
