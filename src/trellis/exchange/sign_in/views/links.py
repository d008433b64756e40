"""One's own link to a directory: asking for it, and ending it."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.core.viewer import viewer_of
from trellis.exchange.sign_in.access import directories_of, own_links
from trellis.exchange.sign_in.actions import unlink
from trellis.exchange.sign_in.adapter import ask_to_link
from trellis.people.models import Person


@login_required
@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask to link one's account at a directory.

    The way there is a link on the page that follows: a form may lead to no other site.
    """
    directory = get_object_or_404(directories_of(viewer_of(request, Person)), uid=uid)
    ask_to_link(request, directory)
    return render(request, "exchange/sign_in/ask.html", {"directory": directory})


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """End a link."""
    viewer = viewer_of(request, Person)
    unlink(get_object_or_404(own_links(viewer), pk=pk), by=viewer)
    messages.success(request, _("Done. You no longer sign in through your organization."))
    return redirect("people:settings")
