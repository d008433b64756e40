"""The plan of an import: what a file would do, shown before it runs; its questions, and the rows that are refused."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trellis.core.sheets.sending import send_table
from trellis.core.viewer import viewer_of
from trellis.exchange.catalogue.actions import run_plan
from trellis.exchange.catalogue.forms import AnswersForm
from trellis.exchange.catalogue.pending import Pending, forget, pending_of, read_any, remember
from trellis.exchange.catalogue.plan import Plan
from trellis.exchange.catalogue.planning import plan_import
from trellis.exchange.catalogue.refused import refused_header, refused_rows
from trellis.exchange.catalogue.shown import done_words, shown_plan
from trellis.exchange.tables.place import TableError
from trellis.framework.queries import main_tree
from trellis.learning.access import arranges, arranging_units
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@second_factor_required
def plan(request: HttpRequest) -> HttpResponse:
    """Show the plan of the file that this session has uploaded, take answers, and run it when that is said."""
    viewer = viewer_of(request, Person)
    if not arranges(viewer):
        raise Http404
    pending = pending_of(request)
    if pending is None or pending.path is None:
        return _again(request, _("Choose a file first."))
    if "cancel" in request.POST:
        forget(request)
        return redirect("catalogue_files:import")
    try:
        found = _plan(viewer, pending)
    except TableError as error:
        return _again(request, str(error))
    form = AnswersForm(request.POST if "answer" in request.POST else None, plan=found, pending=pending)
    if "answer" in request.POST and form.is_valid():
        remember(request, form.answered(pending))
        return redirect("catalogue_files:plan")
    if "run" in request.POST:
        return _run(request, viewer, found)
    context = {"nav": "learn", "form": form, "plan": found, **shown_plan(found)}
    return render(request, "exchange/catalogue/plan.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def refused(request: HttpRequest) -> HttpResponseBase:
    """Send the rows that are refused, each with the reason, to be mended and brought in again."""
    pending = pending_of(request)
    if pending is None or pending.path is None:
        raise Http404
    try:
        found = _plan(viewer_of(request, Person), pending)
    except TableError as error:
        raise Http404 from error
    return send_table(_("refused rows"), "csv", refused_header(found), refused_rows(found))


def _plan(viewer: Person, pending: Pending) -> Plan:
    """Return the plan; not found when the viewer no longer arranges for the unit. Raises TableError."""
    unit = get_object_or_404(arranging_units(viewer), uid=pending.unit)
    tree = main_tree()
    if tree is None or pending.path is None:
        raise Http404
    sheets = read_any(pending.path, pending.file, pending.columns or None)
    return plan_import(sheets, unit=unit, tree=tree, answers=pending.answers)


def _run(request: HttpRequest, viewer: Person, found: Plan) -> HttpResponse:
    if found.asks or request.POST["run"] != found.fingerprint:
        messages.warning(
            request, _("This is not the plan that you saw: something has changed since. Look at it again.")
        )
        return redirect("catalogue_files:plan")
    try:
        done = run_plan(found, by=viewer)
    except TableError as error:
        messages.error(request, _("Nothing was stored. %(reason)s") % {"reason": str(error)})
        return redirect("catalogue_files:plan")
    forget(request)
    messages.success(request, done_words(done))
    return redirect("learning:catalogue")


def _again(request: HttpRequest, reason: str) -> HttpResponse:
    forget(request)
    messages.info(request, reason)
    return cast(HttpResponse, redirect("catalogue_files:import"))
