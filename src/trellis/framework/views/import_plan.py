"""The plan of an import: what an uploaded document would change, shown before it runs."""

from pathlib import Path

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from trellis.framework import uploads
from trellis.framework.actions import LONGEST_CODE, store_import
from trellis.framework.bases import Prepared, UnknownFrameworkError, prepare
from trellis.framework.forms import DraftForm
from trellis.framework.keepers import keepers_only
from trellis.framework.planned import shown_plan
from trellis.framework.reader import DocumentError, read_document
from trellis.framework.views.imports import SESSION_KEY, forget_pending


@keepers_only
def import_plan(request: HttpRequest) -> HttpResponse:
    """Show the plan of the document that this session has uploaded; on confirmation make the draft."""
    pending = request.session.get(SESSION_KEY)
    path = uploads.path_of(pending["kept"]) if pending else None
    if pending is None or path is None:
        messages.info(request, _("Choose a document first."))
        return redirect("framework:imports")
    if request.method == "POST" and "cancel" in request.POST:
        forget_pending(request)
        return redirect("framework:imports")
    drops = (request.POST if request.method == "POST" else request.GET).get("drop") == "yes"
    try:
        prepared = prepare(read_document(path), pending["file"], into=pending["into"], drop_missing=drops)
    except (DocumentError, UnknownFrameworkError) as error:
        forget_pending(request)
        reason = error if isinstance(error, DocumentError) else _("this framework has another shape.")
        messages.error(request, f"{pending['file']}: {reason}")
        return redirect("framework:imports")
    stem = Path(pending["file"]).stem
    initial = {
        "code": slugify(stem)[:LONGEST_CODE].strip("-_") or "imported",
        "name": (_("Official wording: %(file)s") % {"file": stem})[:120],
    }
    form = DraftForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = _make(request, prepared, form)
        if done is not None:
            return done
    context = {"nav": "framework", "file": pending["file"], "form": form, "drops": drops, **shown_plan(prepared)}
    return render(request, "framework/import_plan.html", context)


def _make(request: HttpRequest, prepared: Prepared, form: DraftForm) -> HttpResponse | None:
    try:
        by = request.user if request.user.is_authenticated else None
        edition, is_new = store_import(prepared, **form.cleaned_data, by=by)
    except ValidationError as error:
        form.add_error("code", error)
        return None
    forget_pending(request)
    if is_new:
        messages.success(
            request, _("The draft “%(name)s” is stored. Nobody else sees it yet.") % {"name": edition.name}
        )
    else:
        messages.info(request, _("“%(name)s” says the same already; nothing changed.") % {"name": edition.name})
    return redirect(f"{reverse('framework:imports')}#{edition.uid}")
