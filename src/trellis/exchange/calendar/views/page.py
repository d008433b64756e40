"""A person's calendars: subscribe, draw a new address, hide titles, remove."""

from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from trellis.core.viewer import viewer_of
from trellis.exchange.calendar.access import offered_units, own_feeds
from trellis.exchange.calendar.actions import Opened, change_titles, open_feed, remove_feed
from trellis.exchange.calendar.forms import FeedForm
from trellis.people.models import Person


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show which calendars follow which dates, and how to add one."""
    viewer = viewer_of(request, Person)
    return _page(request, viewer, FeedForm(units=offered_units(viewer)))


@never_cache
@login_required
@require_POST
def open_one(request: HttpRequest) -> HttpResponse:
    """Make an address and show it, this once: it is kept nowhere, so this page is not led away from."""
    viewer = viewer_of(request, Person)
    form = FeedForm(request.POST, units=offered_units(viewer))
    if not form.is_valid():
        return _page(request, viewer, form, status=422)
    opened = open_feed(unit=form.unit(), is_plain=form.cleaned_data["titles"] == "plain", by=viewer)
    return _page(request, viewer, FeedForm(units=offered_units(viewer)), opened=opened)


@login_required
@require_POST
def titles(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show or hide what the entries of a calendar are about."""
    viewer = viewer_of(request, Person)
    feed = get_object_or_404(own_feeds(viewer), uid=uid)
    change_titles(feed, is_plain=request.POST.get("titles") == "plain", by=viewer)
    messages.success(request, _("Stored. Your calendar takes it over when it next looks, often within a day."))
    return redirect("calendar:page")


@login_required
@require_POST
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Remove a calendar's address."""
    viewer = viewer_of(request, Person)
    remove_feed(get_object_or_404(own_feeds(viewer), uid=uid), by=viewer)
    messages.success(request, _("Removed. The address leads nowhere now; take the calendar out of your program too."))
    return redirect("calendar:page")


def _page(
    request: HttpRequest, viewer: Person, form: FeedForm, *, opened: Opened | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "feeds": own_feeds(viewer).select_related("unit").order_by("created_at")}
    if opened is not None:
        address = urljoin(settings.TRELLIS_URL, reverse("calendar:feed", kwargs={"token": opened.token}))
        context |= {"opened": opened.feed, "address": address, "webcal": f"webcal:{address.partition(':')[2]}"}
    return render(request, "exchange/calendar/page.html", context, status=status)
