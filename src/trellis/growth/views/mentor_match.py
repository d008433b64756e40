"""Suggest mentors: choose a group, look at who would fit whom and why, and send what one finds right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.framework.tree import EditionTree
from trellis.growth.matching import facts_of
from trellis.growth.matching_queries import Group, group_of, offers_to
from trellis.growth.matching_words import WHY_WITHOUT, reasons, theme_names
from trellis.growth.mentor_access import matchable_cohorts, matchable_units, searching_in_cohort, searching_in_units
from trellis.growth.models import MentorSearch, MentorSuggestion, SuggestionState
from trellis.growth.suggesting_actions import suggest_mentors
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person, Unit
from trellis.people.nearness import home_units

_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Choice:
    """One mentor for one mentee, with why."""

    value: str
    name: str
    reasons: list[str]
    is_proposed: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One mentee: who is proposed, who else would fit, or why nobody."""

    key: str
    person: Person
    unit: Unit | None
    themes: list[str]
    choices: list[Choice]
    without: Any
    waiting: list[str]

    @property
    def has_choice(self) -> bool:
        """Whether one of the mentors is chosen as the page is shown."""
        return any(choice.chosen for choice in self.choices)


@login_required
@require_GET
@second_factor_required
def match_groups(request: HttpRequest) -> HttpResponse:
    """List the units and cohorts that the viewer may match, or lead to the only one; 404 for who may match none."""
    viewer = viewer_of(request, Person)
    groups = [
        {"name": unit.name, "note": unit.get_kind_display(), "href": reverse("growth:match", kwargs={"uid": unit.uid})}
        for unit in matchable_units(viewer)
    ] + [
        {"name": cohort.title, "note": _("Cohort"), "href": reverse("growth:match-cohort", kwargs={"uid": cohort.uid})}
        for cohort in matchable_cohorts(viewer)
    ]
    if not groups:
        raise Http404
    if len(groups) == 1:
        return redirect(groups[0]["href"])
    return render(request, "growth/coaching/groups.html", {"nav": "coaching", "groups": groups})


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def match(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Match those of a unit who look for a mentor."""
    viewer = viewer_of(request, Person)
    unit = next((each for each in matchable_units(viewer) if each.uid == uid), None)
    if unit is None:
        raise Http404
    return _page(request, unit.name, f"unit:{unit.uid}", searching_in_units(viewer, (unit,)))


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def match_cohort(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Match those of a cohort who look for a mentor."""
    viewer = viewer_of(request, Person)
    cohort = get_object_or_404(matchable_cohorts(viewer), uid=uid)
    return _page(request, cohort.title, f"cohort:{cohort.uid}", searching_in_cohort(viewer, cohort))


def _page(request: HttpRequest, name: str, target: str, searches: QuerySet[MentorSearch]) -> HttpResponse:
    tree = main_tree()
    if tree is None:
        raise Http404
    group = group_of(tree, searches, offers_to(searches))
    number = request.POST.get("page") if request.method == "POST" else request.GET.get("page")
    pages = Paginator(list(group.searches), _A_PAGE).get_page(number)
    rows = _rows(tree, group, pages)
    if request.method == "POST":
        return _send(request, group, rows, target)
    context = {
        "nav": "coaching",
        "name": name,
        "size": len(group.searches),
        "proposed": len(group.proposals.pairs),
        "rows": rows,
        "pages": pages,
    }
    return render(request, "growth/coaching/match.html", context)


def _rows(tree: EditionTree, group: Group, pages: "Page[int]") -> list[Row]:
    keys = list(pages.object_list)
    homes = home_units(keys)
    waiting: dict[int, dict[int, str]] = {}
    rows = MentorSuggestion.objects.filter(mentee__in=keys, state=SuggestionState.WAITING).select_related("mentor")
    for each in rows:
        waiting.setdefault(each.mentee_id, {})[each.mentor_id] = each.mentor.name
    return [_row(tree, group, key, homes.get(key), waiting.get(key, {})) for key in keys]


def _row(tree: EditionTree, group: Group, key: int, unit: Unit | None, waiting: Mapping[int, str]) -> Row:
    found, search = group.proposals, group.searches[key]
    proposed = found.pairs.get(key)
    able = [*([proposed] if proposed is not None else []), *found.others[key]]
    choices = [
        Choice(
            value=str(group.offers[mentor].uid),
            name=group.offers[mentor].person.name,
            reasons=reasons(
                facts_of(group.seekers[key], group.helpers[mentor]),
                tree,
                mentor=group.offers[mentor].person.given_name or group.offers[mentor].person.name,
                mentee=search.person.given_name or search.person.name,
            ),
            is_proposed=mentor == proposed,
            chosen=mentor == proposed and mentor not in waiting,
        )
        for mentor in able
    ]
    why = found.without.get(key)
    return Row(
        key=f"m-{search.uid}",
        person=search.person,
        unit=unit,
        themes=theme_names(tree, search.themes),
        choices=choices,
        without=WHY_WITHOUT[why] if why else "",
        waiting=list(waiting.values()),
    )


def _send(request: HttpRequest, group: Group, rows: list[Row], target: str) -> HttpResponse:
    """Send what was chosen of what the page offered; anything else is nobody's to send."""
    mentors = {str(offer.uid): key for key, offer in group.offers.items()}
    pairs, facts = [], {}
    for row in rows:
        value = request.POST.get(row.key, "")
        if value in {choice.value for choice in row.choices}:
            mentor = mentors[value]
            pairs.append((row.person, group.offers[mentor].person))
            facts[(row.person.pk, mentor)] = facts_of(group.seekers[row.person.pk], group.helpers[mentor])
    sent = suggest_mentors(pairs, facts, target=target, by=viewer_of(request, Person))
    messages.success(
        request, ngettext("%(count)s suggestion sent.", "%(count)s suggestions sent.", sent) % {"count": sent}
    )
    return redirect(request.path)
