"""Materials of an offering: adding, removing, and handing a file out."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.core.handing_out import hand_out
from trellis.core.receiving import LimitedUpload
from trellis.core.viewer import viewer_of
from trellis.learning.access import arranged_offerings, visible_materials
from trellis.learning.form_errors import show_refusal
from trellis.learning.material_actions import add_material, remove_material
from trellis.learning.models import Offering, OfferingMaterial
from trellis.learning.offering_forms import MaterialForm
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person

_UPLOAD = "file"


# Django would read the whole upload for its form token, so the limit is set first and the token looked at right after.
@csrf_exempt
@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def materials(request: HttpRequest, uid: UUID) -> HttpResponse:
    """List an offering's materials for who arranges it, and take another one."""
    offering = get_object_or_404(arranged_offerings(viewer_of(request, Person)).select_related("unit"), uid=uid)
    limit = LimitedUpload(request, _UPLOAD)
    request.upload_handlers = [limit]
    return _answer(request, offering, limit)


@csrf_protect
def _answer(request: HttpRequest, offering: Offering, limit: LimitedUpload) -> HttpResponse:
    viewer = viewer_of(request, Person)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = MaterialForm(*sent, too_large=limit.too_large)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            add_material(
                offering,
                title=said["title"],
                audience=said["audience"],
                link=said["link"],
                upload=said["file"],
                by=viewer,
            )
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Added."))
            return redirect("learning:materials", uid=offering.uid)
    context = {"nav": "arrange", "offering": offering, "form": form, "materials": offering.materials.all()}
    return render(request, "learning/arrange/materials.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@second_factor_required
def material_remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Remove a material, its file too."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(
        OfferingMaterial.objects.filter(offering__in=arranged_offerings(viewer)).select_related("offering"), uid=uid
    )
    remove_material(found, by=viewer)
    messages.success(request, _("Removed."))
    return redirect("learning:materials", uid=found.offering.uid)


@login_required
@require_safe
def material(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand out the file of a material to whom it is meant for."""
    found = get_object_or_404(visible_materials(viewer_of(request, Person)).exclude(file=""), uid=uid)
    return hand_out(found.file, name=found.file_name, ending=found.file_type)
