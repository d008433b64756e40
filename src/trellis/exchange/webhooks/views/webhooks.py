"""Addresses that are told of completions: a unit's staff add them, try them out, and see what became of messages."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from trellis.core.viewer import viewer_of
from trellis.exchange.models import Webhook
from trellis.exchange.webhooks.access import keeps_webhooks, visible_webhooks, webhook_units
from trellis.exchange.webhooks.actions import Told, add_webhook, remove_webhook, renew_secret, send_test, switch
from trellis.exchange.webhooks.forms import EVENTS, WebhookForm
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person

_SHOWN = 50


@login_required
@second_factor_required
@require_safe
def webhooks(request: HttpRequest) -> HttpResponse:
    """Show the addresses of the viewer's units, and the form of a new one."""
    return _list(request, WebhookForm(units=_units(request)))


@never_cache
@login_required
@second_factor_required
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add an address, and show its secret this once."""
    form = WebhookForm(request.POST, units=_units(request))
    if form.is_valid():
        try:
            told = add_webhook(
                unit=form.chosen(),
                url=form.cleaned_data["url"],
                events=form.cleaned_data["events"],
                by=viewer_of(request, Person),
            )
        except ValidationError as error:
            form.add_error("url", error)
        else:
            return _one(request, told.webhook, told=told)
    return _list(request, form, status=422)


@login_required
@second_factor_required
@require_safe
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one address and what became of its messages; nothing there says of whom they were."""
    return _one(request, _found(request, uid))


@never_cache
@login_required
@second_factor_required
@require_POST
def renew(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give it a new secret, and show that this once."""
    found = _found(request, uid)
    return _one(request, found, told=renew_secret(found, by=viewer_of(request, Person)))


@login_required
@second_factor_required
@require_POST
def try_out(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send a test message with the next run."""
    send_test(_found(request, uid), by=viewer_of(request, Person))
    messages.success(request, _("A test message is on its way. It goes out within a minute or so."))
    return redirect("programs_access:webhook", uid=uid)


@login_required
@second_factor_required
@require_POST
def switch_on(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tell it again, from now on."""
    switch(_found(request, uid), on=True, by=viewer_of(request, Person))
    messages.success(request, _("On. What happens from now on is told."))
    return redirect("programs_access:webhook", uid=uid)


@login_required
@second_factor_required
@require_POST
def switch_off(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tell it nothing for now."""
    switch(_found(request, uid), on=False, by=viewer_of(request, Person))
    messages.success(request, _("Off. Nothing is sent there until you turn it on again."))
    return redirect("programs_access:webhook", uid=uid)


@login_required
@second_factor_required
@require_POST
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Remove an address."""
    remove_webhook(_found(request, uid), by=viewer_of(request, Person))
    messages.success(request, _("Removed. Nothing is sent there any more."))
    return redirect("programs_access:webhooks")


def _units(request: HttpRequest) -> Any:
    viewer = viewer_of(request, Person)
    if not keeps_webhooks(viewer):
        raise Http404
    return webhook_units(viewer)


def _found(request: HttpRequest, uid: UUID) -> Webhook:
    return get_object_or_404(visible_webhooks(viewer_of(request, Person)), uid=uid)


def _list(request: HttpRequest, form: WebhookForm, *, status: int = 200) -> HttpResponse:
    found = visible_webhooks(viewer_of(request, Person)).order_by("unit__tree_id", "unit__lft", "pk")
    return render(
        request, "exchange/webhooks/list.html", {"nav": "webhooks", "form": form, "webhooks": found}, status=status
    )


def _one(request: HttpRequest, webhook: Webhook, *, told: Told | None = None) -> HttpResponse:
    labels = dict(EVENTS)
    context = {
        "nav": "webhooks",
        "webhook": webhook,
        "events": [labels[event] for event in webhook.events if event in labels],
        "deliveries": webhook.deliveries.all()[:_SHOWN],
        "told": told,
    }
    return render(request, "exchange/webhooks/one.html", context)
