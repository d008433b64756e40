"""Where official documents come in: an upload, and the drafts that earlier ones became."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from trellis.framework import uploads
from trellis.framework.access import visible_editions
from trellis.framework.forms import DocumentForm
from trellis.framework.keepers import keepers_only
from trellis.framework.models import EditionStatus
from trellis.framework.reader import DocumentError, read_document
from trellis.framework.reader.source import MOST_BYTES

SESSION_KEY = "framework_import"
# Room for the other fields and the frame around the file.
_ENVELOPE = 64 * 1024


# Django would read the whole body for its form token, so the size is looked at first and the token right after.
@csrf_exempt
@keepers_only
def imports(request: HttpRequest) -> HttpResponse:
    """List the drafts and take a document; one that is announced as larger than 20 MB is not read at all."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.method == "POST" and (not length.isdecimal() or int(length) > MOST_BYTES + _ENVELOPE):
        messages.error(request, _("This file is larger than 20 MB."))
        return _page(request, DocumentForm(), status=413)
    return _imports(request)


@csrf_protect
def _imports(request: HttpRequest) -> HttpResponse:
    form = DocumentForm(request.POST or None, request.FILES or None) if request.method == "POST" else DocumentForm()
    if request.method == "POST" and form.is_valid():
        document = form.cleaned_data["document"]
        forget_pending(request)
        name = uploads.keep(document)
        path = uploads.path_of(name)
        try:
            if path is not None:
                read_document(path)
        except DocumentError as error:
            uploads.forget(name)
            form.add_error("document", f"{document.name}: {error}")
        else:
            request.session[SESSION_KEY] = {"kept": name, "file": document.name, "into": form.cleaned_data["into"]}
            return redirect("framework:import_plan")
    return _page(request, form)


def forget_pending(request: HttpRequest) -> None:
    """Delete the document that this session has not confirmed, if there is one."""
    pending = request.session.pop(SESSION_KEY, None)
    if pending:
        uploads.forget(pending["kept"])


def _page(request: HttpRequest, form: DocumentForm, status: int = 200) -> HttpResponse:
    drafts = visible_editions(request.user).filter(status=EditionStatus.DRAFT).select_related("based_on")
    context = {"nav": "framework", "form": form, "drafts": drafts.order_by("-created_at")}
    return render(request, "framework/imports.html", context, status=status)
