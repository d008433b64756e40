"""Badges for tests: issued to one of the cast on evidence that the coach has attested, and held to the schema."""

import json
from typing import Any

from tests.cast import Cast
from tests.growth.evidence_pieces import attested
from tests.schemas import CREDENTIAL, faults
from trellis.exchange.badges.issuing import issue_for_evidence
from trellis.growth.models import Credential


def issued(cast: Cast, **more: Any) -> Credential:
    """A badge of the person called `own`, for level 1 of ORG.5."""
    credential = issue_for_evidence(attested(cast.own, cast.coach), by=cast.own, **more)
    assert faults(document(credential), CREDENTIAL) == []
    return credential


def document(credential: Credential) -> dict[str, Any]:
    """The signed JSON of a badge."""
    found: dict[str, Any] = json.loads(credential.signed.document)
    return found
