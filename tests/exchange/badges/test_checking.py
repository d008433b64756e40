"""Checking what somebody brings: each verdict, on both forms; and that no bytes make it stumble or say "good"."""

import base64
import datetime as dt
import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.exchange.badges.badges import document, issued
from trellis.core import clock
from trellis.exchange.badges import checking
from trellis.exchange.badges.baking import NoBadgeInsideError, text_in
from trellis.exchange.badges.brought import MOST_BYTES
from trellis.exchange.badges.checking import Found, check_signed, check_text
from trellis.exchange.models import SignedDocument
from trellis.growth.credential_actions import revoke_own
from trellis.growth.models import Credential

pytestmark = pytest.mark.usefixtures("framework")
Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def badge(cast: Cast) -> Credential:
    """A badge of `own`."""
    return issued(cast)


def _forms(badge: Credential) -> tuple[str, str]:
    return badge.signed.document, badge.signed.jwt


def test_a_badge_as_we_signed_it_is_good_in_both_forms(badge: Credential) -> None:
    for text in _forms(badge):
        check = check_text(text)
        assert (check.found, check.credential, check.fits) == (Found.GOOD, badge, None)


def test_how_the_json_is_set_makes_no_difference(badge: Credential) -> None:
    other = json.dumps(dict(reversed(document(badge).items())), indent=4)
    assert check_text(other).found is Found.GOOD


def test_with_an_address_it_says_whether_the_badge_is_about_that(cast: Cast, badge: Credential) -> None:
    for text in _forms(badge):
        assert check_text(text, email="OWN@example.org").fits is True
        assert check_text(text, email="coach@example.org").fits is False


def test_of_a_wallets_identifier_no_address_is_known(cast: Cast) -> None:
    badge = issued(cast, did="did:web:wallet.example")
    assert check_text(badge.signed.document, email="own@example.org").fits is None


def test_what_was_taken_back_is_said_so(cast: Cast, badge: Credential) -> None:
    revoke_own(badge, by=cast.own)
    assert [check_text(text).found for text in _forms(badge)] == [Found.REVOKED] * 2


def test_what_is_past_its_last_day_is_said_so(badge: Credential) -> None:
    later = clock.now() + dt.timedelta(days=4 * 366)
    with mock.patch("django.utils.timezone.now", return_value=later):
        assert [check_text(text).found for text in _forms(badge)] == [Found.EXPIRED] * 2


def _raise_level(signed: dict[str, Any]) -> None:
    signed["credentialSubject"]["result"][0]["achievedLevel"] += "3"


def _live_longer(signed: dict[str, Any]) -> None:
    signed["validUntil"] = "2099-01-01T00:00:00Z"


def _take_another_place(signed: dict[str, Any]) -> None:
    signed["credentialStatus"]["statusListIndex"] = "1"


def _hide_the_status(signed: dict[str, Any]) -> None:
    del signed["credentialStatus"]


def _add_something(signed: dict[str, Any]) -> None:
    signed["description"] = "With honors"


def _drop_the_proof(signed: dict[str, Any]) -> None:
    del signed["proof"]


def _spoil_the_proof(signed: dict[str, Any]) -> None:
    value = signed["proof"]["proofValue"]
    signed["proof"]["proofValue"] = value[:-1] + ("2" if value[-1] != "2" else "3")


CHANGES = [
    _raise_level, _live_longer, _take_another_place, _hide_the_status, _add_something, _drop_the_proof,
    _spoil_the_proof,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_is_noticed(badge: Credential, change: Change) -> None:
    signed = deepcopy(document(badge))
    change(signed)
    assert check_text(json.dumps(signed)).found is Found.CHANGED


def test_any_change_of_a_jwt_is_noticed(badge: Credential) -> None:
    header, payload, signature = badge.signed.jwt.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    claims["exp"] += 1
    longer = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    for text in (
        f"{header}.{longer}.{signature}",
        f"{header}.{payload}.",
        f"{badge.signed.jwt}A",
    ):
        assert check_text(text).found is Found.CHANGED


def test_our_own_record_that_somebody_changed_is_noticed_too(badge: Credential) -> None:
    """With the database in hand one could make both sides equal; the signature still tells."""
    signed = document(badge)
    _live_longer(signed)
    SignedDocument.objects.filter(credential=badge).update(document=json.dumps(signed))
    assert check_text(json.dumps(signed)).found is Found.CHANGED
    assert check_signed(SignedDocument.objects.get(credential=badge)) is Found.CHANGED


def test_what_says_it_is_ours_and_is_not_known(cast: Cast, badge: Credential) -> None:
    texts = _forms(badge)
    cast.persons["own"].delete()
    assert [check_text(text).found for text in texts] == [Found.FORGOTTEN] * 2


def test_what_is_from_somebody_else(badge: Credential) -> None:
    signed = document(badge) | {"id": "https://other.example/badges/1", "issuer": "did:web:other.example"}
    check = check_text(json.dumps(signed))
    assert (check.found, check.issuer) == (Found.FOREIGN, "did:web:other.example")


def test_a_badge_that_was_issued_under_another_address_of_the_site_still_holds(badge: Credential) -> None:
    with override_settings(TRELLIS_URL="https://moved.example.org"):
        assert [check_text(text).found for text in _forms(badge)] == [Found.GOOD] * 2


@pytest.mark.parametrize(
    "text",
    ["", "hello", "{", "[]", "{}" * 2, "null", "a.b.c", "..", "e30.e30.e30.e30", '{"id": 7}x', "{" * 100_000,
     '{"a":' * 50_000, "{}" + " " * MOST_BYTES, "\ud7ff.\u0000.\u2028",
     r'{"issuer": "\ud800"}', "e30.e30"],
)  # fmt: skip
def test_what_is_no_badge_is_said_so(text: str) -> None:
    assert check_text(text).found is Found.UNREADABLE


@pytest.mark.parametrize("text", ["{}", "e30.e30.e30", '{"id": 7, "issuer": {"id": []}}', '{"issuer": null}'])
def test_what_could_be_one_and_names_nobody_is_from_somebody_else(text: str) -> None:
    assert check_text(text).found is Found.FOREIGN


def test_a_made_up_document_costs_one_query_and_no_cryptography(
    badge: Credential, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: Any) -> None:
        raise AssertionError("only what we keep is worked on")

    signed = document(badge)
    _live_longer(signed)
    monkeypatch.setattr(checking, "verify_data_integrity_proof", never)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert check_text(json.dumps(signed)).found is Found.CHANGED
    assert len(queries) <= 2


_plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_quick = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@_quick
@given(content=st.binary(max_size=400) | st.binary(max_size=200).map(lambda rest: b"\x89PNG\r\n\x1a\n" + rest)
       | st.text(max_size=200).map(lambda rest: f"<svg xmlns:openbadges='x'>{rest}</svg>".encode()))  # fmt: skip
def test_no_bytes_make_it_stumble(db: None, content: bytes) -> None:
    try:
        text = text_in(content)
    except NoBadgeInsideError:
        return
    assert check_text(text).found in (Found.UNREADABLE, Found.FOREIGN)


@_quick
@given(data=st.data())
def test_no_change_anywhere_is_ever_good(badge: Credential, data: st.DataObject) -> None:
    signed = document(badge)
    place: Any = signed
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    value = data.draw(_plain)
    if value != place[key]:
        place[key] = value
        assert check_text(json.dumps(signed)).found not in (Found.GOOD, Found.REVOKED, Found.EXPIRED)
