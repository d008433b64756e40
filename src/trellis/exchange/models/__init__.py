"""Models of exchange: what credentials are signed with and how they are revoked, the documents, calendar feeds."""

from trellis.exchange.models.calendar_feed import CalendarFeed
from trellis.exchange.models.issuer_key import IssuerKey
from trellis.exchange.models.signed_document import SignedDocument, Transcript
from trellis.exchange.models.status_list import StatusList, StatusPlace

__all__ = ["CalendarFeed", "IssuerKey", "SignedDocument", "StatusList", "StatusPlace", "Transcript"]
