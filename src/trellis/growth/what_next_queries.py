"""Reads for what comes next: the same one thing on home, plan and standing."""

from dataclasses import dataclass

from trellis.core import clock
from trellis.framework.queries import main_tree
from trellis.framework.tree import EditionTree
from trellis.growth.access import own_goals, own_steps
from trellis.growth.models import GoalStatus, Step
from trellis.growth.next_action import Gap, gaps
from trellis.growth.queries import Aim, aim_of, standing_for
from trellis.growth.standing import Standing
from trellis.growth.what_next import WhatNext, what_next
from trellis.people.models import Person


@dataclass(frozen=True, slots=True)
class Ground:
    """What suggestions stand on: the edition, where the person stands, and what they grow towards."""

    tree: EditionTree
    standing: Standing
    aim: Aim

    @property
    def ways(self) -> list[Gap]:
        """The themes to grow in, most worthwhile first."""
        return gaps(self.standing, targets=self.aim.targets, focus_domain=self.aim.domain_code, top=self.tree.top)


def ground_of(viewer: Person, tree: EditionTree | None = None) -> Ground | None:
    """Return what suggestions for a person stand on, None before there is a framework; five queries at most."""
    tree = tree or main_tree()
    return Ground(tree, standing_for(tree, viewer), aim_of(viewer, tree)) if tree else None


def waiting_steps(viewer: Person) -> list[Step]:
    """Return the steps of the viewer's plan that wait, in its order, with their goals; one query."""
    return [step for step in _steps(viewer) if _waits(step)]


def what_next_for(viewer: Person, *, ground: Ground | None = None) -> WhatNext | None:
    """Return the one thing that the viewer does next; None when there is neither a standing nor a plan.

    `ground` is taken when it is known. One query for who has a step that waits, seven at most for others.
    """
    steps = _steps(viewer)
    waiting = [step for step in steps if _waits(step)]
    if not waiting:
        ground = ground or ground_of(viewer)
    return what_next(
        waiting,
        ground.ways if ground is not None and not waiting else (),
        taken={step.activity_uid for step in steps if step.activity_uid is not None},
        today=clock.today(),
        has_ground=bool(steps) or bool(ground and ground.standing.known) or own_goals(viewer).exists(),
    )


def _steps(viewer: Person) -> list[Step]:
    return list(own_steps(viewer).order_by("goal__created_at", "goal", "order", "pk"))


def _waits(step: Step) -> bool:
    return step.done_at is None and step.goal.status == GoalStatus.OPEN
