"""Models of assessment: instruments, rounds, responses, ratings; the 360; a unit's readiness."""

from trellis.assessment.models.estimate import Estimate
from trellis.assessment.models.instrument import Instrument, Moment, Round
from trellis.assessment.models.readiness import AgreedStatus, Readiness, ReadinessMeeting
from trellis.assessment.models.response import Rating, Relation, Remark, Response
from trellis.assessment.models.threesixty import (
    Envelope,
    Exclusion,
    Invitation,
    Rater,
    RaterState,
    Release,
    ThreeSixty,
    ThreeSixtyState,
)

__all__ = [
    "AgreedStatus",
    "Envelope",
    "Estimate",
    "Exclusion",
    "Instrument",
    "Invitation",
    "Moment",
    "Rater",
    "RaterState",
    "Rating",
    "Readiness",
    "ReadinessMeeting",
    "Relation",
    "Release",
    "Remark",
    "Response",
    "Round",
    "ThreeSixty",
    "ThreeSixtyState",
]
