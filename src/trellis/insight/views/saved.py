"""Saved views: the list of one's own, and saving, opening, renaming, deleting and bringing back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.core.viewer import viewer_of
from trellis.insight.access import deleted_views, insight_units, openable_views, own_views, sees_insight
from trellis.insight.chosen import query_of
from trellis.insight.models import SavedView
from trellis.insight.tabs import PAGES
from trellis.insight.view_actions import delete_view, rename_view, restore_view, save_view
from trellis.insight.view_forms import NameForm, SaveForm
from trellis.insight.views.door import second_factor
from trellis.people.models import Person


def _viewer(request: HttpRequest) -> Person:
    viewer = viewer_of(request, Person)
    if not sees_insight(viewer):
        raise Http404
    return viewer


@login_required
@require_GET
@second_factor
def saved(request: HttpRequest) -> HttpResponse:
    """List the viewer's own views, and those that they deleted and may bring back."""
    viewer = _viewer(request)
    within = set(insight_units(viewer).values_list("pk", flat=True))
    context = {
        "nav": "insight",
        "views": [(view, view.unit_id in within) for view in own_views(viewer)],
        "deleted": deleted_views(viewer),
    }
    return render(request, "insight/saved.html", context)


@login_required
@require_POST
@second_factor
def save(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen on a page, under a name."""
    viewer = _viewer(request)
    form = SaveForm(request.POST, viewer=viewer)
    if form.is_valid():
        kept = form.cleaned_data
        try:
            view = save_view(
                kept["name"],
                page=kept["page"],
                unit=kept["unit"],
                wave=kept["wave"],
                level=kept["level"],
                attribute=kept["by"],
                by=viewer,
            )
        except ValidationError as error:
            form.add_error("name", error)
        else:
            messages.success(request, _("Saved as “%(name)s”. You find it under saved views.") % {"name": view.name})
            return redirect(_address(view))
    if form.is_lost:
        raise Http404
    return render(request, "insight/save.html", {"nav": "insight", "form": form}, status=422)


@login_required
@require_GET
@second_factor
def saved_view(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Lead to what a view holds, as far as the opener's own scope reaches."""
    return redirect(_address(get_object_or_404(openable_views(_viewer(request)), uid=uid)))


@login_required
@require_http_methods(["GET", "POST"])
@second_factor
def rename(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a view of one's own another name."""
    viewer = _viewer(request)
    view = get_object_or_404(own_views(viewer), uid=uid)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": view.name})
    if request.method == "POST" and form.is_valid():
        try:
            rename_view(view, form.cleaned_data["name"], by=viewer)
        except ValidationError as error:
            form.add_error("name", error)
        else:
            messages.success(request, _("Renamed."))
            return redirect("insight:saved")
    context = {"nav": "insight", "form": form, "view": view}
    return render(request, "insight/rename.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@second_factor
def delete(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Delete a view of one's own; the list offers to bring it back."""
    viewer = _viewer(request)
    delete_view(get_object_or_404(own_views(viewer), uid=uid), by=viewer)
    return redirect("insight:saved")


@login_required
@require_POST
@second_factor
def restore(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Bring a deleted view back."""
    viewer = _viewer(request)
    restore_view(get_object_or_404(deleted_views(viewer), uid=uid), by=viewer)
    return redirect("insight:saved")


def _address(view: SavedView) -> str:
    query = query_of(wave=view.wave, level=view.level, attribute=view.attribute)
    return reverse(PAGES[view.page], kwargs={"uid": view.unit.uid}) + query
