"""Finds people for a directory, page by page: in the database where it can, else over few rows, and never over all."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from scim2_models import Resource, SearchRequest, TooManyException
from scim2_server.storage import SearchPage

from trellis.exchange.models import Directory, DirectoryEntry
from trellis.exchange.scim.access import reachable_people
from trellis.exchange.scim.filters import Narrowed, Narrowing
from trellis.exchange.scim.resource import User, shown
from trellis.people.models import Person

# So many rows are held against a filter, or sorted, that the database cannot answer; beyond, it must say more.
MOST_LOOKED_AT = 10_000
_CHUNK = 500
_SORTED: dict[tuple[str, str | None], Any] = {
    ("id", None): F("uid"),
    ("user_name", None): Coalesce("entry__user_key", Lower("email")),
    ("external_id", None): NullIf("entry__external_id", Value("")),
    ("name", "family_name"): NullIf(Lower("family_name"), Value("")),
    ("name", "given_name"): NullIf(Lower("given_name"), Value("")),
    ("title", None): NullIf(Lower("occupation"), Value("")),
    ("meta", "created"): Coalesce("entry__created_at", "created_at"),
    ("meta", "last_modified"): Coalesce("entry__changed_at", "created_at"),
}


def found(directory: Directory, request: SearchRequest[Any]) -> SearchPage:
    """Return one page of the reachable people; raises TooManyException for what would look at too many rows."""
    narrowed = _narrowed(directory, request)
    people = reachable_people(directory).filter(narrowed.condition)
    order, is_sorted = _order(request)
    people = people.order_by(*order)
    start = request.start_index_0 or 0
    stop = None if request.count is None else start + request.count
    if narrowed.is_whole and is_sorted:
        return SearchPage(people.count(), _users(directory, people[start:stop]) if request.count != 0 else [])
    matching = [user for user in _looked_at(directory, people) if _matches(request, user)]
    ordered = matching if is_sorted else request.sort(matching)
    return SearchPage(len(ordered), list(ordered[start:stop]))


def _narrowed(directory: Directory, request: SearchRequest[Any]) -> Narrowed:
    if request.filter is None:
        return Narrowed(Q(), is_whole=True)
    return Narrowing(directory, request.filter).visit(request.filter.ast)


def _matches(request: SearchRequest[Any], user: Resource[Any]) -> bool:
    return request.filter is None or bool(request.filter.match(user))


def _order(request: SearchRequest[Any]) -> tuple[list[Any], bool]:
    """What the database is to sort by, and whether that is what was asked for."""
    binding = request.sort_binding(User) if request.sort_by else None
    if binding is None:
        return ["pk"], True
    by = _SORTED.get((binding.field_name, binding.sub_field_name))
    if by is None:
        return ["pk"], False
    if request.sort_order == SearchRequest.SortOrder.descending:
        return [by.desc(nulls_first=True), "-pk"], True
    return [by.asc(nulls_last=True), "pk"], True


def _looked_at(directory: Directory, people: QuerySet[Person]) -> Iterator[Resource[Any]]:
    for start in range(0, MOST_LOOKED_AT + 1, _CHUNK):
        chunk = _users(directory, people[start : start + _CHUNK])
        if start + len(chunk) > MOST_LOOKED_AT:
            raise TooManyException(detail="Say more in the filter: by userName, externalId, emails.value, id or active")
        yield from chunk
        if len(chunk) < _CHUNK:
            return


def _users(directory: Directory, people: QuerySet[Person]) -> list[Resource[Any]]:
    page = list(people)
    entries = DirectoryEntry.objects.filter(directory=directory, person__in=page)
    by_person = {entry.person_id: entry for entry in entries}
    return [shown(person, by_person.get(person.pk)) for person in page]
