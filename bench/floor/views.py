"""Floor page, floor write and hello, as a plain Django project would write them: no cache, no shell, no forms."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trellis.assessment.models import Rating
from trellis.core import audit, clock
from trellis.core.viewer import viewer_of
from trellis.framework.models import Cell, Domain, Statement, Theme
from trellis.people.models import Person


def hello(request: HttpRequest) -> HttpResponse:
    """A template without a query, through the whole middleware."""
    return render(request, "floor/hello.html")


@login_required
def grid(request: HttpRequest, response: int) -> HttpResponse:
    """The floor page: 99 cells with their texts, one person's 33 ratings; five queries after the sign-in's two."""
    ratings = {
        rating.theme_id: rating for rating in Rating.objects.filter(response=response, response__rater=request.user.pk)
    }
    statements: dict[int, list[Statement]] = {}
    edition = {"edition__status": "published", "edition__framework__is_main": True}
    for statement in Statement.objects.filter(**edition).order_by("cell", "order"):
        statements.setdefault(statement.cell_id, []).append(statement)
    cells: dict[int, list[tuple[Cell, list[Statement]]]] = {}
    for cell in Cell.objects.filter(**edition).select_related("level").order_by("level__number"):
        cells.setdefault(cell.theme_id, []).append((cell, statements.get(cell.pk, [])))
    rows: dict[int, list[tuple[Theme, list[tuple[Cell, list[Statement]]], Rating | None]]] = {}
    for theme in Theme.objects.filter(**edition).order_by("order"):
        rows.setdefault(theme.domain_id, []).append((theme, cells.get(theme.pk, []), ratings.get(theme.pk)))
    domains = [(domain, rows.get(domain.pk, [])) for domain in Domain.objects.filter(**edition).order_by("order")]
    return render(request, "floor/grid.html", {"domains": domains})


@login_required
def save(request: HttpRequest, response: int, theme: int) -> HttpResponse:
    """The floor write: one rating stored or replaced, and its audit row, in one transaction."""
    viewer = viewer_of(request, Person)
    rating = Rating(
        response_id=response, theme_id=theme, value=int(request.POST["half_steps"]), answered_at=clock.now()
    )
    with transaction.atomic():
        Rating.objects.bulk_create(
            [rating],
            update_conflicts=True,
            unique_fields=["response", "theme", "aspect"],
            update_fields=["value", "cannot_say", "answered_at"],
        )
        audit.record(by=viewer, action="bench.save", target=f"response:{response}", detail={"theme": theme})
    return HttpResponse(status=204)
