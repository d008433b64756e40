"""Files that others share with the viewer: the list, one person's standing and plan; each look is written down."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.access import visible_plans, visible_standings
from trellis.growth.columns import in_columns
from trellis.growth.mentor_access import mentees_sharing
from trellis.growth.models import Shares
from trellis.growth.plan_queries import shared_plans
from trellis.growth.queries import standing_with_bars
from trellis.growth.skyline import draw
from trellis.growth.views.mentors.second_factor import second_factor_for_mentors
from trellis.people.access import visible_files
from trellis.people.actions import note_look
from trellis.people.models import Looked, Person
from trellis.people.queries import place_of

_A_PAGE = 60


@login_required
@require_GET
@second_factor_for_mentors
def shared(request: HttpRequest) -> HttpResponse:
    """List the persons whose file the viewer may see, by family name; the viewer's own is elsewhere."""
    viewer = viewer_of(request, Person)
    people = visible_standings(viewer).exclude(pk=viewer.pk).order_by("family_name", "given_name", "pk")
    pages = Paginator(people, _A_PAGE).get_page(request.GET.get("page"))
    return render(request, "growth/shared.html", {"nav": "coaching", "people": pages.object_list, "pages": pages})


@login_required
@require_GET
@second_factor_for_mentors
def shared_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one person's standing to whom they let see it."""
    viewer = viewer_of(request, Person)
    by_role = Exists(visible_files(viewer).filter(pk=OuterRef("pk")))
    found = visible_standings(viewer).exclude(pk=viewer.pk).annotate(by_role=by_role)
    person = get_object_or_404(found, uid=uid)
    tree = main_tree()
    if tree is None:
        raise Http404
    note_look(person, by=viewer, what=Looked.STANDING, as_mentor=not vars(person)["by_role"])
    standing = standing_with_bars(tree, person)
    context = {
        "nav": "coaching",
        "person": person,
        "place": place_of(person),
        "tree": tree,
        "standing": standing,
        "skyline": draw(standing, tree.levels),
        "columns": in_columns(standing.domains),
        "shows_plan": visible_plans(viewer).filter(person=person).exists(),
    }
    return render(request, "growth/shared_file.html", context)


@login_required
@require_GET
@second_factor_for_mentors
def shared_plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one person's plan to their mentor or coach, as far as the plan opens to them."""
    viewer = viewer_of(request, Person)
    person = get_object_or_404(Person, pk__in=visible_plans(viewer).exclude(person=viewer).values("person"), uid=uid)
    plan = shared_plans(visible_plans(viewer).filter(person=person)).get(person.pk)
    if plan is None:
        raise Http404
    by_mentorship = mentees_sharing(viewer, Shares.PLAN).filter(pk=person.pk).exists()
    note_look(person, by=viewer, what=Looked.PLAN, as_mentor=by_mentorship)
    return render(request, "growth/coaching/shared_plan.html", {"nav": "coaching", "person": person, "plan": plan})
