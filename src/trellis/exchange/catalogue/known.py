"""What is there already, and which of it a row means: by its ID, by the unit's own number, by its name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from rapidfuzz import fuzz, process

from trellis.exchange.tables.mapping import plain
from trellis.learning.models import Offering, OfferingStatus, Session
from trellis.people.models import Unit, within

# rapidfuzz's token_sort_ratio, 0 to 100: "Story of self, us, now" and "Story of Self, Us and Now" have 91, and two
# parts of a course ("Organizing 1", "Organizing 2") 92: so a likeness is only ever a question.
LIKELY = 85.0


class KnownOfferings:
    """The offerings of a unit and of those inside it, and those of others that are named by their ID."""

    def __init__(self, unit: Unit, uids: Iterable[UUID]) -> None:
        inside = Q(within([unit], "unit__"))
        named = Q(uid__in=list(uids)) & ~Q(status=OfferingStatus.DRAFT)
        found = Offering.objects.filter(inside | named).select_related("unit").prefetch_related("cells")
        self.unit = unit
        self.by_uid = {offering.uid: offering for offering in found.order_by("pk")}
        own = [offering for offering in self.by_uid.values() if offering.unit_id == unit.pk]
        self.by_key = {offering.key: offering for offering in own if offering.key}
        self.by_title: dict[str, list[Offering]] = defaultdict(list)
        for offering in own:
            self.by_title[plain(offering.title)].append(offering)

    def may_change(self, offering: Offering) -> bool:
        """Say whether the offering belongs to the unit, or to one inside it."""
        unit = offering.unit
        return bool(unit.tree_id == self.unit.tree_id and self.unit.lft <= unit.lft <= self.unit.rgt)

    def likest(self, title: str) -> Offering | None:
        """Return the unit's own offering whose title is nearly this one, or None."""
        found = process.extractOne(plain(title), list(self.by_title), scorer=fuzz.token_sort_ratio, score_cutoff=LIKELY)
        return self.by_title[found[0]][0] if found else None


class KnownSessions:
    """The sessions of a unit and of those inside it, and how many have a seat in each."""

    def __init__(self, unit: Unit) -> None:
        found = Session.objects.filter(within([unit], "unit__")).with_counts().select_related("offering", "unit")
        self.by_uid = {session.uid: session for session in found.order_by("starts_at", "pk")}
        own = [session for session in self.by_uid.values() if session.unit_id == unit.pk]
        self.by_key = {session.key: session for session in own if session.key}
        self.by_start: dict[tuple[int, datetime], Session] = {}
        for session in own:
            to_the_minute = session.starts_at.astimezone(UTC).replace(second=0, microsecond=0)
            self.by_start.setdefault((session.offering_id, to_the_minute), session)

    def named(self, said: Mapping[str, Any]) -> Session | None:
        """Return the session whose ID, or else whose number, a row says; None when there is none, or none is said."""
        uid, key = said.get("session_uid"), said.get("session_key")
        return self.by_uid.get(uid) if uid is not None else self.by_key.get(key) if key is not None else None
