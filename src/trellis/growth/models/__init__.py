"""Models of growth: role profiles, focus, plans."""

from trellis.growth.models.plan import Goal, Plan, Step
from trellis.growth.models.profile import Focus, ProfileTarget, RoleProfile

__all__ = ["Focus", "Goal", "Plan", "ProfileTarget", "RoleProfile", "Step"]
