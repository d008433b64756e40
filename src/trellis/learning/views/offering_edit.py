"""Writing an offering: add, change, put into the catalogue, take out, discard."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.learning.access import arranged_offerings, arranges, arranging_units
from trellis.learning.form_errors import show_refusal
from trellis.learning.models import Offering
from trellis.learning.offering_actions import discard_draft, list_offering, retire_offering, save_offering
from trellis.learning.offering_forms import OfferingForm
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def offering_add(request: HttpRequest) -> HttpResponse:
    """Write a new offering; it begins as a draft, with the cells that `teaches` names in the address."""
    if not arranges(viewer_of(request, Person)):
        raise Http404
    return _form(request, None)


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def offering_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change an offering."""
    return _form(request, _arranged(request, uid))


@login_required
@require_POST
@second_factor_required
def offering_list(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put an offering into the catalogue."""
    list_offering(_arranged(request, uid), by=viewer_of(request, Person))
    messages.success(request, _("It is in the catalog now."))
    return redirect("learning:offering", uid=uid)


@login_required
@require_POST
@second_factor_required
def offering_retire(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take an offering out of the catalogue; it can come back."""
    try:
        retire_offering(_arranged(request, uid), by=viewer_of(request, Person))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("It is out of the catalog. Sessions that are planned stay."))
    return redirect("learning:offering", uid=uid)


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def offering_discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask whether a draft is to go, and let it go."""
    found = _arranged(request, uid)
    if request.method == "POST":
        try:
            discard_draft(found, by=viewer_of(request, Person))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("learning:offering", uid=uid)
        messages.success(request, _("The draft is gone."))
        return redirect("learning:arranged")
    return render(request, "learning/arrange/discard.html", {"nav": "arrange", "offering": found})


def _arranged(request: HttpRequest, uid: UUID) -> Offering:
    found: Offering = get_object_or_404(arranged_offerings(viewer_of(request, Person)).select_related("unit"), uid=uid)
    return found


def _form(request: HttpRequest, offering: Offering | None) -> HttpResponse:
    viewer = viewer_of(request, Person)
    form = OfferingForm(
        request.POST if request.method == "POST" else None,
        units=arranging_units(viewer),
        tree=main_tree(),
        filled=offering,
        teaches=() if offering else request.GET.getlist("teaches"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_offering(form.content(), unit=form.unit_chosen(), by=viewer, offering=offering)
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("learning:offering", uid=saved.uid)
    context = {"nav": "arrange", "form": form, "offering": offering}
    return render(request, "learning/arrange/offering_form.html", context, status=422 if form.errors else 200)
