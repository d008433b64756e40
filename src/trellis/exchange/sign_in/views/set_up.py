"""How an affiliate's people sign in through its directory: its staff set that here."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.exchange.directory.views.directories import visible_directory
from trellis.exchange.sign_in.actions import set_sign_in
from trellis.exchange.sign_in.forms import SignInForm
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person


@login_required
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show how people sign in through a directory, or set it."""
    directory = visible_directory(request, uid)
    form = SignInForm(request.POST if request.method == "POST" else None, directory=directory)
    if form.is_valid():
        set_sign_in(directory, **form.cleaned_data, by=viewer_of(request, Person))
        messages.success(request, _("Saved. Try it in a private window before you tell anybody."))
        return redirect("directories:sign-in", uid=uid)
    back = reverse("directory_callback", kwargs={"provider_id": str(directory.uid)})
    context = {"nav": "directories", "directory": directory, "form": form, "back": f"{settings.TRELLIS_URL}{back}"}
    return render(request, "exchange/sign_in/set_up.html", context, status=422 if form.is_bound else 200)
