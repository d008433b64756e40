"""Long lists, page by page: how much is asked for, and where the other pages are."""

from collections.abc import Callable
from typing import Annotated, Generic, TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Field, Schema

ItemT = TypeVar("ItemT")
RowT = TypeVar("RowT", bound=Model)
# What no list has: numbers beyond it are mistakes, or attacks.
_LAST = 100_000


class Place(Schema):
    """Where in a list one is: which page, and how many rows a page has."""

    page: Annotated[int, Field(ge=1, le=_LAST, description="Which page, from 1")] = 1
    per_page: Annotated[int, Field(ge=1, le=100, description="How many to a page")] = 50


class Listed(Schema, Generic[ItemT]):
    """One page of a list."""

    items: list[ItemT]
    page: int
    per_page: int
    total: int


def paged(
    request: HttpRequest, response: HttpResponse, rows: "QuerySet[RowT]", make: Callable[[RowT], ItemT], *, at: Place
) -> Listed[ItemT]:
    """Return a page of rows, and write where the others are into the Link header; beyond the last it is empty."""
    pages = Paginator(rows, at.per_page)
    found = pages.page(at.page).object_list if at.page <= pages.num_pages else []
    places = {"first": 1, "last": pages.num_pages}
    places |= {"next": at.page + 1} if at.page < pages.num_pages else {}
    places |= {"prev": min(at.page - 1, pages.num_pages)} if at.page > 1 else {}
    links = (f'<{_address(request, number, at.per_page)}>; rel="{name}"' for name, number in places.items())
    response["Link"] = ", ".join(links)
    return Listed(items=[make(row) for row in found], page=at.page, per_page=at.per_page, total=pages.count)


def _address(request: HttpRequest, page: int, size: int) -> str:
    query = request.GET.copy()
    query["page"], query["per_page"] = str(page), str(size)
    return f"{request.build_absolute_uri(request.path)}?{query.urlencode()}"
