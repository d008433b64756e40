"""One badge of mine: ask for it, decide what others see of it, take it back."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.exchange.badges.addresses import absolute
from trellis.exchange.badges.forms import IssueForm, ShowForm
from trellis.exchange.badges.held import as_held
from trellis.exchange.badges.issuing import issue_for_evidence, issue_for_programme
from trellis.exchange.badges.keys import KeyUnreadableError
from trellis.growth.access import own_evidence
from trellis.growth.credential_access import own_credentials
from trellis.growth.credential_actions import revoke_own, show_credential
from trellis.growth.credential_queries import ready_evidence, ready_programmes
from trellis.growth.models import Credential
from trellis.people.models import Person

_log = logging.getLogger(__name__)


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what the badge of a cell will be, and issue it when its owner asks for it."""
    viewer = viewer_of(request, Person)
    ready = [evidence.pk for evidence in ready_evidence(viewer)]
    found = get_object_or_404(own_evidence(viewer).filter(pk__in=ready).select_related("edition__framework"), uid=uid)
    issue = partial(issue_for_evidence, found, by=viewer)
    return _asked(request, issue, {"title": found.theme_name, "evidence": found})


@login_required
@require_http_methods(["GET", "POST"])
def ask_for_programme(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what the badge of a programme will be, and issue it to who completed it when they ask for it."""
    viewer = viewer_of(request, Person)
    found = next((place for place in ready_programmes(viewer) if place.uid == uid), None)
    if found is None:
        raise Http404
    programme = found.cohort.programme
    issue = partial(issue_for_programme, found, by=viewer)
    return _asked(request, issue, {"title": programme.title, "programme": programme})


def _asked(request: HttpRequest, issue: Callable[..., Credential], context: dict[str, Any]) -> HttpResponse:
    form = IssueForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            credential = issue(did=form.cleaned_data["did"])
        except ValidationError as error:
            form.add_error(None, error)
        except KeyUnreadableError as error:
            _log.error("no badge can be signed: %s", error)
            form.add_error(None, _("Badges cannot be signed at the moment. Nothing was made; please try again later."))
        else:
            messages.success(request, _("It is yours. So far only you can see it."))
            return redirect("badges:own", uid=credential.uid)
    context |= {"nav": "badges", "form": form}
    return render(request, "exchange/badges/ask.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one badge to its holder, with its files, and set what others see of it."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_credentials(viewer).select_related("edition__framework", "evidence"), uid=uid)
    if request.method == "POST" and not found.is_revoked:
        form = ShowForm(request.POST)
        if form.is_valid():
            chosen = form.cleaned_data
            public = bool(chosen["public"])
            outcome = chosen["outcome"] and found.evidence is not None
            show_credential(found, public=public, name=chosen["name"], outcome=outcome, by=viewer)
            messages.success(
                request,
                _("Saved. Anybody who has its address can see it now.") if public else _("Saved. Only you see it."),
            )
            return redirect("badges:own", uid=uid)
    else:
        now = {"public": "1" if found.is_public else "", "name": found.shown_name, "outcome": found.shows_outcome}
        form = ShowForm(initial=now)
    context = {
        "nav": "badges",
        "badge": as_held(found),
        "form": form,
        "initials": viewer.initials,
        "address": absolute("badges:credential", uid=uid),
    }
    return render(request, "exchange/badges/own.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask whether to take a badge back, and do it."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(
        own_credentials(viewer).filter(revoked_at=None).select_related("edition__framework"), uid=uid
    )
    if request.method == "POST":
        revoke_own(found, by=viewer)
        messages.success(request, _("Taken back. Whoever checks it from now on is told so."))
        return redirect("badges:wallet")
    return render(request, "exchange/badges/revoke.html", {"nav": "badges", "badge": as_held(found)})
