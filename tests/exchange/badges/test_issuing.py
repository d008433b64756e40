"""Issuing a badge: what is in it and what is not, that it is signed twice, and that it is whole or not at all."""

import base64
import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.utils.translation import override
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3Verifier

from tests.cast import Cast
from tests.exchange.badges.badges import document, issued, issued_for_programme
from tests.growth.evidence_pieces import attested
from tests.schemas import CREDENTIAL, faults
from trellis.exchange.badges import status
from trellis.exchange.badges.achievements import cell_achievement
from trellis.exchange.badges.addresses import issuer_did
from trellis.exchange.badges.issuing import issue_for_evidence
from trellis.exchange.badges.keys import did_document, public_pem
from trellis.exchange.badges.subject import is_for, subject_of
from trellis.exchange.models import SignedDocument, StatusPlace
from trellis.framework.tree import EditionTree
from trellis.growth.credential_actions import revoke_own
from trellis.growth.credential_queries import ready_evidence
from trellis.growth.models import Credential
from trellis.people.models import Person

pytestmark = pytest.mark.usefixtures("framework")
WALLET = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"


def test_a_badge_verifies_with_the_key_that_we_publish(cast: Cast) -> None:
    """The library's own verifier also holds the JSON to be exactly what was signed, and nothing beside it."""
    badge = issued(cast)
    found = OB3LdpVerifier(pubkey_pem=public_pem(badge.signed.key)).verify(badge.signed.document)
    assert found.id == document(badge)["id"]


def test_the_badge_of_a_programme_verifies_too(cast: Cast) -> None:
    badge = issued_for_programme(cast)
    OB3LdpVerifier(pubkey_pem=public_pem(badge.signed.key)).verify(badge.signed.document)
    achievement = document(badge)["credentialSubject"]["achievement"]
    assert (achievement["name"], achievement["achievementType"]) == ("Emerging leaders", "LearningProgram")
    assert [each["targetCode"] for each in achievement["alignment"]] == ["ORG.5.L1"]
    assert "validUntil" not in document(badge)


def test_the_jwt_says_the_same_and_verifies_by_our_published_document(cast: Cast) -> None:
    badge = issued(cast)

    def published(address: str) -> bytes:
        assert address == "https://127.0.0.1:8000/.well-known/did.json"
        return json.dumps(did_document()).encode()

    OB3Verifier.for_issuer_did(issuer_did(), download=published).verify(badge.signed.jwt)
    header, payload, _ = badge.signed.jwt.split(".")
    assert _part(header) == {"alg": "EdDSA", "kid": f"{issuer_did()}#key-1", "typ": "JWT"}
    signed = document(badge)
    claims = _part(payload)
    assert (claims.pop("iss"), claims.pop("jti")) == (signed["issuer"]["id"], signed["id"])
    assert claims.pop("exp") - claims.pop("nbf") > 1000 * 24 * 3600
    assert claims == {name: value for name, value in signed.items() if name != "proof"}


