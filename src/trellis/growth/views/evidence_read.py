"""A coach reads evidence: first, a second time and blind, or to settle what two readers differ about; and the file."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.core.handing_out import hand_out
from trellis.core.viewer import viewer_of
from trellis.growth.access import (
    evidence_in_dispute,
    evidence_to_read_again,
    visible_evidence,
    visible_evidence_files,
)
from trellis.growth.evidence_forms import ReadingForm, SettleForm
from trellis.growth.evidence_queries import rubrics, statements_of
from trellis.growth.models import Evidence, EvidenceStatus
from trellis.growth.reading_actions import Verdict, read_evidence, read_evidence_again, settle_evidence
from trellis.people.actions import note_look
from trellis.people.decorators import second_factor_required
from trellis.people.models import Looked, Person
from trellis.people.queries import place_of

Read = Callable[[Evidence, Verdict], Evidence]


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def evidence_read(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a piece with its rubric to its first reader; afterwards what they found, and a dispute if there is one."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(
        visible_evidence(viewer).exclude(person=viewer).select_related("person", "read_by", "edition__framework"),
        uid=uid,
    )
    if found.status == EvidenceStatus.SUBMITTED:
        return _reading(
            request, found, lambda piece, verdict: read_evidence(piece, verdict, by=viewer), is_second=False
        )
    if request.method == "POST":
        messages.info(request, _("This was decided already."))
        return redirect("growth:evidence-read", uid=uid)
    return _decided(request, found, SettleForm())


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def evidence_read_again(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a piece to its second reader, who learns nothing of the first: no name, no answers, no decision."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(evidence_to_read_again(viewer).select_related("person", "edition__framework"), uid=uid)
    return _reading(
        request, found, lambda piece, verdict: read_evidence_again(piece, verdict, by=viewer), is_second=True
    )


@login_required
@require_POST
@second_factor_required
def evidence_settle(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep or take back an attestation that two readers differ about."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(
        evidence_in_dispute(viewer).select_related("person", "read_by", "edition__framework"), uid=uid
    )
    form = SettleForm(request.POST)
    if form.is_valid():
        keep = form.cleaned_data["keep"] == "1"
        try:
            settle_evidence(found, keep=keep, comment=form.cleaned_data["comment"], by=viewer)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Settled. The attestation stays.") if keep else _("Settled. It was sent back."))
        return redirect("growth:evidence-queue")
    return _decided(request, found, form)


@login_required
@require_GET
@second_factor_required
def evidence_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand out the file of a piece, as something to save and never as a page of ours."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(visible_evidence_files(viewer).select_related("person"), uid=uid)
    if found.person_id != viewer.pk:
        _note(found, by=viewer, at="file")
    return hand_out(found.file, name=found.file_name, ending=found.file_type)


def _reading(request: HttpRequest, found: Evidence, read: Read, *, is_second: bool) -> HttpResponse:
    form = ReadingForm(
        request.POST if request.method == "POST" else None,
        statements=statements_of(found),
        submission=found.submission,
        is_second=is_second,
    )
    if request.method == "POST" and form.is_valid():
        verdict = form.verdict()
        try:
            read(found, verdict)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Stored. Thank you.") if verdict.attest else _("Stored, with your comment."))
            return redirect("growth:evidence-queue")
    if request.method == "GET":
        _note(found, by=viewer_of(request, Person), at="page")
    context = _about(found) | {"form": form, "is_second": is_second}
    return render(request, "growth/evidence/read.html", context, status=422 if form.errors else 200)


def _decided(request: HttpRequest, found: Evidence, form: SettleForm) -> HttpResponse:
    viewer = viewer_of(request, Person)
    _note(found, by=viewer, at="page")
    context = _about(found) | {
        "readings": rubrics(found, both=found.readers_differ),
        "dispute": found.readers_differ,
        "form": form,
    }
    return render(request, "growth/evidence/decided.html", context, status=422 if form.errors else 200)


def _note(found: Evidence, *, by: Person, at: str) -> None:
    """Write the look down, and for the trail which piece it was and whether its page or its file."""
    note_look(found.person, by=by, what=Looked.EVIDENCE, detail={"evidence": str(found.uid), "at": at})


def _about(found: Evidence) -> dict[str, Any]:
    return {
        "nav": "coaching",
        "evidence": found,
        "statements": statements_of(found),
        "place": place_of(found.person),
    }
