"""Models of learning: offerings with their materials, sessions, sign-ups, and mails that wait."""

from trellis.learning.models.letter import Letter, LetterKind
from trellis.learning.models.material import Audience, OfferingMaterial
from trellis.learning.models.offering import Format, Offering, OfferingCell, OfferingStatus, Place
from trellis.learning.models.session import Session, SessionLead, SessionStatus
from trellis.learning.models.sign_up import MarkedBy, SignUp, SignUpStatus

__all__ = [
    "Audience",
    "Format",
    "Letter",
    "LetterKind",
    "MarkedBy",
    "Offering",
    "OfferingCell",
    "OfferingMaterial",
    "OfferingStatus",
    "Place",
    "Session",
    "SessionLead",
    "SessionStatus",
    "SignUp",
    "SignUpStatus",
]
