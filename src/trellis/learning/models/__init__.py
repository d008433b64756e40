"""Models of learning: offerings, sessions, sign-ups, mails that wait; programmes from the call to the last capstone."""

from trellis.learning.models.application import Answer, Application, ApplicationStatus, Endorsement, Outcome
from trellis.learning.models.application_reading import BlindReading, Score
from trellis.learning.models.call import Call, CallCriterion, CallReader, CallStatus, Question
from trellis.learning.models.capstone import Capstone, CapstoneReading, CapstoneScore, CapstoneStatus
from trellis.learning.models.cohort import Cohort, CohortMember, CohortSession, PlanSharing
from trellis.learning.models.letter import Letter, LetterKind
from trellis.learning.models.material import Audience, OfferingMaterial
from trellis.learning.models.news import News, NewsKind
from trellis.learning.models.offer import Offer, OfferAnswer
from trellis.learning.models.offering import Format, Offering, OfferingCell, OfferingStatus, Place
from trellis.learning.models.programme import Programme, ProgrammeCell, RubricLine
from trellis.learning.models.session import Session, SessionLead, SessionStatus
from trellis.learning.models.sign_up import MarkedBy, SignUp, SignUpStatus

__all__ = [
    "Answer",
    "Application",
    "ApplicationStatus",
    "Audience",
    "BlindReading",
    "Call",
    "CallCriterion",
    "CallReader",
    "CallStatus",
    "Capstone",
    "CapstoneReading",
    "CapstoneScore",
    "CapstoneStatus",
    "Cohort",
    "CohortMember",
    "CohortSession",
    "Endorsement",
    "Format",
    "Letter",
    "LetterKind",
    "MarkedBy",
    "News",
    "NewsKind",
    "Offer",
    "OfferAnswer",
    "Offering",
    "OfferingCell",
    "OfferingMaterial",
    "OfferingStatus",
    "Outcome",
    "Place",
    "PlanSharing",
    "Programme",
    "ProgrammeCell",
    "Question",
    "RubricLine",
    "Score",
    "Session",
    "SessionLead",
    "SessionStatus",
    "SignUp",
    "SignUpStatus",
]
