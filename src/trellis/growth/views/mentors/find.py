"""Find a mentor: what goes on already, what was suggested, and who fits best and why; what one looks for."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.framework.tree import EditionTree
from trellis.growth.matching_queries import search_of
from trellis.growth.matching_words import from_stored, reasons, theme_names
from trellis.growth.mentor_access import (
    asks_to_answer,
    own_asks,
    own_mentorships,
    own_offer,
    own_search,
    own_suggestions,
)
from trellis.growth.mentor_actions import clear_search, save_search
from trellis.growth.mentor_forms import FilterForm, SearchForm
from trellis.growth.mentor_queries import cards, find_mentors
from trellis.growth.models import MentorAsk
from trellis.growth.views.mentors.posted import posted
from trellis.growth.views.mentors.second_factor import second_factor_for_mentors
from trellis.people.models import Person

_A_PAGE = 12
_ANSWERS = 5


@login_required
@require_GET
@second_factor_for_mentors
def mentors(request: HttpRequest) -> HttpResponse:
    """Show the viewer's mentorships, asks and suggestions, and below them who could mentor them, best fit first."""
    viewer, tree = viewer_of(request, Person), _tree()
    search = search_of(tree, viewer)
    form = FilterForm(request.GET or None, tree=tree)
    wanted = form.wanted() if form.is_bound else dict.fromkeys(form.fields, "")
    found = find_mentors(tree, viewer, search, wanted)
    pages = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    asks = [ask for ask in own_asks(viewer) if ask.is_open]
    mentorships = list(own_mentorships(viewer).running())
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "nav": "mentors",
        "offer": own_offer(viewer).first(),
        "search": search,
        "looked_for": theme_names(tree, search.themes),
        "mentorships": [(each, each.other(viewer), theme_names(tree, each.themes)) for each in mentorships],
        "to_answer": [(ask, theme_names(tree, ask.themes)) for ask in asks_to_answer(viewer)],
        "asks": [(ask, theme_names(tree, ask.themes)) for ask in asks],
        "answers": _answers(viewer),
        "suggestions": _suggestions(tree, viewer),
        "form": form,
        "narrowed": any(wanted.values()),
        "cards": cards(tree, list(pages.object_list)),
        "pages": pages,
        "query": query.urlencode(),
        "busy": {ask.mentor_id for ask in asks} | {each.mentor_id for each in mentorships},
    }
    return render(request, "growth/mentors/find.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def mentor_search(request: HttpRequest) -> HttpResponse:
    """Say what one looks for; kept, it also lets others suggest somebody, if one wants that."""
    viewer, tree = viewer_of(request, Person), _tree()
    form = SearchForm(
        posted(request),
        tree=tree,
        codes=tree.theme_by_code,
        kept=search_of(tree, viewer),
    )
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            save_search(
                form.when(), without_leaders=found["without_leaders"], may_suggest=found["may_suggest"], by=viewer
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Kept. The list below is sorted by it."))
            return redirect("growth:mentors")
    context = {"nav": "mentors", "form": form, "is_kept": own_search(viewer).exists()}
    return render(request, "growth/mentors/search.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def mentor_search_clear(request: HttpRequest) -> HttpResponse:
    """Forget what one looked for."""
    clear_search(by=viewer_of(request, Person))
    messages.success(request, _("Forgotten. Nobody suggests a mentor to you any more."))
    return redirect("growth:mentors")


def _answers(viewer: Person) -> list[MentorAsk]:
    """The newest answers that were a no, or none at all; what was accepted stands among the mentorships."""
    return list(own_asks(viewer).filter(state__in=["declined", "lapsed"]).order_by("-answered_at", "-pk")[:_ANSWERS])


def _suggestions(tree: EditionTree, viewer: Person) -> list[tuple[Any, list[str]]]:
    return [
        (each, reasons(from_stored(each.facts), tree, mentor=each.mentor.given_name or each.mentor.name))
        for each in own_suggestions(viewer)
    ]


def _tree() -> EditionTree:
    tree = main_tree()
    if tree is None:
        raise Http404
    return tree
