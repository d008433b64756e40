"""Models of exchange: keys and status of credentials, documents, calendar feeds, links to frameworks elsewhere."""

from trellis.exchange.models.calendar_feed import CalendarFeed
from trellis.exchange.models.issuer_key import IssuerKey
from trellis.exchange.models.outside_link import OutsideLink
from trellis.exchange.models.signed_document import SignedDocument, Transcript
from trellis.exchange.models.status_list import StatusList, StatusPlace

__all__ = ["CalendarFeed", "IssuerKey", "OutsideLink", "SignedDocument", "StatusList", "StatusPlace", "Transcript"]
