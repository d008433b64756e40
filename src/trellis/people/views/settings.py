"""Sign-in and security: the ways in, the second step, and the language."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from trellis.core.panel_blocks import panel_blocks
from trellis.core.registry import settings_panels
from trellis.core.viewer import viewer_of
from trellis.people.access import opens_files
from trellis.people.actions import change_language
from trellis.people.forms import LanguageForm
from trellis.people.language import remember_language
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Show how the viewer signs in, with links to change each way; the language is changed here."""
    viewer = viewer_of(request, Person)
    form = LanguageForm(request.POST or None, initial={"language": viewer.language})
    if request.method == "POST" and form.is_valid():
        change_language(viewer, form.cleaned_data["language"], by=viewer)
        with override(viewer.language):
            messages.success(request, _("Saved. This site now speaks your language."))
        response = redirect("people:settings")
        remember_language(response, viewer.language)
        return response
    kinds = list(Authenticator.objects.filter(user=viewer).values_list("type", flat=True))
    context = {
        "nav": "settings",
        "form": form,
        "addresses": EmailAddress.objects.filter(user=viewer).order_by("-primary", "email"),
        "has_password": viewer.has_usable_password(),
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "has_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "opens_files": opens_files(viewer),
        "panels": panel_blocks(settings_panels, request, viewer.uid),
    }
    return render(request, "people/settings.html", context, status=422 if form.errors else 200)
