"""Models of exchange: what credentials are signed with, where they can be revoked, and the signed documents."""

from trellis.exchange.models.issuer_key import IssuerKey
from trellis.exchange.models.signed_document import SignedDocument, Transcript
from trellis.exchange.models.status_list import StatusList, StatusPlace

__all__ = ["IssuerKey", "SignedDocument", "StatusList", "StatusPlace", "Transcript"]
