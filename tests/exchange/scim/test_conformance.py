"""What others ask of a SCIM server, by scim2-tester, against the whole site."""

from collections.abc import Iterator

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server

from tests.cast import Cast
from tests.exchange.scim.caller import directory_of


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keep the connection of this test from request to request, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
def test_scim2_tester_finds_nothing_wrong(cast: Cast, settings: object) -> None:
    settings.TRELLIS_API_A_MINUTE = 10_000  # type: ignore[attr-defined]
    caller = directory_of(cast, "Alder")
    client = WSGISCIMClient(
        WSGIHandler(),
        base_url="http://127.0.0.1/scim/v2",
        headers={"Authorization": f"Bearer {caller.secret}"},
    )  # fmt: skip
    results = check_server(client)
    wrong = [f"{each.title}: {each.reason}" for each in results if each.status is not Status.SUCCESS]
    assert (wrong, len(results) > 40) == ([], True)
