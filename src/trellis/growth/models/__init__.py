"""Models of growth: role profiles, focus, plans, evidence and its readings."""

from trellis.growth.models.evidence import Evidence, EvidenceKind, EvidenceStatus, Part, SecondReading
from trellis.growth.models.evidence_reading import Decision, EvidenceEvent, Happening, Reading, ReadingAnswer
from trellis.growth.models.plan import Goal, Plan, Step
from trellis.growth.models.profile import Focus, ProfileTarget, RoleProfile

__all__ = [
    "Decision",
    "Evidence",
    "EvidenceEvent",
    "EvidenceKind",
    "EvidenceStatus",
    "Focus",
    "Goal",
    "Happening",
    "Part",
    "Plan",
    "ProfileTarget",
    "Reading",
    "ReadingAnswer",
    "RoleProfile",
    "SecondReading",
    "Step",
]
