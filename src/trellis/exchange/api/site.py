"""The whole interface: every part that an app has registered, with its scope, and refusals in one form."""

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, ValidationError
from pydantic.json_schema import models_json_schema

from trellis import __version__
from trellis.core.registry import api_parts
from trellis.exchange.api.bearer import Bearer
from trellis.exchange.api.problem import MEDIA_TYPE, FieldProblem, Problem, problem

BASE_PATH = "/api/v1/"
_log = logging.getLogger(__name__)
_ABOUT = (
    "What Trellis tells other programs: the framework to everybody, all else to who shows a token. A token is made on"
    " the page Programs that read for me, and sees what its owner sees, never more."
)
_REFUSALS = {
    401: "No token, or none that is good",
    403: "The token does not allow this",
    404: "There is no such thing, or it is not for this token's owner",
    422: "A parameter is wrong",
    429: "Too many requests in this minute",
}


class _Interface(NinjaAPI):
    """Adds to every operation how it refuses, so that the document promises what the server does."""

    def get_root_path(self, path_params: Any) -> str:
        """Return where it stands, for the document."""
        return BASE_PATH

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """Return the OpenAPI document."""
        document = super().get_openapi_schema(**kwargs)
        _keys, schemas = models_json_schema([(Problem, "serialization")], ref_template="#/components/schemas/{model}")
        document["components"].setdefault("schemas", {}).update(schemas["$defs"])
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for operations in document["paths"].values():
            for operation in operations.values():
                known = {int(status) for status in operation["responses"]}
                for status in _REFUSALS.keys() - known - (set() if operation.get("security") else {401, 403}):
                    operation["responses"][status] = {"description": _REFUSALS[status], "content": content}
        return document


def build() -> NinjaAPI:
    """Return the interface, with all that is registered by now."""
    api = _Interface(
        title="Trellis",
        version=__version__,
        description=_ABOUT,
        docs_url=None,
        openapi_url="/openapi.json",
        urls_namespace="api",
    )
    for part in api_parts:
        api.add_router(part.prefix, part.router, auth=Bearer(part.scope) if part.scope else None)
    api.exception_handler(AuthenticationError)(_unknown)
    api.exception_handler(AuthorizationError)(_not_allowed)
    api.exception_handler(ValidationError)(_wrong)
    api.exception_handler(Http404)(_missing)
    api.exception_handler(HttpError)(_refused)
    api.exception_handler(Exception)(_broken)
    return api


def _unknown(request: HttpRequest, error: Exception) -> HttpResponse:
    said = "Show a token in the Authorization header, after the word Bearer. This one is none, or is over."
    return problem(401, said, WWW_Authenticate='Bearer realm="Trellis"')


def _not_allowed(request: HttpRequest, error: AuthorizationError) -> HttpResponse:
    return problem(403, str(error))


def _wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [FieldProblem(where=".".join(map(str, one["loc"])), what=str(one["msg"])) for one in error.errors]
    return problem(422, "A parameter is wrong; `errors` says which.", errors=errors)


def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, str(error) or "There is nothing at this address.")


def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    _log.error("an API request failed", exc_info=error)
    return problem(500, "Something went wrong here.")
