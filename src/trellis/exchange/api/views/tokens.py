"""Programs that read for me: one's tokens, a new one, and removing one."""

from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from trellis.core.registry import api_parts
from trellis.core.viewer import viewer_of
from trellis.exchange.api.forms import TokenForm
from trellis.exchange.api.site import BASE_PATH
from trellis.exchange.api.token_access import own_tokens
from trellis.exchange.api.token_actions import make_token, remove_token
from trellis.exchange.models import ApiToken
from trellis.exchange.tokens import Made
from trellis.people.access import Viewer
from trellis.people.decorators import second_factor_of
from trellis.people.models import Person


def _holds_office(viewer: Viewer) -> bool:
    """Whether a term of today lets the viewer see or do more than any member: their token would too."""
    return viewer.is_authenticated and bool(viewer.grants)


@login_required
@second_factor_of(_holds_office)
@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """Show the viewer's tokens, and the form of a new one."""
    return _page(request, TokenForm())


@never_cache
@login_required
@second_factor_of(_holds_office)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make a token and show it, this once: it is kept nowhere, so this page is not led away from."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    made = make_token(**form.cleaned_data, by=viewer_of(request, Person))
    return _page(request, TokenForm(), made=made)


@login_required
@require_POST
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Remove a token."""
    viewer = viewer_of(request, Person)
    remove_token(get_object_or_404(own_tokens(viewer), uid=uid), by=viewer)
    messages.success(request, _("Removed. The program is turned away from now on."))
    return redirect("programs_access:tokens")


def _page(
    request: HttpRequest, form: TokenForm, *, made: Made[ApiToken] | None = None, status: int = 200
) -> HttpResponse:
    labels = {part.scope: part.label for part in api_parts}
    rows: list[dict[str, Any]] = [
        {"token": token, "reads": [labels.get(scope, scope) for scope in token.scopes]}
        for token in own_tokens(viewer_of(request, Person))
    ]
    context = {
        "nav": "tokens",
        "form": form,
        "rows": rows,
        "made": made,
        "base": urljoin(settings.TRELLIS_URL, BASE_PATH),
    }
    return render(request, "exchange/api/tokens.html", context, status=status)
