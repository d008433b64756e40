"""One instrument on trial, for who keeps the framework: the figures of the newest run, and a new run."""

import math
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from trellis.assessment.access import visible_instruments
from trellis.assessment.estimates import rating_model, refresh_estimates
from trellis.assessment.instruments import for_reader
from trellis.assessment.models import Instrument
from trellis.assessment.trial import (
    Trial,
    enough_and_lacking,
    fairness_shown,
    kinds_shown,
    reviewed,
    trial_of_instrument,
)
from trellis.core.panel_blocks import panel_blocks
from trellis.core.registry import instrument_panels
from trellis.core.viewer import viewer_of
from trellis.framework.models import FrameworkKind
from trellis.framework.queries import edition_tree
from trellis.measure.change import smallest_claimable
from trellis.people.models import Person


@require_safe
def instrument(request: HttpRequest, code: str) -> HttpResponse:
    """Show an instrument's trial; `?of=` picks the version and edition, `?round=` one round of those that may be alone.

    404 for an instrument that is not there, and for who does not keep the framework.
    """
    versions = list(
        visible_instruments(request.user).filter(code=code).order_by("-edition__published_at", "-version", "-pk")
    )
    chosen = next((one for one in versions if str(one.uid) == request.GET.get("of", "")), None)
    if not versions or ("of" in request.GET and chosen is None):
        raise Http404
    shown = chosen or versions[0]
    trial = trial_of_instrument(shown, round_uid=_uid(request.GET.get("round", "")))
    context: dict[str, Any] = {
        "nav": "instruments",
        "instrument": shown,
        "versions": versions,
        "definition": for_reader(shown.definition),
        "trial": trial,
        "about_others": shown.definition["about_whom"] == "person",
        "has_times": shown.definition["about_whom"] == "self",
        "panels": panel_blocks(instrument_panels, request, shown.uid),
    }
    if trial is not None:
        context |= _shown(shown, trial)
    return render(request, "assessment/trial.html", context)


def _shown(shown: Instrument, trial: Trial) -> dict[str, Any]:
    figures = trial.figures
    sure, few = enough_and_lacking(figures.get("reliability", []), "alpha")
    agreed, too_few = enough_and_lacking(figures.get("agreement", []), "icc")
    fairness = fairness_shown(figures)
    return {
        "figures": figures,
        "sure": sure,
        "agreed": agreed,
        "lacking": few or too_few,
        "kinds": kinds_shown(figures),
        "fairness": fairness,
        "hides": any(group["people"] is None for one in fairness for group in one["groups"]),
        "reviewed": reviewed(shown, figures),
        "model": _model(shown),
    }


@require_POST
def refresh(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Work out the figures of the instrument's whole edition anew, and come back to it."""
    shown = get_object_or_404(visible_instruments(request.user), uid=uid)
    runs = refresh_estimates(shown.edition, by=viewer_of(request, Person))
    trial = trial_of_instrument(shown)
    if trial is not None and trial.as_of < runs[-1].made_at:
        text = _("Fewer than 10 answers have changed since, so the figures stay: the difference would tell of a few.")
        messages.info(request, text)
    else:
        messages.success(request, _("Worked out from the answers of today."))
    return redirect(f"{reverse('assessment:instrument', args=[shown.code])}?of={shown.uid}")


def _uid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _model(shown: Instrument) -> dict[str, Any] | None:
    """How sure one answer is, where the instrument rates themes on the ladder."""
    if shown.edition.framework.kind != FrameworkKind.GRID or shown.definition["scale"]["kind"] != "half-steps":
        return None
    model = rating_model(edition_tree(shown.edition))
    sem = math.sqrt(model.model.error)
    return {
        "sem": sem,
        "claimable": smallest_claimable(sem),
        "provisional": model.provisional,
        # To the tens, so that it does not tell when one more has answered.
        "people": model.people // 10 * 10,
    }
