"""What an import would do, row by row, for a person to read before anything is stored."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from trellis.exchange.catalogue.sheets import Refusal, Sheets
from trellis.exchange.tables.place import Place
from trellis.learning.actions import OfferingContent, SessionContent
from trellis.learning.models import Offering, Session
from trellis.people.models import Unit


class Fate(StrEnum):
    """What an import does with an offering or a session."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes: the column's key, and what it says before and after, in words."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class OfferingStep:
    """An offering with what it will say, and whether the catalogue will list it; `known` is None for a new one."""

    place: Place
    fate: Fate
    content: OfferingContent
    status: str
    known: Offering | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionStep:
    """A session with what it will say, and the offering that it belongs to, which may be new itself."""

    place: Place
    fate: Fate
    offering: OfferingStep
    content: SessionContent
    is_cancelled: bool = False
    known: Session | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """An offering that would be new, but has nearly the name of one that is there; `token` is how it is answered."""

    token: str
    place: Place
    title: str
    known: Offering


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps in the order of the file, what is refused, and what a person has to say first."""

    sheets: Sheets
    unit: Unit
    offerings: Sequence[OfferingStep] = ()
    sessions: Sequence[SessionStep] = ()
    refusals: Sequence[Refusal] = ()
    likenesses: Sequence[Likeness] = ()
    ambiguous: Sequence[Place] = field(default_factory=tuple)

    @property
    def steps(self) -> tuple[OfferingStep | SessionStep, ...]:
        """All steps, offerings first."""
        return (*self.offerings, *self.sessions)

    @property
    def does_something(self) -> bool:
        """Whether running it would change anything."""
        return any(step.fate is not Fate.SAME for step in self.steps)

    @property
    def asks(self) -> bool:
        """Whether a person has to answer something before it can run."""
        unnamed = any(sheet.names_nothing or sheet.header.twins for sheet in self.sheets.sheets)
        return bool(self.likenesses or self.ambiguous or unnamed)

    @property
    def fingerprint(self) -> str:
        """What tells this plan from another: run is only what was shown."""
        steps = [
            (str(step.place), step.fate, str(step.content), step.known.pk if step.known else 0, step.changes)
            for step in self.steps
        ]
        return hashlib.sha256(repr(steps).encode()).hexdigest()

    def count(self, fate: Fate) -> tuple[int, int]:
        """Return how many offerings and how many sessions have this fate."""
        return sum(step.fate is fate for step in self.offerings), sum(step.fate is fate for step in self.sessions)
