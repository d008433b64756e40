"""Models of growth: role profiles, focus, plans, evidence and its readings, credentials."""

from trellis.growth.models.credential import Credential, CredentialKind, Revocation, ShownName
from trellis.growth.models.evidence import Evidence, EvidenceKind, EvidenceStatus, Part, SecondReading
from trellis.growth.models.evidence_reading import Decision, EvidenceEvent, Happening, Reading, ReadingAnswer
from trellis.growth.models.plan import Goal, Plan, Step
from trellis.growth.models.profile import Focus, ProfileTarget, RoleProfile

__all__ = [
    "Credential",
    "CredentialKind",
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
    "Revocation",
    "RoleProfile",
    "SecondReading",
    "ShownName",
    "Step",
]
