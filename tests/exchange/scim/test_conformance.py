"""What others ask of a SCIM server, by scim2-tester, against the whole site."""

from django.core.handlers.wsgi import WSGIHandler
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server

from tests.cast import Cast
from tests.exchange.scim.caller import directory_of


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
