"""My data: all of it as a file, and the way to have it erased."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from trellis.core import audit, clock
from trellis.core.viewer import viewer_of
from trellis.exchange.own_data.access import own_request
from trellis.exchange.own_data.asking import WAIT, ask_erasure, take_back
from trellis.exchange.own_data.document import as_json, as_pdf, stays
from trellis.exchange.own_data.erasing import kept_rows
from trellis.exchange.own_data.gathering import withheld
from trellis.people.models import Person

_KINDS = {"json": ("application/json", as_json), "pdf": ("application/pdf", as_pdf)}


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what the viewer can take along, and how to be erased."""
    return _page(request)


@never_cache
@login_required
@require_safe
def own_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Hand out everything that is held about the viewer; the trail says that it was taken."""
    viewer = viewer_of(request, Person)
    if ending not in _KINDS:
        raise Http404
    mime, make = _KINDS[ending]
    answer = HttpResponse(make(viewer), content_type=mime)
    answer["Content-Disposition"] = content_disposition_header(True, f"my-data-{clock.today():%Y-%m-%d}.{ending}")
    answer["X-Content-Type-Options"] = "nosniff"
    with transaction.atomic():
        audit.record(by=viewer, action="person.data.take", target=f"person:{viewer.uid}", detail={"as": ending})
    return answer


@login_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Have the viewer erased when the waiting time is over."""
    viewer = viewer_of(request, Person)
    if not request.POST.get("sure"):
        return _page(request, error=_("Tick the box first: this cannot be undone once it is done."))
    ask_erasure(viewer, by=viewer)
    messages.success(request, _("Noted. Until that day everything stays as it is, and you can take it back here."))
    return redirect("own_data:page")


@login_required
@require_POST
def take_back_own(request: HttpRequest) -> HttpResponse:
    """Take the erasure back."""
    viewer = viewer_of(request, Person)
    found = own_request(viewer)
    if found is None:
        raise Http404
    take_back(found, by=viewer)
    messages.success(request, _("Taken back. Nothing was erased."))
    return redirect("own_data:page")


def _page(request: HttpRequest, error: str = "") -> HttpResponse:
    viewer = viewer_of(request, Person)
    reasons: dict[str, list[str]] = {}
    for key in kept_rows():
        reasons.setdefault(str(key.why), []).append(str(key.label))
    context = {
        "nav": "own-data",
        "asked": own_request(viewer),
        "days": WAIT.days,
        "stays": stays(),
        "nameless": reasons,
        "withheld": withheld(),
        "error": error,
    }
    return render(request, "exchange/own_data/page.html", context, status=422 if error else 200)
