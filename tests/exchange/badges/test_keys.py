"""The issuer's keys: made by themselves, sealed, changed without breaking what was signed, and given up when leaked."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import override_settings
from openbadgeslib.ob3.did import resolve_verification_method
from openbadgeslib.ob3.ldp import OB3LdpVerifier

from tests.cast import Cast
from tests.exchange.badges.badges import document, issued
from tests.growth.evidence_pieces import attested
from trellis.core import audit
from trellis.core.models import AuditEntry
from trellis.exchange.badges.checking import Found, check_signed, check_text
from trellis.exchange.badges.issuing import issue_for_evidence
from trellis.exchange.badges.keys import KeyUnreadableError, did_document, public_pem, rotate_key, signer
from trellis.exchange.badges.renewing import sign_again
from trellis.exchange.models import IssuerKey, SignedDocument
from trellis.growth.models import Credential

pytestmark = pytest.mark.django_db


def test_the_first_key_makes_itself_once() -> None:
    assert (signer().key, signer().method) == (IssuerKey.objects.get(), "did:web:127.0.0.1%3A8000#key-1")
    assert AuditEntry.objects.filter(action="exchange.issuer_key.make").count() == 1


@pytest.mark.parametrize(
    ("url", "did"),
    [
        ("https://trellis.example.org", "did:web:trellis.example.org"),
        ("http://127.0.0.1:8000", "did:web:127.0.0.1%3A8000"),
        ("https://[::1]:8443", "did:web:%5B%3A%3A1%5D%3A8443"),
    ],
)
def test_the_identifier_is_the_host_with_its_port_encoded(url: str, did: str) -> None:
    with override_settings(TRELLIS_URL=url):
        assert did_document()["id"] == did
        assert signer().method == f"{did}#key-1"


def test_the_private_half_lies_sealed_and_is_never_printed() -> None:
    key = signer()
    raw = key.private.private_bytes_raw()
    assert raw not in bytes(key.key.sealed)
    assert raw.hex() not in repr(key)
    assert "private" not in repr(key)


def test_another_secret_cannot_sign_and_says_what_to_do() -> None:
    signer()
    with override_settings(SECRET_KEY="another secret, as long as it has to be, and then some"):
        with pytest.raises(KeyUnreadableError, match="trellis rotate_issuer_key"):
            signer()
        rotate_key()
        assert signer().key.number == 2


def test_one_key_is_in_use_and_a_retired_one_has_no_private_half() -> None:
    first = signer().key
    rotate_key()
    first.refresh_from_db()
    assert (first.in_use, bytes(first.sealed)) == (False, b"")
    assert first.retired_at is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuerKey.objects.create(number=9, public="z", sealed=b"x")
    with pytest.raises(IntegrityError, match="issuer_key_retired_is_forgotten"), transaction.atomic():
        IssuerKey.objects.filter(pk=first.pk).update(sealed=b"x")


def test_the_published_document_holds_the_key_in_use_first_and_the_retired_ones() -> None:
    signer()
    rotate_key()
    published = did_document()
    names = [method["id"].partition("#")[2] for method in published["verificationMethod"]]
    assert names == ["key-2", "key-1"]
    assert published["assertionMethod"] == [method["id"] for method in published["verificationMethod"]]


def test_an_outsider_finds_the_key_of_an_old_badge_after_a_rotation(cast: Cast) -> None:
    old = issued(cast)
    rotate_key()
    published = json.dumps(did_document()).encode()
    method = document(old)["proof"]["verificationMethod"]
    pem = resolve_verification_method(method, download=lambda address: published)
    OB3LdpVerifier(pubkey_pem=pem).verify(old.signed.document)
    assert document(issued(cast, cell="COM.1.L1"))["proof"]["verificationMethod"].endswith("#key-2")
    assert check_signed(SignedDocument.objects.get(credential=old)) is Found.GOOD


def test_a_leaked_key_no_longer_counts_and_what_it_signed_is_signed_again(cast: Cast) -> None:
    badge = issued(cast)
    before, before_jwt = badge.signed.document, badge.signed.jwt
    out = StringIO()
    call_command("rotate_issuer_key", "--leaked", stdout=out)
    assert "Signed again: 1" in out.getvalue()
    assert [each["id"][-5:] for each in did_document()["verificationMethod"]] == ["key-2"]
    found = SignedDocument.objects.get(credential=badge)
    assert check_signed(found) is Found.GOOD
    OB3LdpVerifier(pubkey_pem=public_pem(found.key)).verify(found.document)
    now, then = json.loads(found.document), json.loads(before)
    assert now.pop("proof") != then.pop("proof")
    assert now == then, "only the proof is another"
    assert check_text(before).found is Found.OUTDATED
    assert check_text(before_jwt).found is Found.OUTDATED
    assert sign_again() == 0


def test_rotating_by_command_says_which_key_signs_now() -> None:
    signer()
    out = StringIO()
    call_command("rotate_issuer_key", stdout=out)
    assert out.getvalue() == "Badges are signed with key-2 from now on.\n"
    assert audit.first_broken() is None


def test_without_its_secret_the_site_issues_nothing(cast: Cast) -> None:
    piece = attested(cast.own, cast.coach)
    signer()
    other = override_settings(SECRET_KEY="another secret, as long as it has to be, and then some")
    with other, pytest.raises(KeyUnreadableError):
        issue_for_evidence(piece, by=cast.own)
    assert not Credential.objects.exists()
