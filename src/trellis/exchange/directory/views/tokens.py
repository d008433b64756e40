"""Tokens of a directory: a new one, another secret for one, and removing one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from trellis.core.viewer import viewer_of
from trellis.exchange.directory.access import visible_tokens
from trellis.exchange.directory.actions import make_token, remove_token, renew_token
from trellis.exchange.directory.forms import TokenForm
from trellis.exchange.directory.views.directories import page, visible_directory
from trellis.exchange.models import DirectoryToken
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person


@never_cache
@login_required
@second_factor_required
@require_POST
def make(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a token and show it, this once: it is kept nowhere, so this page is not led away from."""
    directory = visible_directory(request, uid)
    form = TokenForm(request.POST)
    if form.is_valid():
        try:
            made = make_token(directory, **form.cleaned_data, by=viewer_of(request, Person))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return page(request, directory, made=made)
    return page(request, directory, form=form, status=422)


@never_cache
@login_required
@second_factor_required
@require_POST
def renew(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a token another secret, and show that this once."""
    token = _found(request, uid)
    return page(request, token.directory, made=renew_token(token, by=viewer_of(request, Person)))


@login_required
@second_factor_required
@require_POST
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Remove a token."""
    token = _found(request, uid)
    remove_token(token, by=viewer_of(request, Person))
    messages.success(request, _("Removed. Whoever has the token is turned away from now on."))
    return redirect("directories:one", uid=token.directory.uid)


def _found(request: HttpRequest, uid: UUID) -> DirectoryToken:
    return get_object_or_404(visible_tokens(viewer_of(request, Person)), uid=uid)
