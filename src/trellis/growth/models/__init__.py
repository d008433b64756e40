"""Models of growth: role profiles, focus, plans with journal and templates, evidence and readings, credentials."""

from trellis.growth.models.credential import Credential, CredentialKind, Revocation, ShownName
from trellis.growth.models.evidence import Evidence, EvidenceKind, EvidenceStatus, Part, SecondReading
from trellis.growth.models.evidence_reading import Decision, EvidenceEvent, Happening, Reading, ReadingAnswer
from trellis.growth.models.journal import CheckIn, OwnKey, Reflection
from trellis.growth.models.plan import Goal, GoalStatus, Plan, PlanSharing, Step, StepKind
from trellis.growth.models.plan_template import PlanTemplate, TemplateGoal, TemplateStep
from trellis.growth.models.profile import Focus, ProfileTarget, RoleProfile

__all__ = [
    "CheckIn",
    "Credential",
    "CredentialKind",
    "Decision",
    "Evidence",
    "EvidenceEvent",
    "EvidenceKind",
    "EvidenceStatus",
    "Focus",
    "Goal",
    "GoalStatus",
    "Happening",
    "OwnKey",
    "Part",
    "Plan",
    "PlanSharing",
    "PlanTemplate",
    "ProfileTarget",
    "Reading",
    "ReadingAnswer",
    "Reflection",
    "Revocation",
    "RoleProfile",
    "SecondReading",
    "ShownName",
    "Step",
    "StepKind",
    "TemplateGoal",
    "TemplateStep",
]
