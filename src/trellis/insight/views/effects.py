"""Programmes: what they changed, from released batches of answers before, after and looking back."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from trellis.framework.queries import main_tree
from trellis.insight.chosen import chosen_of
from trellis.insight.effect_queries import asked_offerings, changes
from trellis.insight.views.door import page, second_factor
from trellis.measure.gain import COMPARED_FROM

# Who wants more asks about a unit inside.
_MOST = 40


@login_required
@require_GET
@second_factor
def effects(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what the programmes and offerings of a unit changed; batches are released by themselves, in no wave."""
    chosen, tree = chosen_of(request, uid), main_tree()
    offerings = list(asked_offerings(chosen.unit)) if tree is not None else []
    found = changes(offerings, tree) if tree is not None and offerings else None
    return page(
        request,
        chosen,
        "insight/effects.html",
        "effects",
        changes=found,
        taught=found.taught[:_MOST] if found else (),
        more=len(found.taught[_MOST:]) if found else 0,
        compared_from=COMPARED_FROM,
    )
