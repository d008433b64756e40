"""Directories: an affiliate's staff set theirs up, and take it away."""

from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from trellis.core.viewer import viewer_of
from trellis.exchange.directory.access import directory_units, keeps_directories, visible_directories
from trellis.exchange.directory.actions import Made, set_up, take_away
from trellis.exchange.directory.forms import TokenForm, UnitForm
from trellis.exchange.models import Directory
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person

SCIM_PATH = "/scim/v2"


@login_required
@second_factor_required
@require_safe
def directories(request: HttpRequest) -> HttpResponse:
    """Show the directories of the viewer's units, and the form of a new one."""
    return _list(request, UnitForm(units=_units(request)))


@login_required
@second_factor_required
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Set a directory up; it can do nothing yet."""
    form = UnitForm(request.POST, units=_units(request))
    if not form.is_valid():
        return _list(request, form, status=422)
    return redirect("directories:one", uid=set_up(form.chosen(), by=viewer_of(request, Person)).uid)


@login_required
@second_factor_required
@require_safe
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a directory: its tokens, and how its people sign in."""
    return page(request, visible_directory(request, uid))


@login_required
@second_factor_required
@require_POST
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a directory away."""
    take_away(visible_directory(request, uid), by=viewer_of(request, Person))
    messages.success(request, _("Removed. The directory is turned away from now on; its people are as they were."))
    return redirect("directories:list")


def visible_directory(request: HttpRequest, uid: UUID) -> Directory:
    """Return a directory that the viewer keeps; raises Http404."""
    return get_object_or_404(visible_directories(viewer_of(request, Person)), uid=uid)


def page(
    request: HttpRequest,
    directory: Directory,
    *,
    form: TokenForm | None = None,
    made: Made | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page of a directory, with a secret that was just made, or a form that was not right."""
    context: dict[str, Any] = {
        "nav": "directories",
        "directory": directory,
        "tokens": directory.tokens.all(),
        "known": directory.entries.filter(removed_at=None).count(),
        "form": form or TokenForm(),
        "made": made,
        "base": urljoin(settings.TRELLIS_URL, SCIM_PATH),
    }
    return render(request, "exchange/directory/one.html", context, status=status)


def _units(request: HttpRequest) -> Any:
    viewer = viewer_of(request, Person)
    if not keeps_directories(viewer):
        raise Http404
    return directory_units(viewer).filter(directory=None)


def _list(request: HttpRequest, form: UnitForm, *, status: int = 200) -> HttpResponse:
    found = visible_directories(viewer_of(request, Person)).order_by("unit__tree_id", "unit__lft")
    context = {"nav": "directories", "form": form, "directories": found}
    return render(request, "exchange/directory/list.html", context, status=status)
