"""Models of growth: role profiles, focus, plans, evidence and its readings."""

from trellis.growth.models.evaluation import Effect, SessionEvaluation
from trellis.growth.models.evidence import Evidence, EvidenceKind, EvidenceStatus, Part, SecondReading
from trellis.growth.models.evidence_reading import Decision, EvidenceEvent, Happening, Reading, ReadingAnswer
from trellis.growth.models.need import NeedCount, NeedRelease
from trellis.growth.models.passed_over import PassedOver
from trellis.growth.models.plan import Goal, Plan, Step
from trellis.growth.models.profile import Focus, ProfileTarget, RoleProfile

__all__ = [
    "Decision",
    "Effect",
    "Evidence",
    "EvidenceEvent",
    "EvidenceKind",
    "EvidenceStatus",
    "Focus",
    "Goal",
    "Happening",
    "NeedCount",
    "NeedRelease",
    "Part",
    "PassedOver",
    "Plan",
    "ProfileTarget",
    "Reading",
    "ReadingAnswer",
    "RoleProfile",
    "SecondReading",
    "SessionEvaluation",
    "Step",
]
