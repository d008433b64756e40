"""Models of exchange: keys and status of credentials, documents, feeds, links to frameworks elsewhere, erasure."""

from trellis.exchange.models.calendar_feed import CalendarFeed
from trellis.exchange.models.erasure_request import ErasureRequest
from trellis.exchange.models.issuer_key import IssuerKey
from trellis.exchange.models.outside_link import OutsideLink
from trellis.exchange.models.signed_document import SignedDocument, Transcript
from trellis.exchange.models.status_list import StatusList, StatusPlace

__all__ = [
    "CalendarFeed",
    "ErasureRequest",
    "IssuerKey",
    "OutsideLink",
    "SignedDocument",
    "StatusList",
    "StatusPlace",
    "Transcript",
]
