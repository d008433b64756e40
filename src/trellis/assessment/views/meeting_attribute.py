"""One attribute on the wall: how the answers spread, and then what the team agrees on."""

from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.assessment.models import Readiness, ReadinessMeeting
from trellis.assessment.readiness_actions import agree
from trellis.assessment.readiness_forms import AgreeForm
from trellis.assessment.readiness_queries import agreed_by, agreed_in, by_difference, spreads, tree_of_meeting
from trellis.assessment.readiness_spread import STATUSES, Spread
from trellis.assessment.views.meeting import BY_DIFFERENCE, IN_ORDER, meeting_of
from trellis.core.viewer import viewer_of
from trellis.framework.tree import AttributeNode
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person


class Bar(NamedTuple):
    """One answer and how many gave it; `width` is its share of all answers in hundredths."""

    key: str
    label: Any
    many: int
    width: float


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def meeting_attribute(request: HttpRequest, uid: UUID, code: str) -> HttpResponse:
    """GET shows the spread and the form; POST writes down what was agreed, and leads on to the next attribute."""
    held = meeting_of(request, uid)
    node = tree_of_meeting(held).attribute_by_code.get(code)
    if node is None:
        raise Http404
    if held.closed_at is None:
        return redirect("assessment:meeting", uid=uid)
    agreed = agreed_in(held)
    sort = IN_ORDER if request.GET.get("sort") == IN_ORDER else BY_DIFFERENCE
    shown = spreads(held)
    nodes = (
        by_difference(tree_of_meeting(held).attributes, shown)
        if sort == BY_DIFFERENCE
        else list(tree_of_meeting(held).attributes)
    )
    place = nodes.index(node)
    after = nodes[place + 1] if place + 1 < len(nodes) else None
    if request.method == "POST":
        form = AgreeForm(request.POST, unit=held.round.unit)
        if form.is_valid() and _agreed(form, held, node, by=viewer_of(request, Person)):
            return redirect(_address(held, after, sort))
    else:
        form = AgreeForm(initial=_initial(agreed.get(node.id)), unit=held.round.unit)
    context = {
        "meeting": held,
        "unit": held.round.unit,
        "node": node,
        "group": next(group for group in tree_of_meeting(held).groups if group.code == node.group_code),
        "bars": _bars(shown[node.id]),
        "answered": spread.answered if (spread := shown[node.id]) else 0,
        "minimum": settings.TRELLIS_TEAM_MINIMUM,
        "form": form,
        "earlier": _earlier(held, node),
        "agreed": len(agreed),
        "place": place + 1,
        "whole": len(nodes),
        "sort": sort,
        "before_url": _address(held, nodes[place - 1], sort) if place else "",
        "after_url": _address(held, after, sort) if after else "",
        "list_url": _address(held, None, sort),
    }
    status = 422 if form.errors else 200
    return render(request, "assessment/readiness/attribute.html", context, status=status)


def _agreed(form: AgreeForm, held: ReadinessMeeting, node: AttributeNode, *, by: Person) -> bool:
    data = form.cleaned_data
    try:
        agree(
            held,
            node,
            status=data["status"],
            owner=form.chosen_owner(),
            due_on=data["due_on"],
            proof=data["proof"],
            by=by,
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


def _initial(row: Readiness | None) -> dict[str, Any]:
    """What this meeting agreed already; what an earlier one did is shown beside, and leads nobody."""
    if row is None:
        return {}
    return {"status": row.status, "owner": row.owner and row.owner.uid, "due_on": row.due_on, "proof": row.proof}


def _earlier(held: ReadinessMeeting, node: AttributeNode) -> Readiness | None:
    """What the unit agreed on it before this meeting."""
    return agreed_by(held.round.unit).filter(attribute__uid=node.uid).exclude(meeting=held).first()


def _bars(spread: Spread | None) -> list[Bar]:
    """The four bars, nothing while they are hidden."""
    if spread is None:
        return []
    counted: list[tuple[str, Any, int]] = [
        (status.value, status.label, many) for status, many in zip(STATUSES, spread.counts, strict=True)
    ]
    counted.append(("unknown", _("Don't know"), spread.unknown))
    return [Bar(key, label, many, round(100 * many / spread.answered, 1)) for key, label, many in counted]


def _address(held: ReadinessMeeting, node: AttributeNode | None, sort: str) -> str:
    if node is None:
        address = reverse("assessment:meeting", kwargs={"uid": held.uid})
    else:
        address = reverse("assessment:meeting-attribute", kwargs={"uid": held.uid, "code": node.code})
    return address if sort == BY_DIFFERENCE else f"{address}?sort={sort}"
