"""Reading blind: what waits for me, one application by its code, what others found once I have sent mine."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.core.viewer import viewer_of
from trellis.learning.blind import blinded
from trellis.learning.cohort_access import capstone_readings
from trellis.learning.models import BlindReading, CallCriterion
from trellis.learning.programme_access import own_readings
from trellis.learning.programme_forms import StepsForm
from trellis.learning.reader_actions import send_reading, step_back
from trellis.learning.selection_queries import judged
from trellis.learning.views.programmes.acting import attempt, posted
from trellis.people.actions import note_look
from trellis.people.decorators import lacks_second_factor, second_factor_required, to_second_factor
from trellis.people.models import Looked, Person


@login_required
@require_GET
@second_factor_required
def readings(request: HttpRequest) -> HttpResponse:
    """List what the viewer is to read, applications by their code and capstones by their title."""
    viewer = viewer_of(request, Person)
    blind = list(own_readings(viewer).order_by("application__call__decide_on", "application__code"))
    capstones = list(capstone_readings(viewer).order_by("capstone__sent_at", "pk"))
    context = {
        "nav": "readings",
        "to_read": [one for one in blind if one.sent_at is None],
        "read": [one for one in blind if one.sent_at is not None],
        "many": len(blind),
        "capstones": [one for one in capstones if one.sent_at is None],
        "capstones_read": [one for one in capstones if one.sent_at is not None],
    }
    return render(request, "learning/programmes/readings.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def reading(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show an application without whose it is; take the viewer's reading, and afterwards show what others found."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_readings(viewer).select_related("application__person"), uid=uid)
    if lacks_second_factor(request):
        return to_second_factor(request)
    criteria = list(found.application.call.criteria.all())
    form = StepsForm(posted(request), criteria=criteria)
    if request.method == "POST":
        if form.is_valid():
            done = _("Stored. Below you see what the others found, as far as they have read it.")
            comment = form.cleaned_data["comment"]
            attempt(request, lambda: send_reading(found, form.steps(), comment=comment, by=viewer), done=done)
            return redirect("programmes:reading", uid=uid)
    else:
        note_look(found.application.person, by=viewer, what=Looked.APPLICATION)
    context = {
        "nav": "readings",
        "reading": found,
        "programme": found.application.call.programme,
        "answers": blinded(found.application),
        "form": form,
        "found": _found(found, criteria) if found.sent_at is not None else [],
    }
    return render(request, "learning/programmes/reading.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def reading_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a reading back: the viewer knows whose it is, or cannot read it."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_readings(viewer), uid=uid)
    done = _("Thank you. Somebody else reads it.")
    attempt(request, lambda: step_back(found, by=viewer), done=done)
    return redirect("programmes:readings")


def _found(reading: BlindReading, criteria: Sequence[CallCriterion]) -> list[dict[str, Any]]:
    """What the viewer and all readers together chose for each criterion; only for who has sent theirs."""
    [together] = judged(reading.application.call, [reading.application])
    own = {score.criterion_id: score.value for score in reading.scores.all()}
    return [
        {
            "title": criterion.title,
            "steps": [
                {"words": words, "count": found.counts[step], "own": own[criterion.pk] == step}
                for step, words in enumerate(criterion.words)
            ],
            "differs": found.differs,
        }
        for criterion, found in zip(criteria, together.found.criteria, strict=True)
    ]
