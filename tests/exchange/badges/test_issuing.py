"""Issuing a badge: what is in it, that it is signed, and that it needs no network."""

import pytest
from openbadgeslib.ob3.ldp import OB3LdpVerifier

from tests.cast import Cast
from tests.exchange.badges.badges import document, issued
from trellis.exchange.badges.keys import public_pem
from trellis.exchange.badges.subject import is_for

pytestmark = pytest.mark.usefixtures("framework")


def test_a_badge_verifies_with_the_key_that_we_publish(cast: Cast) -> None:
    badge = issued(cast)
    found = OB3LdpVerifier(pubkey_pem=public_pem(badge.signed.key)).verify(badge.signed.document)
    assert found.id == document(badge)["id"]


def test_a_badge_names_nobody(cast: Cast) -> None:
    badge = issued(cast)
    said = badge.signed.document + badge.signed.jwt
    assert cast.own.email not in said
    assert cast.own.family_name not in said
    assert str(cast.own.uid) not in said
    [identifier] = document(badge)["credentialSubject"]["identifier"]
    assert is_for(identifier, "Own@Example.org ")
    assert not is_for(identifier, cast.coach.email)
