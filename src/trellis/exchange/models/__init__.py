"""Models of exchange: keys, status and documents of credentials, feeds, links, directories, lists, erasure."""

from trellis.exchange.models.api_token import ApiToken
from trellis.exchange.models.calendar_feed import CalendarFeed
from trellis.exchange.models.directory import Directory, DirectoryToken
from trellis.exchange.models.directory_entry import DirectoryEntry
from trellis.exchange.models.erasure_request import ErasureRequest
from trellis.exchange.models.issuer_key import IssuerKey
from trellis.exchange.models.outside_link import OutsideLink
from trellis.exchange.models.people_import import ColumnChoice, ImportState, PeopleImport, UnitSpelling
from trellis.exchange.models.signed_document import SignedDocument, Transcript
from trellis.exchange.models.status_list import StatusList, StatusPlace
from trellis.exchange.models.webhook import Delivery, Event, Webhook

__all__ = [
    "ApiToken",
    "CalendarFeed",
    "ColumnChoice",
    "Delivery",
    "Directory",
    "DirectoryEntry",
    "DirectoryToken",
    "ErasureRequest",
    "Event",
    "ImportState",
    "IssuerKey",
    "OutsideLink",
    "PeopleImport",
    "SignedDocument",
    "StatusList",
    "StatusPlace",
    "Transcript",
    "UnitSpelling",
    "Webhook",
]
