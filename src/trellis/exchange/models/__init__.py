"""Models of exchange: keys and status of credentials, documents, calendar feeds, outside links, lists of members."""

from trellis.exchange.models.calendar_feed import CalendarFeed
from trellis.exchange.models.issuer_key import IssuerKey
from trellis.exchange.models.outside_link import OutsideLink
from trellis.exchange.models.people_import import ColumnChoice, ImportState, PeopleImport, UnitSpelling
from trellis.exchange.models.signed_document import SignedDocument, Transcript
from trellis.exchange.models.status_list import StatusList, StatusPlace

__all__ = [
    "CalendarFeed",
    "ColumnChoice",
    "ImportState",
    "IssuerKey",
    "OutsideLink",
    "PeopleImport",
    "SignedDocument",
    "StatusList",
    "StatusPlace",
    "Transcript",
    "UnitSpelling",
]
