"""Files that others share with the viewer: the list, and one person's standing; each look is written down."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.access import visible_standings
from trellis.growth.columns import in_columns
from trellis.growth.queries import standing_with_bars
from trellis.growth.skyline import draw
from trellis.people.actions import note_look
from trellis.people.decorators import second_factor_required
from trellis.people.models import Looked, Person
from trellis.people.queries import place_of

_A_PAGE = 60


@login_required
@require_GET
@second_factor_required
def shared(request: HttpRequest) -> HttpResponse:
    """List the persons whose file the viewer may see, by family name; the viewer's own is elsewhere."""
    viewer = viewer_of(request, Person)
    people = visible_standings(viewer).exclude(pk=viewer.pk).order_by("family_name", "given_name", "pk")
    pages = Paginator(people, _A_PAGE).get_page(request.GET.get("page"))
    return render(request, "growth/shared.html", {"nav": "shared", "people": pages.object_list, "pages": pages})


@login_required
@require_GET
@second_factor_required
def shared_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one person's standing to whom they let see it."""
    viewer = viewer_of(request, Person)
    person = get_object_or_404(visible_standings(viewer).exclude(pk=viewer.pk), uid=uid)
    tree = main_tree()
    if tree is None:
        raise Http404
    note_look(person, by=viewer, what=Looked.STANDING)
    standing = standing_with_bars(tree, person)
    context = {
        "nav": "shared",
        "person": person,
        "place": place_of(person),
        "tree": tree,
        "standing": standing,
        "skyline": draw(standing, tree.levels),
        "columns": in_columns(standing.domains),
    }
    return render(request, "growth/shared_file.html", context)
