"""Where a list of members comes in: for who keeps the members of a unit; everybody else finds nothing here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from trellis.core.uploads import known_as
from trellis.core.viewer import viewer_of
from trellis.exchange.people.access import keeps_members, own_imports, roster_units
from trellis.exchange.people.actions import begin_import
from trellis.exchange.people.forms import MOST_BYTES, UploadForm
from trellis.exchange.people.work import start
from trellis.framework import uploads
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person

# Room for the other fields and the frame around the file.
_ENVELOPE = 64 * 1024
_SHOWN = 10


# Django would read the whole body for its form token, so the size is looked at first and the token right after.
@csrf_exempt
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@second_factor_required
def imports(request: HttpRequest) -> HttpResponse:
    """Take a list and show the viewer's earlier ones; a file that is announced as too large is not read at all."""
    viewer = viewer_of(request, Person)
    if not keeps_members(viewer):
        raise Http404
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.method == "POST" and (not length.isdecimal() or int(length) > MOST_BYTES + _ENVELOPE):
        messages.error(request, _("This file is larger than 500 MB. Bring it in with “trellis import_people”."))
        return _page(request, viewer, UploadForm(units=roster_units(viewer)), status=413)
    return _imports(request, viewer)


@csrf_protect
def _imports(request: HttpRequest, viewer: Person) -> HttpResponse:
    units = list(roster_units(viewer))
    if request.method != "POST":
        return _page(request, viewer, UploadForm(units=units))
    form = UploadForm(request.POST, request.FILES, units=units)
    if not form.is_valid():
        return _page(request, viewer, form, status=422)
    said = form.cleaned_data
    found = begin_import(
        said["unit"],
        file=known_as(said["file"].name),
        kept=uploads.keep(said["file"]),
        is_whole=said["is_whole"],
        by=viewer,
    )
    start(found)
    return redirect("members:page", uid=found.uid)


def _page(request: HttpRequest, viewer: Person, form: UploadForm, status: int = 200) -> HttpResponse:
    before = own_imports(viewer).order_by("-created_at")[:_SHOWN]
    return render(request, "exchange/people/import.html", {"form": form, "before": before}, status=status)
