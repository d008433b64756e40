"""The discovery document: the OpenAPI 3 description of this provider, made from its own types and operations."""

from typing import Any

from django.conf import settings
from pydantic.json_schema import models_json_schema

from trellis.exchange.case.identity import BASE_PATH
from trellis.exchange.case.model import DocumentSet, StatusInfo
from trellis.exchange.case.operations import ALL_DOCUMENTS, OPERATIONS

DISCOVERY = "discovery/imscasev1p1_openapi3_v1p0.json"
_REFUSED = {"400": "The question was wrong", "404": "There is no such object", "500": "Something went wrong here"}
_ASKED: dict[str, tuple[dict[str, Any], str]] = {
    "limit": ({"type": "integer", "minimum": 1, "default": 100}, "How many at most"),
    "offset": ({"type": "integer", "minimum": 0, "default": 0}, "How many to pass over"),
    "sort": ({"type": "string"}, "The field to sort by"),
    "orderBy": ({"type": "string", "enum": ["asc", "desc"]}, "Which way"),
    "filter": ({"type": "string"}, "Such as title='Leadership'; two conditions may be joined by AND or OR"),
    "fields": ({"type": "array", "items": {"type": "string"}}, "Which fields; those that are required always come"),
}


def discovery() -> dict[str, Any]:
    """Return the document; nothing in it depends on what is published."""
    answers = {operation.answer for operation in OPERATIONS} | {DocumentSet, StatusInfo}
    ordered: list[Any] = sorted(((model, "serialization") for model in answers), key=lambda pair: pair[0].__name__)
    _keys, schemas = models_json_schema(ordered, ref_template="#/components/schemas/{model}")
    paths = {f"/{ALL_DOCUMENTS[0]}": _get(ALL_DOCUMENTS[1], ALL_DOCUMENTS[3], DocumentSet.__name__, _list_parameters())}
    for operation in OPERATIONS:
        by_identifier = [
            {"name": "sourcedId", "in": "path", "required": True, "schema": {"type": "string"}, "description": "A UUID"}
        ]
        path = f"/{operation.collection}/{{sourcedId}}"
        paths[path] = _get(operation.name, operation.summary, operation.answer.__name__, by_identifier)
    return {
        "openapi": "3.0.1",
        "info": {
            "title": "CASE 1.1 provider of Trellis",
            "version": "1.1",
            "description": "Published competency frameworks, for everybody to read.",
        },
        "servers": [{"url": f"{settings.TRELLIS_URL}{BASE_PATH}"}],
        "paths": paths,
        "components": {"schemas": {name: _without_null(schema) for name, schema in schemas["$defs"].items()}},
    }


def _get(name: str, summary: str, answer: str, parameters: list[Any]) -> dict[str, Any]:
    responses: dict[str, Any] = {"200": _response("What was asked for", answer)}
    if name == ALL_DOCUMENTS[1]:
        responses["200"]["headers"] = {
            "X-Total-Count": {"description": "How many there are in all", "schema": {"type": "integer"}},
            "Link": {"description": "The next, previous, first and last page", "schema": {"type": "string"}},
        }
    responses |= {status: _response(words, StatusInfo.__name__) for status, words in _REFUSED.items()}
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters, "responses": responses}}


def _response(words: str, answer: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{answer}"}
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def _list_parameters() -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "required": False, "schema": schema, "description": words}
        | ({"style": "form", "explode": False} if schema["type"] == "array" else {})
        for name, (schema, words) in _ASKED.items()
    ]


def _without_null(schema: Any) -> Any:
    """What is optional is left out and never null, and OpenAPI 3.0 has no null."""
    if isinstance(schema, list):
        return [_without_null(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _without_null(value) for key, value in schema.items() if not (key == "default" and value is None)}
    kinds = found.get("anyOf")
    if isinstance(kinds, list) and {"type": "null"} in kinds:
        others = [kind for kind in kinds if kind != {"type": "null"}]
        del found["anyOf"]
        found |= others[0] if len(others) == 1 else {"anyOf": others}
    return found
