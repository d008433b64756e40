"""Models of learning: offerings, sessions, sign-ups."""

from trellis.learning.models.offering import Format, Offering, OfferingCell, OfferingStatus, Place
from trellis.learning.models.session import Session, SessionLead, SessionStatus
from trellis.learning.models.sign_up import MarkedBy, SignUp, SignUpStatus

__all__ = [
    "Format",
    "MarkedBy",
    "Offering",
    "OfferingCell",
    "OfferingStatus",
    "Place",
    "Session",
    "SessionLead",
    "SessionStatus",
    "SignUp",
    "SignUpStatus",
]
