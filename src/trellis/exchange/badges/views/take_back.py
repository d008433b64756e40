"""For who keeps the framework: take a badge back for the association, by its address; there is no list of badges."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.exchange.badges.forms import TakeBackForm
from trellis.exchange.badges.letters import tell_taken_back
from trellis.growth.credential_access import credentials_to_take_back
from trellis.growth.credential_actions import revoke_for_association
from trellis.people.access import can_keep_framework
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def take_back(request: HttpRequest) -> HttpResponse:
    """Ask for the address and the reason, and take the badge back; its holder is told by mail."""
    viewer = viewer_of(request, Person)
    if not can_keep_framework(viewer):
        raise Http404
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = credentials_to_take_back(viewer).select_related("person").filter(uid=form.cleaned_data["badge"]).first()
        if found is None:
            form.add_error("badge", _("There is no badge at this address that holds."))
        else:
            revoke_for_association(found, form.cleaned_data["why"], by=viewer)
            tell_taken_back(found)
            messages.success(request, _("Taken back. Its holder is told by mail."))
            return redirect("badges:take-back")
    return render(
        request, "exchange/badges/take_back.html", {"nav": "badges", "form": form}, status=422 if form.errors else 200
    )
