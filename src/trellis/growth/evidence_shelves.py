"""A member's evidence put on shelves by what there is to do about it. A pure arrangement."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.growth.evidence_rules import RENEWAL_DAYS
from trellis.growth.models import Evidence, EvidenceStatus


@dataclass(slots=True)
class Shelf:
    """One group of the list, with a line that says what it means."""

    key: str
    title: Any
    meaning: Any
    rows: list[Evidence] = field(default_factory=list)


def shelved(rows: Iterable[Evidence]) -> list[Shelf]:
    """Return the shelves that hold something, what needs the member first; rows keep their order."""
    shelves = {
        shelf.key: shelf
        for shelf in (
            Shelf("returned", _("Sent back to you"), _("A coach says what is missing. Mend it and send it again.")),
            Shelf("renew", _("Ends soon"), _("Renew it, and it goes on counting.")),
            Shelf("submitted", _("Waits for a coach"), _("You can still change it or take it back.")),
            Shelf("counts", _("Counts now"), _("A coach has attested it. It supports where you stand.")),
            Shelf("expired", _("Its time is over"), _("It no longer counts. Only you can read it.")),
            Shelf("withdrawn", _("Taken back"), _("What it pointed at is deleted; only this line stays.")),
        )
    }
    for row in rows:
        shelves[_shelf_of(row, clock.today())].rows.append(row)
    return [shelf for shelf in shelves.values() if shelf.rows]


def asks_for_renewal(evidence: Evidence, today: dt.date) -> bool:
    """Say whether it ends soon, and nothing was sent to take its place; needs `renewals` at hand."""
    renewed = any(each.status != EvidenceStatus.WITHDRAWN for each in evidence.renewals.all())
    last = evidence.expires_on
    return evidence.counts and not renewed and last is not None and (last - today).days <= RENEWAL_DAYS


def _shelf_of(evidence: Evidence, today: dt.date) -> str:
    if evidence.status != EvidenceStatus.ATTESTED:
        return str(evidence.status)
    if evidence.is_expired:
        return "expired"
    return "renew" if asks_for_renewal(evidence, today) else "counts"
