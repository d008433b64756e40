"""Which sessions of the catalogue a goal offers: those that teach what is missing, the lowest level first."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q

from trellis.core import clock
from trellis.growth.access import own_goals, own_steps
from trellis.growth.models import Goal
from trellis.learning.models import Format, Offering, OfferingCell, OfferingStatus, Session, SessionStatus
from trellis.learning.models.offering import Place
from trellis.people.models import Person

MOST = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """An offering with its next dates; none for what is learned at one's own pace."""

    offering: Offering
    level: int
    sessions: tuple[Session, ...]

    @property
    def first(self) -> dt.datetime | None:
        """When the next one begins."""
        return self.sessions[0].starts_at if self.sessions else None


def upcoming(offering: Offering | None = None) -> Q:
    """Return the condition for sessions that one can still go to, of one offering or of any."""
    ahead = Q(status=SessionStatus.PLANNED, starts_at__gt=clock.now(), offering__status=OfferingStatus.LISTED)
    return ahead & Q(offering=offering) if offering is not None else ahead


def goals_taught_by(viewer: Person, offering_uid: UUID) -> list[tuple[Goal, bool]]:
    """Return the viewer's goals an offering teaches for, and whether it is a step of each already; three queries."""
    taught = dict(
        OfferingCell.objects.filter(offering__uid=offering_uid, place=Place.TEACHES)
        .order_by("-level")
        .values_list("theme_code", "level")
    )
    if not taught:
        return []
    goals = [
        goal
        for goal in own_goals(viewer).going().filter(theme_code__in=taught)
        if taught[goal.theme_code] <= goal.target_level
    ]
    steps = own_steps(viewer).filter(goal__in=goals, offering__uid=offering_uid)
    there = set(steps.values_list("goal_id", flat=True)) if goals else set()
    return [(goal, goal.pk in there) for goal in goals]


def session_choices(theme_uid: UUID, levels: Collection[int], *, most: int = MOST) -> list[Choice]:
    """Return what the catalogue teaches of a theme at these levels, lowest level first, then the earliest date.

    Only what one can still go to, or take up at any time. Two queries.
    """
    cells = (
        OfferingCell.objects.filter(
            theme_uid=theme_uid, level__in=levels, place=Place.TEACHES, offering__status=OfferingStatus.LISTED
        )
        .select_related("offering")
        .prefetch_related(Prefetch("offering__sessions", queryset=Session.objects.filter(upcoming()), to_attr="ahead"))
    )
    found: dict[int, Choice] = {}
    for cell in sorted(cells, key=lambda each: (each.level, each.pk)):
        ahead: list[Session] = getattr(cell.offering, "ahead", [])
        if ahead or cell.offering.format == Format.SELF_PACED:
            found.setdefault(cell.offering_id, Choice(cell.offering, cell.level, tuple(ahead[:3])))
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(found.values(), key=lambda one: (one.level, one.first or far, one.offering.title))[:most]
