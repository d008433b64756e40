"""The CASE provider: published frameworks for everybody, in version 1.1 and, for older readers, 1.0."""

import re

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from trellis.exchange.case.answers import answer, in_standard_form, refusal
from trellis.exchange.case.discovery import discovery
from trellis.exchange.case.older import older
from trellis.exchange.case.operations import OPERATIONS
from trellis.exchange.case.selection import Page, select
from trellis.exchange.case.shelf import shelf

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_BY_COLLECTION = {operation.collection: operation for operation in OPERATIONS}


@in_standard_form
def documents(request: HttpRequest, version: str) -> HttpResponseBase:
    """Give out a page of the published frameworks."""
    page = select(shelf().documents(), request.GET.dict())
    if not page.documents:
        # The standard knows no empty list.
        return refusal(404, "unknownobject", "No framework answers to this")
    content = {"CFDocuments": page.documents}
    headers = {"X-Total-Count": str(page.total), "Link": _links(request, page)}
    return answer(request, older(content) if version == "v1p0" else content, headers)


@in_standard_form
def thing(request: HttpRequest, version: str, collection: str, identifier: str) -> HttpResponseBase:
    """Give out one object of a collection by its identifier."""
    operation = _BY_COLLECTION[collection]
    if not _UUID.fullmatch(identifier):
        return refusal(404, "invalid_uuid", "That is not a UUID")
    found = operation.find(shelf(), identifier)
    if found is None:
        return refusal(404, "unknownobject", "Unknown Object")
    content = found.model_dump(exclude_none=True)
    return answer(request, older(content, operation.older) if version == "v1p0" else content)


@in_standard_form
def description(request: HttpRequest, version: str) -> HttpResponseBase:
    """Give out the OpenAPI description of this provider."""
    return answer(request, discovery())


@in_standard_form
def nothing(request: HttpRequest, version: str, rest: str = "") -> HttpResponseBase:
    """Answer what leads nowhere in the standard's own form."""
    return refusal(404, "unknownobject", "There is nothing at this address")


def _links(request: HttpRequest, page: Page) -> str:
    """The way to other pages, as the Link header has it."""
    last = (page.total - 1) // page.limit * page.limit
    places = {"first": 0, "last": last}
    if page.offset + page.limit < page.total:
        places["next"] = page.offset + page.limit
    if page.offset > 0:
        places["prev"] = max(0, page.offset - page.limit)
    found = []
    for name, offset in places.items():
        query = request.GET.copy()
        query["limit"], query["offset"] = str(page.limit), str(offset)
        found.append(f'<{request.build_absolute_uri(request.path)}?{query.urlencode()}>; rel="{name}"')
    return ", ".join(found)
