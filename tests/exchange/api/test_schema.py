"""Schemathesis asks every operation what the OpenAPI document promises; and the document itself is sound."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pytest_django import Settings

from tests.cast import Cast
from tests.exchange.api.callers import SCOPES
from tests.learning import offerings
from trellis.exchange.api.token_actions import make_token
from trellis.framework.tree import EditionTree
from trellis.project.wsgi import application

DOCUMENT = "/api/v1/openapi.json"


def _document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Client().get(DOCUMENT).content)
    return found


def test_the_document_names_every_operation_its_token_and_how_it_refuses(framework: object) -> None:
    document = _document()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        f"/api/v1{path}"
        for path in (
            "/framework", "/framework/{framework}/{edition}", "/framework/{framework}/{edition}/cells/{code}",
            "/me/standing", "/me/plan", "/catalog/offerings", "/catalog/offerings/{uid}", "/catalog/sessions",
            "/catalog/sessions/{uid}", "/insight/units", "/insight/releases", "/insight/releases/{wave}/{question}",
        )
    }  # fmt: skip
    for path, operations in document["paths"].items():
        for operation in operations.values():
            statuses = {str(status) for status in operation["responses"]}
            assert {"200", "404", "422", "429"} <= statuses, path
            assert ({"401", "403"} <= statuses) == bool(operation.get("security")), path
            assert operation["summary"]
            assert ("/framework" in path) != bool(operation.get("security")), path
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keep the connection, and the test's transaction with it, over requests, as Django's own client does."""
    moments = (request_started, request_finished)
    for moment in moments:
        moment.disconnect(close_old_connections)
    yield
    for moment in moments:
        moment.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
def test_every_answer_is_as_the_document_promises(cast: Cast, tree: EditionTree, settings: Settings) -> None:
    settings.TRELLIS_API_A_MINUTE = settings.TRELLIS_API_A_MINUTE_WITHOUT_TOKEN = 1_000_000
    session = offerings.session(cast, of=offerings.offering(cast))
    secret = make_token(label="Our site", scopes=SCOPES, days=30, by=cast.president).secret
    known = {
        "uid": [str(session.uid), str(session.offering.uid)],
        "unit": [str(cast.unit("Riverside").uid)],
        "framework": [tree.framework_code, "bargaining-attributes"],
        "edition": [tree.code],
        "code": ["ORG.5.L2"],
    }
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, _plain)
    asked = 0
    for found in schema.get_all_operations():
        asked += _ask(found.ok(), secret, known)
    assert asked >= 12 * 10


def _plain(environ: dict[str, Any], start: Any) -> Any:
    """The application, without packing: nobody unpacks between it and who calls it here."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    return application(environ, start)


def _ask(operation: Any, secret: str, known: dict[str, list[str]]) -> int:
    asked = 0

    @given(case=operation.as_strategy(), data=st.data())
    @settings(
        max_examples=15, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), derandomize=True,
    )  # fmt: skip
    def ask(case: Any, data: st.DataObject) -> None:
        nonlocal asked
        # Half of the time something that exists, so that there is more to check than refusals.
        if data.draw(st.booleans()):
            for place in (case.path_parameters, case.query):
                for name in set(place or {}) & set(known):
                    place[name] = data.draw(st.sampled_from(known[name]))
        asked += 1
        case.call_and_validate(
            headers={"Authorization": f"Bearer {secret}"} if operation.definition.raw.get("security") else {}
        )

    ask()
    return asked


@pytest.mark.parametrize("header", ["Bearer", "Basic eDp5", "Bearer trellis_none", "bearer \x7f"])
def test_no_header_breaks_the_door(cast: Cast, header: str) -> None:
    answer = Client().get("/api/v1/me/plan", headers={"Authorization": header})
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
