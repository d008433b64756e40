"""Models of growth: role profiles, focus, plans, evidence and its readings, mentors."""

from trellis.growth.models.evidence import Evidence, EvidenceKind, EvidenceStatus, Part, SecondReading
from trellis.growth.models.evidence_reading import Decision, EvidenceEvent, Happening, Reading, ReadingAnswer
from trellis.growth.models.mentor import (
    OPEN_ASKS,
    AskState,
    Decline,
    FreeTime,
    MentorAsk,
    MentorOffer,
    MentorSearch,
    MentorSuggestion,
    SuggestionState,
)
from trellis.growth.models.mentorship import HowOften, MentorMeeting, Mentorship, Shares
from trellis.growth.models.plan import Goal, Plan, Step
from trellis.growth.models.profile import Focus, ProfileTarget, RoleProfile

__all__ = [
    "OPEN_ASKS",
    "AskState",
    "Decision",
    "Decline",
    "Evidence",
    "EvidenceEvent",
    "EvidenceKind",
    "EvidenceStatus",
    "Focus",
    "FreeTime",
    "Goal",
    "Happening",
    "HowOften",
    "MentorAsk",
    "MentorMeeting",
    "MentorOffer",
    "MentorSearch",
    "MentorSuggestion",
    "Mentorship",
    "Part",
    "Plan",
    "ProfileTarget",
    "Reading",
    "ReadingAnswer",
    "RoleProfile",
    "SecondReading",
    "Shares",
    "Step",
    "SuggestionState",
]