def _part(text: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def test_a_badge_names_nobody_and_tells_nothing_of_the_evidence(cast: Cast) -> None:
    Person.objects.filter(pk=cast.own.pk).update(given_name="Zefirina", family_name="Quimby")
    Person.objects.filter(pk=cast.coach.pk).update(given_name="Oluwaseun", family_name="Brack")
    badge = issued(cast)
    said = badge.signed.document + json.dumps(_part(badge.signed.jwt.split(".")[1]))
    personal = ("Zefirina", "Quimby", "Oluwaseun", "Brack", "own@example.org", "mailto", str(cast.own.uid))
    assert [each for each in (*personal, "Four people joined", "example.org/meeting", "Lincoln") if each in said] == []
    [identifier] = document(badge)["credentialSubject"]["identifier"]
    assert is_for(identifier, "Own@Example.org ")
    assert not is_for(identifier, cast.coach.email)


def test_two_badges_of_one_person_have_nothing_in_common_that_tells(cast: Cast) -> None:
    one, other = issued(cast), issued(cast, cell="COM.1.L1")
    assert document(one)["credentialSubject"]["identifier"] != document(other)["credentialSubject"]["identifier"]
    assert document(one)["evidence"] != document(other)["evidence"]


def test_evidence_is_a_link_that_opens_after_sign_in(cast: Cast) -> None:
    badge = issued(cast)
    assert badge.evidence is not None
    [pointer] = document(badge)["evidence"]
    assert pointer["id"] == f"http://127.0.0.1:8000/evidence/{badge.evidence.uid}/"


def test_a_wallet_of_ones_own_stands_in_place_of_the_digest(cast: Cast) -> None:
    subject = document(issued(cast, did=WALLET))["credentialSubject"]
    assert subject["id"] == WALLET
    assert "identifier" not in subject


@pytest.mark.parametrize("did", ["mailto:own@example.org", "did:web:", "did:web:a b", "https://a.example", "did:x:1"])
def test_any_other_identifier_is_refused_and_nothing_is_issued(cast: Cast, did: str) -> None:
    with pytest.raises(ValidationError, match="identifier"):
        issued(cast, did=did)
    assert not Credential.objects.exists()
    assert not StatusPlace.objects.exists()


def test_who_has_no_address_needs_one_first(cast: Cast) -> None:
    piece = attested(cast.own, cast.coach)
    Person.objects.filter(pk=cast.own.pk).update(email=None)
    with pytest.raises(ValidationError, match="e-mail"):
        issue_for_evidence(piece, by=cast.viewer("own"))  # type: ignore[arg-type]
    assert not Credential.objects.exists()


def test_what_cannot_be_signed_is_not_issued(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    piece = attested(cast.own, cast.coach)
    monkeypatch.setattr("trellis.exchange.badges.issuing.with_proof", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        issue_for_evidence(piece, by=cast.own)
    assert not Credential.objects.exists()
    assert not SignedDocument.objects.exists()
    assert not StatusPlace.objects.exists()


def test_it_holds_until_the_last_second_of_the_last_day_where_the_association_is(cast: Cast) -> None:
    with override_settings(TIME_ZONE="America/Chicago"):
        badge = issued(cast)
    end = dt.datetime.fromisoformat(document(badge)["validUntil"]).astimezone(ZoneInfo("America/Chicago"))
    assert (end.date(), end.time()) == (badge.valid_until, dt.time(23, 59, 59))


def test_the_level_is_said_with_the_whole_ladder(cast: Cast) -> None:
    signed = document(issued(cast))["credentialSubject"]
    [ladder] = signed["achievement"]["resultDescription"]
    assert [rung["level"] for rung in ladder["rubricCriterionLevel"]] == ["1", "2", "3"]
    [result] = signed["result"]
    assert result["achievedLevel"] == ladder["requiredLevel"] == ladder["rubricCriterionLevel"][0]["id"]
    assert [each["targetType"] for each in signed["achievement"]["alignment"]] == ["CFItem", "CFRubricCriterionLevel"]


def test_a_badge_says_the_same_whatever_its_holder_reads(cast: Cast) -> None:
    english = document(issued(cast))["credentialSubject"]["achievement"]
    revoke_own(Credential.objects.get(), by=cast.own)
    with override("es"):
        spanish = document(issue_for_evidence(ready_evidence(cast.own)[0], by=cast.own))
    assert spanish["credentialSubject"]["achievement"] == english


def test_the_achievement_of_every_cell_fits_the_official_schema(cast: Cast, tree: EditionTree) -> None:
    sample = document(issued(cast))
    seen = set()
    for theme in tree.themes:
        for cell in theme.cells:
            achievement = cell_achievement(tree, theme, cell)
            seen.add(achievement["id"])
            sample["credentialSubject"]["achievement"] = achievement
            assert faults(sample, CREDENTIAL) == []
    assert len(seen) == 99


def test_the_schema_would_notice(cast: Cast) -> None:
    sample = document(issued(cast))
    if faults({}, CREDENTIAL):  # where the schemas are at hand
        sample["credentialSubject"]["achievement"]["achievementType"] = "Level"
        assert faults(sample, CREDENTIAL) != []


def test_the_salt_makes_equal_addresses_different() -> None:
    found = [subject_of("a@example.org", "")["identifier"][0] for _ in range(2)]
    assert found[0]["identityHash"] != found[1]["identityHash"]
    assert found[0]["salt"] != found[1]["salt"]


def test_a_badge_and_its_status_need_no_network(cast: Cast, socket_disabled: None) -> None:
    badge = issued(cast)
    OB3LdpVerifier(pubkey_pem=public_pem(badge.signed.key)).verify(badge.signed.document)
    assert status.signed_list(badge.status_place.status_list)
