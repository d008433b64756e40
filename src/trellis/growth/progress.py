"""How far a plan is, in what is done and never in points: its goals as the pages show them. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from trellis.framework.tree import EditionTree
from trellis.growth.joined import Proven
from trellis.growth.models import Goal, GoalStatus, Step
from trellis.growth.standing import Standing, ThemeStanding


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal with its steps apart by what is done, and beside it what the person's answers and evidence say."""

    goal: Goal
    waiting: tuple[Step, ...]
    done: tuple[Step, ...]
    own_reason: str
    mine: ThemeStanding | None
    proven: Proven | None

    @property
    def whole(self) -> int:
        """How many steps there are."""
        return len(self.waiting) + len(self.done)

    @property
    def level(self) -> int:
        """Where the person's answers stand, 0 when it is not known."""
        return self.mine.level if self.mine is not None else 0

    @property
    def is_there(self) -> bool:
        """Whether answers or evidence say the target level too."""
        proven = self.proven.level if self.proven is not None else 0
        return max(self.level, proven) >= self.goal.target_level


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan's goals by where they stand."""

    going: tuple[GoalView, ...]
    paused: tuple[GoalView, ...]
    reached: tuple[GoalView, ...]

    @property
    def waiting(self) -> tuple[Step, ...]:
        """The steps that wait, in the plan's order."""
        return tuple(step for each in self.going for step in each.waiting)

    @property
    def done(self) -> int:
        """How many steps of the goals that are worked on are done."""
        return sum(len(each.done) for each in self.going)

    @property
    def whole(self) -> int:
        """How many steps the goals that are worked on have."""
        return sum(each.whole for each in self.going)


def plan_view(
    goals: Iterable[Goal],
    *,
    own_reasons: Mapping[int, str],
    tree: EditionTree | None,
    standing: Standing | None,
    attested: Mapping[UUID, Iterable[int]],
) -> PlanView:
    """Return goals (with their steps read) as pages show them; `own_reasons` by the goals' keys."""
    mine = {each.theme.code: each for each in standing.themes} if standing is not None else {}
    found = [_view(goal, own_reasons.get(goal.pk, ""), mine.get(goal.theme_code), tree, attested) for goal in goals]
    by_status = {status: tuple(each for each in found if each.goal.status == status) for status in GoalStatus.values}
    return PlanView(
        by_status[GoalStatus.OPEN],
        by_status[GoalStatus.PAUSED],
        tuple(sorted(by_status[GoalStatus.REACHED], key=_reached_on, reverse=True)),
    )


def _reached_on(view: GoalView) -> dt.date:
    return view.goal.reached_on or dt.date.min


def _view(
    goal: Goal,
    own_reason: str,
    mine: ThemeStanding | None,
    tree: EditionTree | None,
    attested: Mapping[UUID, Iterable[int]],
) -> GoalView:
    steps = list(goal.steps.all())
    theme = tree.theme_by_code.get(goal.theme_code) if tree is not None else None
    levels = tuple(sorted(attested.get(theme.uid, ()))) if theme is not None else ()
    return GoalView(
        goal,
        tuple(step for step in steps if step.done_at is None),
        tuple(step for step in steps if step.done_at is not None),
        own_reason,
        mine if mine is not None and mine.is_known else None,
        Proven(levels) if levels else None,
    )
