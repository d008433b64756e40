"""Pointing at evidence for a cell: choose the cell, say what it is, send it; mend and send again; renew."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from trellis.core.receiving import LimitedUpload
from trellis.core.viewer import viewer_of
from trellis.framework.queries import edition_tree, main_tree
from trellis.framework.tree import CellNode, EditionTree, ThemeNode
from trellis.growth.access import own_evidence
from trellis.growth.evidence_actions import may_be_renewed, mend_evidence, submit_evidence
from trellis.growth.evidence_forms import CellForm, EvidenceForm
from trellis.growth.evidence_queries import place_in
from trellis.growth.evidence_rules import SECOND_READING_SHARE
from trellis.growth.models import Evidence, EvidenceKind, EvidenceStatus, Part
from trellis.learning.access import own_sign_ups
from trellis.people.models import Person
from trellis.people.queries import coaches_of

_UPLOAD = "file"


@dataclass(frozen=True, slots=True)
class _Task:
    """For which cell evidence is taken, and which earlier piece it mends or renews."""

    tree: EditionTree
    theme: ThemeNode
    cell: CellNode
    mends: Evidence | None = None
    renews: Evidence | None = None


@login_required
@require_GET
def evidence_choose(request: HttpRequest) -> HttpResponse:
    """Ask for theme and level, and lead on to the form for that cell."""
    tree = main_tree()
    if tree is None:
        raise Http404
    form = CellForm(request.GET or None, tree=tree)
    if form.is_valid():
        cell = tree.theme_by_code[form.cleaned_data["theme"]].cell(int(form.cleaned_data["level"]))
        return redirect("growth:evidence-add", code=cell.code)
    return render(request, "growth/evidence/choose.html", {"nav": "evidence", "form": form})


# In the next three, Django would read the whole upload for its form token, so the limit is set first and the token
# looked at right after, in _answer.
@csrf_exempt
@login_required
@require_http_methods(["GET", "POST"])
def evidence_add(request: HttpRequest, code: str) -> HttpResponse:
    """Take evidence for a cell of the main framework."""
    tree = main_tree()
    cell = tree.cell_by_code.get(code) if tree else None
    if tree is None or cell is None or not cell.statements:
        raise Http404
    theme = next(each for each in tree.themes if cell in each.cells)
    return _received(request, _Task(tree, theme, cell))


@csrf_exempt
@login_required
@require_http_methods(["GET", "POST"])
def evidence_mend(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a piece that was sent back or that nobody has read, and send it again."""
    open_states = (EvidenceStatus.SUBMITTED, EvidenceStatus.RETURNED)
    evidence = get_object_or_404(
        own_evidence(viewer_of(request, Person))
        .filter(status__in=open_states)
        .select_related("edition__framework", "sent_to"),
        uid=uid,
    )
    tree = edition_tree(evidence.edition)
    theme, cell = tree.theme_by_code[evidence.theme_code], tree.cell_by_code[evidence.cell_code]
    return _received(request, _Task(tree, theme, cell, mends=evidence))


@csrf_exempt
@login_required
@require_http_methods(["GET", "POST"])
def evidence_renew(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take newer evidence for the same cell; the earlier one stays valid until its last day."""
    viewer = viewer_of(request, Person)
    earlier = get_object_or_404(own_evidence(viewer).select_related("sent_to"), uid=uid)
    tree = main_tree()
    place = place_in(tree, earlier) if tree else None
    if tree is None or place is None or not may_be_renewed(earlier, by=viewer):
        raise Http404
    return _received(request, _Task(tree, *place, renews=earlier))


def _received(request: HttpRequest, task: _Task) -> HttpResponse:
    """Hold the limit of the upload before anything reads the form."""
    limit = LimitedUpload(request, _UPLOAD)
    request.upload_handlers = [limit]
    return _answer(request, task, limit)


@csrf_protect
def _answer(request: HttpRequest, task: _Task, limit: LimitedUpload) -> HttpResponse:
    viewer = viewer_of(request, Person)
    coaches = coaches_of(viewer)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = EvidenceForm(
        *sent,
        level=task.cell.level,
        coaches=coaches,
        filled=task.mends or task.renews,
        initial=_from_session(request, viewer),
        keeps_file=task.mends is not None and bool(task.mends.file),
        too_large=limit.too_large,
    )
    if request.method == "POST" and form.is_valid():
        try:
            found = _send(task, form, by=viewer)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Sent. You see here what becomes of it."))
            return redirect("growth:evidence-one", uid=found.uid)
    context: dict[str, Any] = {
        "nav": "evidence",
        "form": form,
        "task": task,
        "coaches": coaches,
        "one_in": round(1 / SECOND_READING_SHARE),
    }
    return render(request, "growth/evidence/form.html", context, status=422 if form.errors else 200)


def _from_session(request: HttpRequest, viewer: Person) -> dict[str, str]:
    """Begin with the session that the viewer came to, when `session` names one; else with nothing."""
    try:
        uid = UUID(request.GET.get("session", ""))
    except ValueError:
        return {}
    if not own_sign_ups(viewer).filter(came=True, session__uid=uid).exists():
        return {}
    link = request.build_absolute_uri(reverse("learning:session", kwargs={"uid": uid}))
    return {"kind": EvidenceKind.LINK, "link": link, "part": Part.TOOK_PART}


def _send(task: _Task, form: EvidenceForm, *, by: Person) -> Evidence:
    if task.mends is not None:
        return mend_evidence(task.mends, form.content(), to=form.reader(), by=by)
    return submit_evidence(
        task.tree, task.theme, task.cell, form.content(), to=form.reader(), by=by, renews=task.renews
    )
