"""Models of growth: role profiles, focus, plans with journal and templates, evidence, mentors, credentials."""

from trellis.growth.models.credential import Credential, CredentialKind, Revocation, ShownName
from trellis.growth.models.evaluation import Effect, SessionEvaluation
from trellis.growth.models.evidence import Evidence, EvidenceKind, EvidenceStatus, Part, SecondReading
from trellis.growth.models.evidence_reading import Decision, EvidenceEvent, Happening, Reading, ReadingAnswer
from trellis.growth.models.journal import CheckIn, OwnKey, Reflection
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
from trellis.growth.models.need import NeedCount, NeedRelease
from trellis.growth.models.passed_over import PassedOver
from trellis.growth.models.plan import Goal, GoalStatus, Plan, PlanSharing, Step, StepKind
from trellis.growth.models.plan_template import PlanTemplate, TemplateGoal, TemplateStep
from trellis.growth.models.profile import Focus, ProfileTarget, RoleProfile

__all__ = [
    "OPEN_ASKS",
    "AskState",
    "CheckIn",
    "Credential",
    "CredentialKind",
    "Decision",
    "Decline",
    "Effect",
    "Evidence",
    "EvidenceEvent",
    "EvidenceKind",
    "EvidenceStatus",
    "Focus",
    "FreeTime",
    "Goal",
    "GoalStatus",
    "Happening",
    "HowOften",
    "MentorAsk",
    "MentorMeeting",
    "MentorOffer",
    "MentorSearch",
    "MentorSuggestion",
    "Mentorship",
    "NeedCount",
    "NeedRelease",
    "OwnKey",
    "Part",
    "PassedOver",
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
    "SessionEvaluation",
    "Shares",
    "ShownName",
    "Step",
    "StepKind",
    "SuggestionState",
    "TemplateGoal",
    "TemplateStep",
]
