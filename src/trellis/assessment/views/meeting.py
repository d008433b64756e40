"""The wall of a readiness meeting: how to join, how far the phones are, and then all attributes with their spread."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.crypto import salted_hmac
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from trellis.assessment.meeting_code import in_groups
from trellis.assessment.models import ReadinessMeeting
from trellis.assessment.readiness_access import run_units, visible_meetings
from trellis.assessment.readiness_actions import close_answering, open_meeting
from trellis.assessment.readiness_queries import (
    Progress,
    agreed_in,
    by_difference,
    can_join,
    progress_of,
    spreads,
    tree_of_meeting,
)
from trellis.assessment.readiness_spread import Spread
from trellis.assessment.readiness_state import Tally
from trellis.core.qr import picture_of
from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_attributes
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person

BY_DIFFERENCE, IN_ORDER = "difference", "list"


def meeting_of(request: HttpRequest, uid: UUID) -> ReadinessMeeting:
    """Return a meeting that the viewer may run, or raise Http404."""
    meetings = visible_meetings(viewer_of(request, Person))
    found: ReadinessMeeting = get_object_or_404(
        meetings.select_related("round__unit", "round__instrument__edition__framework"), uid=uid
    )
    return found


@login_required
@require_POST
@second_factor_required
def open_a_meeting(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open the unit's meeting, or find the one that is open, and lead to its wall."""
    viewer = viewer_of(request, Person)
    unit = get_object_or_404(run_units(viewer), uid=uid)
    tree = main_attributes()
    if tree is None:
        return redirect("assessment:readiness-unit", uid=uid)
    return redirect("assessment:meeting", uid=open_meeting(unit, tree, by=viewer).uid)


@login_required
@require_GET
@second_factor_required
def meeting(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show how to join while phones answer; after that all attributes, the largest difference first."""
    held = meeting_of(request, uid)
    if held.closed_at is not None:
        return _together(request, held)
    address = request.build_absolute_uri(reverse("assessment:join-meeting", kwargs={"code": held.code}))
    context = {
        "meeting": held,
        "unit": held.round.unit,
        "code": in_groups(held.code),
        "address": request.build_absolute_uri(reverse("assessment:join")).partition("://")[2].rstrip("/"),
        "picture": picture_of(address),
        **_live(held, progress_of(held)),
    }
    return render(request, "assessment/readiness/wall.html", context)


def _together(request: HttpRequest, held: ReadinessMeeting) -> HttpResponse:
    tree, shown, agreed = tree_of_meeting(held), spreads(held), agreed_in(held)
    sort = IN_ORDER if request.GET.get("sort") == IN_ORDER else BY_DIFFERENCE
    nodes = by_difference(tree.attributes, shown) if sort == BY_DIFFERENCE else tree.attributes
    context = {
        "meeting": held,
        "unit": held.round.unit,
        "rows": [(node, _tally(shown[node.id]), agreed.get(node.id)) for node in nodes],
        "minimum": settings.TRELLIS_TEAM_MINIMUM,
        "sort": sort,
        "agreed": len(agreed),
        "whole": len(tree.attributes),
        "next": next((node for node in nodes if node.id not in agreed), None),
    }
    return render(request, "assessment/readiness/together.html", context)


def _tally(spread: Spread | None) -> Tally | None:
    if spread is None:
        return None
    not_started, under_way, in_place = spread.counts
    return Tally(in_place, under_way, not_started, spread.unknown)


def _live(held: ReadinessMeeting, progress: Progress) -> dict[str, Any]:
    phones = max(1, progress.joined)
    return {
        "progress": progress,
        "can_join": can_join(held),
        "groups": [(one.group, one.done, round(100 * one.done / phones, 1)) for one in progress.groups],
    }


@login_required
@require_GET
@second_factor_required
def meeting_live(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Answer the wall's question "anything new?": a piece of the page, or 304 when nothing has changed.

    What it carries, its tag too, is made of counts of phones and never of answers.
    """
    held = meeting_of(request, uid)
    if held.closed_at is not None:
        return redirect("assessment:meeting", uid=uid)
    live = _live(held, progress_of(held))
    progress: Progress = live["progress"]
    counts = [progress.joined, progress.finished, *(one.done for one in progress.groups)]
    state = f"{uid} {get_language()} {live['can_join']} {counts}"
    tag = quote_etag(salted_hmac("trellis.assessment.meeting_live", state, algorithm="sha256").hexdigest()[:32])
    sent = request.headers.get("If-None-Match", "").removeprefix("W/")
    answer = (
        HttpResponse(status=304)
        if sent == tag
        else render(request, "assessment/readiness/wall.html#live", {"meeting": held, **live})
    )
    answer.headers["ETag"] = tag
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


@login_required
@require_POST
@second_factor_required
def close_meeting(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close answering for good, and lead on to what the answers look like."""
    held = meeting_of(request, uid)
    close_answering(held, by=viewer_of(request, Person))
    return redirect("assessment:meeting", uid=uid)
