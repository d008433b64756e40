"""Badges in every state for the verifiers of others, and all that they may fetch: what our own pages answer.

The pages are asked as a stranger asks them. The published contexts are those that come with the badge library.
"""

import datetime as dt
import json
from copy import deepcopy
from dataclasses import replace
from typing import Any
from unittest import mock

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from openbadgeslib.ob3.clr import bundled_clr_contexts
from openbadgeslib.ob3.contexts import bundled_contexts

from tests.cast import Cast, build_cast
from tests.growth.evidence_pieces import LINK, NEVER, send, verdict
from tests.schemas import CREDENTIAL, SCHEMAS
from trellis.core import clock
from trellis.exchange.badges.issuing import issue_for_evidence
from trellis.exchange.badges.keys import rotate_key, signer
from trellis.exchange.badges.signing import with_proof
from trellis.exchange.badges.transcript import sign_transcript
from trellis.growth.credential_actions import revoke_own, show_credential
from trellis.growth.models import Credential
from trellis.growth.reading_actions import read_evidence

Document = dict[str, Any]
_SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
# The other verifier brings its own contexts, and knows none of CLR: offline it can only refuse.
ONE = ["@digitalbazaar/vc"]


def cases_and_web(site: str) -> Document:
    """Return the cases with what is expected of each, and what there is to be fetched, by address."""
    cast = build_cast()
    expired = _long_ago(cast, "ADV.1.L1")
    good, revoked = _issued(cast, "ORG.5.L1"), _issued(cast, "ORG.5.L2")
    own_wallet = _issued(cast, "COM.1.L1", did="did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")
    rotate_key()
    newer = _issued(cast, "GOV.1.L1")
    revoke_own(revoked, by=cast.own)
    transcript = json.loads(sign_transcript(1, by=cast.own))
    cases = [
        _case("good, by a key that is retired", _fetched(good), "good"),
        _case("good, by the key in use", _fetched(newer), "good"),
        _case("good, for a wallet of one's own", _fetched(own_wallet), "good"),
        _case("revoked", _fetched(revoked), "revoked"),
        _case("its time is over", _fetched(expired), "expired"),
        _case("another level", _changed(good, "credentialSubject/achievement/name", "Agenda Driving"), "tampered"),
        _case("another criterion", _changed(good, "credentialSubject/achievement/criteria/narrative", "-"), "tampered"),
        _case("another holder", _changed(own_wallet, "credentialSubject/id", "did:web:thief.example"), "tampered"),
        _case("a later end", _changed(good, "validUntil", "2099-01-01T00:00:00Z"), "tampered"),
        _case("another place in the list", _changed(revoked, "credentialStatus/statusListIndex", "1"), "tampered"),
        _case("a status taken out", _without(revoked, "credentialStatus"), "tampered"),
        _case("signed by somebody else as us", _forged(good), "tampered"),
        _case("the status list itself", _list(), "good", only=ONE),
        _case("a transcript", transcript, "good", only=ONE),
        _case("a transcript with a level changed", _deep(transcript), "tampered", only=ONE),
    ]
    return {"cases": cases, "web": _web(site)}


def _case(name: str, credential: Document, expected: str, only: list[str] | None = None) -> Document:
    return {"name": name, "credential": credential, "expected": expected, "only": only}


def _issued(cast: Cast, cell: str, *, days: int | None = None, **more: Any) -> Credential:
    """Issue a badge of `own`, public, that lasts so many days."""
    content = replace(LINK, part="led") if cell.endswith("L2") else LINK
    evidence = send(cast.own, to=cast.coach, cell=cell, content=content)
    last = None if days is None else clock.today() + dt.timedelta(days=days)
    read_evidence(evidence, verdict(evidence, expires_on=last), by=cast.coach, chance=NEVER)
    credential = issue_for_evidence(evidence, by=cast.own, **more)
    return show_credential(credential, public=True, name="nobody", outcome=False, by=cast.own)


def _long_ago(cast: Cast, cell: str) -> Credential:
    then = clock.now() - dt.timedelta(days=300)
    with mock.patch("django.utils.timezone.now", return_value=then):
        return _issued(cast, cell, days=30)


def _page(path: str, accept: str = "application/vc+ld+json") -> Document:
    answer = Client().get(path, headers={"accept": accept})
    if answer.status_code != 200:
        raise AssertionError(f"{path} answers with {answer.status_code}")
    found: Document = json.loads(answer.content)
    return found


def _fetched(credential: Credential) -> Document:
    return _page(f"/badges/credentials/{credential.uid}")


def _list() -> Document:
    return _page("/badges/status/1")


def _web(site: str) -> dict[str, Document]:
    return {
        f"{site}/.well-known/did.json": _page("/.well-known/did.json", "*/*"),
        f"{site}/badges/status/1": _list(),
        **bundled_contexts(),
        **bundled_clr_contexts(),
        # The one of the two that holds badges to the official schema fetches it from here.
        _SCHEMA: json.loads((SCHEMAS / CREDENTIAL).read_text(encoding="utf-8")),
    }


def _changed(credential: Credential, path: str, value: str) -> Document:
    document = _fetched(credential)
    *way, last = path.split("/")
    place = document
    for step in way:
        place = place[step]
    if place[last] == value:
        raise AssertionError(f"{path} says {value!r} already")
    place[last] = value
    return document


def _without(credential: Credential, key: str) -> Document:
    return {name: value for name, value in _fetched(credential).items() if name != key}


def _forged(credential: Credential) -> Document:
    """Signed with a key of the forger's own, which says that it is ours."""
    document = _fetched(credential)
    del document["proof"]
    return with_proof(document, replace(signer(), private=Ed25519PrivateKey.generate()))


def _deep(transcript: Document) -> Document:
    document = deepcopy(transcript)
    document["credentialSubject"]["verifiableCredential"][0]["credentialSubject"]["achievement"]["humanCode"] = "X.1.L3"
    return document
