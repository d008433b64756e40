"""Who looked at my file: who, in what role, at what and when, day by day; nobody else sees the list."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from trellis.core.viewer import viewer_of
from trellis.people.access import own_looks
from trellis.people.models import Look, Person, Term

_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One look, or several alike on one day: who, in what role, at what, when for the first and last time."""

    by: Person
    role: str
    look: Look
    count: int
    first: dt.datetime
    last: dt.datetime


@login_required
@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """Show the looks at the viewer's own file, newest first, in pages."""
    pages = Paginator(own_looks(viewer_of(request, Person)), _A_PAGE).get_page(request.GET.get("page"))
    found = list(pages.object_list)
    roles = _terms_of(found)
    days = [(day, _lines(list(rows), roles)) for day, rows in groupby(found, key=_day)]
    return render(request, "people/looks.html", {"nav": "looks", "days": days, "pages": pages})


def _day(look: Look) -> dt.date:
    return timezone.localdate(look.at)


def _terms_of(found: list[Look]) -> dict[int, list[Term]]:
    """The terms of all who looked, by person; one query."""
    terms: dict[int, list[Term]] = defaultdict(list)
    lookers = {look.by_id for look in found}
    for term in Term.objects.filter(person_id__in=lookers).select_related("role", "unit").order_by("role__order", "pk"):
        terms[term.person_id].append(term)
    return terms


def _lines(rows: list[Look], terms: dict[int, list[Term]]) -> list[Line]:
    """The looks of one day, those of one person at one thing in one line; the newest first."""
    alike: dict[tuple[int, str, bool], list[Look]] = {}
    for look in rows:
        alike.setdefault((look.by_id, look.what, look.as_mentor), []).append(look)
    return [
        Line(same[0].by, _role(same[0], terms[same[0].by_id]), same[0], len(same), same[-1].at, same[0].at)
        for same in alike.values()
    ]


def _role(look: Look, terms: list[Term]) -> str:
    """In what role somebody looked: the one that they held on that day and that shows anything of others."""
    if look.as_mentor:
        return _("Your mentor")
    day = _day(look)
    held = [term for term in terms if term.starts <= day and (term.ends is None or term.ends >= day)]
    held.sort(key=lambda term: not term.grants - {"keeps_framework"})
    return f"{held[0].role.name} · {held[0].unit.name}" if held else ""
