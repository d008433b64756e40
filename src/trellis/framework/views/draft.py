"""What can become of a draft: it is published, or discarded; each is asked once more."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from trellis.framework.access import visible_editions
from trellis.framework.actions import discard_draft, publish_edition, retire_predecessors
from trellis.framework.keepers import keepers_only
from trellis.framework.models import Edition, EditionStatus


@keepers_only
def publish_draft(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Ask, then publish a draft; the editions before it are retired if that is wished."""
    draft = _draft(request, uid)
    published = draft.framework.editions.filter(status=EditionStatus.PUBLISHED).order_by("-published_at")
    if request.method != "POST":
        return render(
            request, "framework/import_publish.html", {"nav": "framework", "draft": draft, "older": published}
        )
    by = request.user if request.user.is_authenticated else None
    try:
        with transaction.atomic():
            publish_edition(draft, by=by)
            if request.POST.get("retire") == "yes":
                retire_predecessors(draft, by=by)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("framework:imports")
    messages.success(request, _("“%(name)s” is published.") % {"name": draft.name})
    return redirect("framework:edition", draft.framework.code, draft.code)


@keepers_only
def discard(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Ask, then delete a draft."""
    draft = _draft(request, uid)
    if request.method != "POST":
        return render(request, "framework/import_discard.html", {"nav": "framework", "draft": draft})
    try:
        discard_draft(draft, by=request.user if request.user.is_authenticated else None)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The draft “%(name)s” is gone.") % {"name": draft.name})
    return redirect("framework:imports")


def _draft(request: HttpRequest, uid: uuid.UUID) -> Edition:
    return get_object_or_404(visible_editions(request.user), uid=uid, status=EditionStatus.DRAFT)
