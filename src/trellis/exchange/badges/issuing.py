"""Issues badges: the award, its place in a status list and its signed documents come to be together, or not at all."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.exchange.badges.credential_document import document_of
from trellis.exchange.badges.keys import Signer, signer
from trellis.exchange.badges.moments import end_of
from trellis.exchange.badges.signing import as_jwt, with_proof
from trellis.exchange.badges.status import draw_place, entry_for
from trellis.exchange.badges.subject import DID, subject_of
from trellis.exchange.models import SignedDocument
from trellis.growth.credential_actions import award_cell, award_programme
from trellis.growth.models import Credential, Evidence
from trellis.learning.models import CohortMember
from trellis.people.models import Person


@transaction.atomic
def issue_for_evidence(evidence: Evidence, *, did: str = "", by: Person) -> Credential:
    """Issue the badge of the evidence's cell to its owner, who asks for it.

    With `did` the badge names that identifier, else a salted digest of the person's address. Raises ValidationError
    when the evidence does not support one (see award_cell), and for a DID of a kind that we do not know;
    KeyUnreadableError when the site cannot sign.
    """
    return _sign(award_cell(evidence, by=by), did)


@transaction.atomic
def issue_for_programme(place: CohortMember, *, did: str = "", by: Person) -> Credential:
    """Issue the badge of a programme to who completed it and asks for it; raises what issue_for_evidence raises."""
    return _sign(award_programme(place, by=by), did)


def _sign(credential: Credential, did: str) -> Credential:
    if did and not DID.fullmatch(did):
        raise ValidationError(
            _("This is not an identifier that we know: it begins with did:web:, did:key: or did:jwk:.")
        )
    email = credential.person.email
    if not email and not did:
        raise ValidationError(_("Add an e-mail address to your account first: the badge is tied to it."))
    key = signer()
    document = document_of(credential, subject=subject_of(email or "", did), status=entry_for(draw_place(credential)))
    SignedDocument.objects.create(
        credential=credential,
        document=json.dumps(with_proof(document, key), ensure_ascii=False),
        jwt=jwt_of(credential, document, key),
        key=key.key,
    )
    return credential


def jwt_of(credential: Credential, document: dict[str, Any], key: Signer) -> str:
    """Return the unsigned document of a credential as a JWT."""
    claims: dict[str, Any] = {
        "iss": document["issuer"]["id"],
        "jti": document["id"],
        "nbf": int(credential.issued_at.timestamp()),
    }
    if "id" in document["credentialSubject"]:
        claims["sub"] = document["credentialSubject"]["id"]
    if credential.valid_until is not None:
        claims["exp"] = int(end_of(credential.valid_until).timestamp())
    return as_jwt(document, key, **claims)
