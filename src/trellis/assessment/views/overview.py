"""All domains of one self-assessment: what is answered, what is left, change an answer, finish."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from trellis.assessment.access import own_ladders
from trellis.assessment.actions import finish
from trellis.assessment.models import Rating, Response
from trellis.assessment.queries import answered
from trellis.assessment.sequence import domains_in_order, minutes_left, segments, themes_in_order
from trellis.core.viewer import viewer_of
from trellis.framework.queries import edition_tree
from trellis.framework.tree import DomainNode, ThemeNode
from trellis.measure.ladder import is_partly, level_of
from trellis.people.models import Person


@dataclass(frozen=True, slots=True)
class Line:
    """A theme with what was answered: level None is not answered, -1 is no chance."""

    theme: ThemeNode
    level: int | None
    partly: bool


@dataclass(frozen=True, slots=True)
class DomainLines:
    """A domain with its lines, and how many of them are answered."""

    domain: DomainNode
    lines: list[Line]

    @property
    def done(self) -> int:
        """How many themes are answered."""
        return sum(line.level is not None for line in self.lines)


def _line(theme: ThemeNode, rating: Rating | None) -> Line:
    if rating is None:
        return Line(theme, None, False)
    if rating.value is None:
        return Line(theme, -1, False)
    return Line(theme, level_of(rating.value), is_partly(rating.value))


@login_required
@require_GET
def overview(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the way so far; a finished response is shown too, and cannot be changed."""
    viewer = viewer_of(request, Person)
    response = get_object_or_404(own_ladders(viewer).select_related("instrument__edition__framework"), uid=uid)
    tree = edition_tree(response.instrument.edition)
    ratings = answered(response)
    domains = domains_in_order(tree, response.domain_order)
    themes = themes_in_order(tree, response.domain_order)
    left = [theme for theme in themes if theme.id not in ratings]
    context = {
        "nav": "assess",
        "response": response,
        "parts": [
            DomainLines(domain, [_line(theme, ratings.get(theme.id)) for theme in domain.themes]) for domain in domains
        ],
        "segments": segments(domains, set(ratings)),
        "answered": len(ratings),
        "theme_count": len(themes),
        "next": left[0] if left else None,
        "minutes": minutes_left(len(left), response.instrument.definition["seconds_per_question"]),
        "ahead": " ".join(theme.code for theme in left),
    }
    return render(request, "assessment/overview.html", context)


@login_required
@require_POST
def finish_response(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Finish, and lead on to where the result is shown."""
    viewer = viewer_of(request, Person)
    response: Response = get_object_or_404(own_ladders(viewer), uid=uid)
    try:
        finish(response, by=viewer)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("assessment:overview", uid=uid)
    messages.success(request, _("Saved. Here is where you stand."))
    return redirect(settings.TRELLIS_AFTER_ASSESSMENT)
