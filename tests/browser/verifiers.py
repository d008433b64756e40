"""Verifiers of others look at a badge of the site: openbadgeslib always, those from npm where they are installed.

All they may fetch is what the site answers to anybody. `make test-reference` installs the ones from npm, and names
their folder in OUTSIDE_VERIFIERS.
"""

import json
import os
import subprocess
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from openbadgeslib.ob3.contexts import bundled_contexts
from openbadgeslib.ob3.did import resolve_verification_method
from openbadgeslib.ob3.ldp import OB3LdpVerifier, verify_data_integrity_proof

from tests.browser.site import Site
from tests.schemas import CREDENTIAL, SCHEMAS

Document = dict[str, Any]
_FOLDER = os.environ.get("OUTSIDE_VERIFIERS", "")
_SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


def accepted_by_the_library(site: Site, badge: Document) -> bool:
    """Let openbadgeslib find the key by the issuer's identifier, and the status list by its address; it raises.

    Of a list it knows only the proof of a JWT by itself; ours bears the same proof as a badge, and is held to that.
    """

    def download(address: str) -> bytes:
        return _answer(site, address)

    issuer, status = badge["issuer"]["id"], badge["credentialStatus"]["statusListCredential"]
    verifier = OB3LdpVerifier.for_issuer_did(issuer)
    verifier.verify(badge, check_status=True, verify_status_list=False, download=download)
    listed = json.loads(download(status))
    assert listed["issuer"] == issuer
    verify_data_integrity_proof(
        listed, resolve_verification_method(listed["proof"]["verificationMethod"], download=download)
    )
    return True


def what_npm_says(site: Site, badge: Document, expected: str) -> str | None:
    """Return what went wrong when @digitalbazaar/vc and the DCC verifier looked; None where they are not installed."""
    if not _FOLDER:
        return None
    cases = [{"name": "the badge of the journey", "credential": badge, "expected": expected, "only": None}]
    given = json.dumps({"cases": cases, "web": _web(site, badge)})
    command = ["node", str(Path(_FOLDER) / "verify.mjs")]
    done = subprocess.run(command, input=given, text=True, capture_output=True, timeout=120, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _web(site: Site, badge: Document) -> Mapping[str, Document]:
    host = unquote(badge["issuer"]["id"].removeprefix("did:web:"))
    addresses = (f"https://{host}/.well-known/did.json", badge["credentialStatus"]["statusListCredential"])
    found = {address: json.loads(_answer(site, address)) for address in addresses}
    return {**found, **bundled_contexts(), _SCHEMA: json.loads((SCHEMAS / CREDENTIAL).read_text(encoding="utf-8"))}


def _answer(site: Site, address: str) -> bytes:
    """What the site answers under that path, whatever host and port its badges name."""
    request = urllib.request.Request(
        f"{site.address}{urlsplit(address).path}", headers={"accept": "application/vc+ld+json"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        content: bytes = answer.read()
        return content
