"""Where a file of offerings and sessions comes in: for who arranges in a unit; everybody else finds nothing here."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from trellis.core.uploads import known_as
from trellis.core.viewer import viewer_of
from trellis.exchange.catalogue.forms import UploadForm
from trellis.exchange.catalogue.pending import Pending, forget, read_any, remember
from trellis.exchange.catalogue.sheets import LIMITS
from trellis.exchange.tables.place import TableError
from trellis.framework import uploads
from trellis.learning.access import arranged_sessions, arranges, arranging_units
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person, Unit

# Room for the other fields and the frame around the file.
_ENVELOPE = 64 * 1024


# Django would read the whole body for its form token, so the size is looked at first and the token right after.
@csrf_exempt
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@second_factor_required
def imports(request: HttpRequest) -> HttpResponse:
    """Take a file; one that is announced as larger than 10 MB is not read at all."""
    viewer = viewer_of(request, Person)
    if not arranges(viewer):
        raise Http404
    units = list(arranging_units(viewer))
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.method == "POST" and (not length.isdecimal() or int(length) > LIMITS.size + _ENVELOPE):
        messages.error(request, _("This file is larger than 10 MB."))
        return _page(request, _empty(viewer, units), status=413)
    return _imports(request, viewer, units)


@csrf_protect
def _imports(request: HttpRequest, viewer: Person, units: list[Unit]) -> HttpResponse:
    if request.method != "POST":
        return _page(request, _empty(viewer, units))
    form = UploadForm(request.POST, request.FILES, units=units)
    if not form.is_valid():
        return _page(request, form, status=422)
    said = form.cleaned_data
    forget(request)
    kept, file = uploads.keep(said["file"]), known_as(said["file"].name)
    path = uploads.path_of(kept)
    try:
        if path is not None:
            read_any(path, file)
    except TableError as error:
        uploads.forget(kept)
        form.add_error("file", str(error))
        return _page(request, form, status=422)
    remember(request, Pending(kept, file, said["unit"], said["zone"], lists_new=said["lists_new"]))
    return redirect("catalogue_files:plan")


def _empty(viewer: Person, units: list[Unit]) -> UploadForm:
    """Return the form with the zone of most sessions that the viewer arranges."""
    zones = arranged_sessions(viewer).values_list("zone", flat=True).annotate(count=Count("pk"))
    zone = zones.order_by("-count", "zone").first()
    return UploadForm(units=units, initial={"zone": zone or settings.TIME_ZONE})


def _page(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    return render(request, "exchange/catalogue/import.html", {"nav": "learn", "form": form}, status=status)
