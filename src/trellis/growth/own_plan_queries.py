"""Reads of one's own plan, all of it: goals beside what answers and evidence say, opened words, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from trellis.core import clock
from trellis.framework.queries import crosswalk_of, main_tree
from trellis.framework.tree import EditionTree
from trellis.growth.access import own_goals, own_plan
from trellis.growth.evidence_queries import attested_levels
from trellis.growth.models import Goal, Plan
from trellis.growth.next_action import gaps
from trellis.growth.own_words import OwnWords, own_words
from trellis.growth.progress import PlanView, plan_view
from trellis.growth.queries import Aim, aim_of, standing_for
from trellis.growth.standing import Standing
from trellis.growth.what_next import WhatNext, what_next
from trellis.people.models import Person


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """A person's own plan as they see it. `plan` is None before there is one; `words` opens what they have sealed."""

    plan: Plan | None
    goals: tuple[Goal, ...]
    view: PlanView
    why: Mapping[str, str]
    words: OwnWords
    tree: EditionTree | None
    standing: Standing | None
    next: WhatNext | None
    aim: Aim | None  # what a suggestion stands on; not asked for while a step waits

    @property
    def has_standing(self) -> bool:
        """Whether the person has said where they stand in anything."""
        return self.standing is not None and self.standing.known > 0


def attested_in(tree: EditionTree, person: Person) -> dict[UUID, tuple[int, ...]]:
    """Return the levels that a person's evidence supports today, by this edition's theme uids; one query or two."""
    found = attested_levels(person)
    if not set(found) - {theme.uid for theme in tree.themes}:
        return found
    same = {other: uid for (other, _version), (uid, _) in crosswalk_of(tree.id).items()}
    return {same.get(uid, uid): levels for uid, levels in found.items()}


def read_own_plan(viewer: Person) -> OwnPlan:
    """Return the viewer's own plan; eight queries, and two more when no step waits."""
    plan = own_plan(viewer).first()
    words = own_words(viewer)
    goals = tuple(own_goals(viewer).prefetch_related("steps__session", "steps__offering")) if plan else ()
    tree = main_tree()
    standing = standing_for(tree, viewer) if tree else None
    view = plan_view(
        goals,
        own_reasons={goal.pk: words.read(goal.sealed).get("reason", "") for goal in goals},
        tree=tree,
        standing=standing,
        attested=attested_in(tree, viewer) if tree and goals else {},
    )
    aim = None
    if not view.waiting and tree is not None and standing is not None and standing.known:
        aim = aim_of(viewer, tree)
    why = words.read(plan.sealed) if plan else {}
    return OwnPlan(plan, goals, view, why, words, tree, standing, _next(goals, view, tree, standing, aim), aim)


def _next(
    goals: tuple[Goal, ...], view: PlanView, tree: EditionTree | None, standing: Standing | None, aim: Aim | None
) -> WhatNext | None:
    ways = []
    if aim is not None and tree is not None and standing is not None:
        ways = gaps(standing, targets=aim.targets, focus_domain=aim.domain_code, top=tree.top)
    return what_next(
        view.waiting,
        ways,
        taken={step.activity_uid for goal in goals for step in goal.steps.all() if step.activity_uid},
        today=clock.today(),
        has_ground=bool(goals) or (standing is not None and standing.known > 0),
    )
