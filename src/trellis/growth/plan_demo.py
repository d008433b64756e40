"""Plans of the fictional association: three that are lived in, and begun ones of others in their local."""

import datetime as dt
import random
import uuid
from pathlib import Path
from typing import Any

import yaml

from trellis.core import audit, clock
from trellis.framework.queries import edition_tree, main_edition
from trellis.framework.tree import EditionTree, ThemeNode
from trellis.growth.cohort_demo import load_cohort_plans
from trellis.growth.models import CheckIn, Goal, GoalStatus, Plan, PlanSharing, Reflection, Step, StepKind
from trellis.growth.own_words import seal_words
from trellis.growth.plan_actions import first_activities
from trellis.growth.queries import levels
from trellis.growth.session_choices import session_choices
from trellis.growth.template_actions import load_templates
from trellis.people.demo.cast import CAST, cast_member
from trellis.people.models import Person, Unit
from trellis.people.queries import people_of

_FILE = Path(__file__).parent / "data" / "demo_plans.yaml"
_DAY = dt.timedelta(days=1)
_OTHERS = 40
_SHARED = (PlanSharing.NOTHING, PlanSharing.GOALS, PlanSharing.STEPS)


def load_plans(rng: random.Random) -> None:
    """Store ready plans, the plans of the cast, and plans of others in their local."""
    edition = main_edition()
    if edition is None:
        raise LookupError("the framework comes first")
    load_templates(edition, by=None)
    writer = _Writer(rng, edition_tree(edition))
    for content in yaml.safe_load(_FILE.read_text(encoding="utf-8")):
        member = cast_member(content["who"])
        person = Person.objects.filter(email=member.email).first() if member else None
        if person is not None:
            writer.lived_in(person, content)
    writer.begun()
    load_cohort_plans(rng, edition_tree(edition))
    audit.record(by=None, action="growth.plan.demo", target="plans:demo")


class _Writer:
    """Stores plans with days counted from today; uids come from the seeded source."""

    def __init__(self, rng: random.Random, tree: EditionTree) -> None:
        self._rng = rng
        self._tree = tree
        self._now = clock.now()
        self._today = clock.today()

    def lived_in(self, person: Person, content: dict[str, Any]) -> None:
        """Store a plan as the file tells it."""
        plan = Plan.objects.create(
            uid=self._uid(),
            person=person,
            sealed=seal_words(person, content.get("why", {})),
            shared_with_mentors=content["sharing"],
            check_in_weeks=content.get("check_in_weeks"),
            check_in_on=self._day(content["next_check_in"]) if "next_check_in" in content else None,
            created_at=self._at(min(goal["begun"] for goal in content["goals"])),
        )
        goals = {told["theme"]: self._goal(plan, person, told) for told in content["goals"]}
        for told in content.get("check_ins", ()):
            words = {name: told[name] for name in ("did", "hindered", "next")}
            CheckIn.objects.create(
                uid=self._uid(), plan=plan, sealed=seal_words(person, words), at=self._at(told["day"])
            )
        for told in content.get("reflections", ()):
            Reflection.objects.create(
                uid=self._uid(),
                plan=plan,
                goal=goals[told["about"]],
                sealed=seal_words(person, {"text": told["text"]}),
                at=self._at(told["day"]),
            )

    def _goal(self, plan: Plan, person: Person, told: dict[str, Any]) -> Goal:
        theme = self._tree.theme_by_code[told["theme"]]
        status = GoalStatus.OPEN
        if "reached" in told or "paused" in told:
            status = GoalStatus.REACHED if "reached" in told else GoalStatus.PAUSED
        goal = Goal.objects.create(
            uid=self._uid(),
            plan=plan,
            theme_code=theme.code,
            theme_name=theme.short,
            target_level=told["level"],
            reason=told.get("reason", ""),
            sealed=seal_words(person, {"reason": told.get("own_reason", "")}),
            due_on=self._day(max(step["due"] for step in told["steps"])),
            status=status,
            reached_on=self._day(told["reached"]) if "reached" in told else None,
            created_at=self._at(told["begun"]),
        )
        steps = [self._step(goal, theme, person, step, place) for place, step in enumerate(told["steps"], 1)]
        Step.objects.bulk_create(step for step in steps if step is not None)
        return goal

    def _step(self, goal: Goal, theme: ThemeNode, person: Person, told: dict[str, Any], place: int) -> Step | None:
        step = Step(uid=self._uid(), goal=goal, order=place, due_on=self._day(told["due"]))
        step.created_at = step.changed_at = goal.created_at
        step.sealed = seal_words(person, {name: told.get(name, "") for name in ("with_whom", "notes")})
        if "done" in told:
            step.done_at = step.changed_at = self._at(told["done"])
        if "activity" in told:
            activity = theme.cell(told["level"]).activities[told["activity"] - 1]
            step.kind, step.activity_uid, step.text = StepKind.ACTIVITY, activity.uid, activity.text
        elif "offering" in told:
            taught = session_choices(theme.uid, range(1, goal.target_level + 1), most=1)
            if not taught:
                return None  # where the catalogue teaches nothing of it, there is no such step
            step.kind, step.offering, step.text = StepKind.SESSION, taught[0].offering, taught[0].offering.title
        else:
            step.text = told["text"]
        return step

    def begun(self) -> None:
        """Store begun plans of others who have said where they stand, in the local of the cast."""
        local = Unit.objects.filter(name="Riverside ESP Association").first()
        if local is None:
            return
        named = [one.email for one in CAST]
        people = list(people_of(local).exclude(email__in=named).order_by("pk"))
        known = levels(self._tree, people)
        some = self._rng.sample([one for one in people if known.get(one.pk)], k=min(_OTHERS, len(known)))
        plans = [
            Plan(
                uid=self._uid(),
                person=person,
                shared_with_mentors=self._rng.choice(_SHARED),
                created_at=self._at(-self._rng.randint(20, 300)),
            )
            for person in some
        ]
        Plan.objects.bulk_create(plans)
        goals, steps = [], []
        for plan in plans:
            stands = known[plan.person_id]
            codes = sorted((code for code, level in stands.items() if level < self._tree.top), key=stands.__getitem__)
            for code in self._rng.sample(codes[:8], k=min(2, len(codes))):
                goal, own = self._begun_goal(plan, self._tree.theme_by_code[code], stands[code])
                goals.append(goal)
                steps += own
        Goal.objects.bulk_create(goals)
        Step.objects.bulk_create(steps)

    def _begun_goal(self, plan: Plan, theme: ThemeNode, level: int) -> tuple[Goal, list[Step]]:
        goal = Goal(
            uid=self._uid(),
            plan=plan,
            theme_code=theme.code,
            theme_name=theme.short,
            target_level=level + 1,
            created_at=plan.created_at,
        )
        done = self._rng.randint(0, 2)
        steps = []
        for place, activity in enumerate(first_activities(theme, level=level, target=level + 1), 1):
            step = Step(uid=self._uid(), goal=goal, kind=StepKind.ACTIVITY, activity_uid=activity.uid)
            step.text, step.order = activity.text, place
            step.due_on = self._day((place - done) * 30 + self._rng.randint(-9, 9))
            step.created_at = step.changed_at = goal.created_at
            if place <= done:
                step.done_at = step.changed_at = self._at(-self._rng.randint(1, 19))
            steps.append(step)
        goal.due_on = max((step.due_on for step in steps if step.due_on), default=None)
        return goal, steps

    def _uid(self) -> uuid.UUID:
        return uuid.UUID(int=self._rng.getrandbits(128), version=4)

    def _day(self, days: int) -> dt.date:
        return self._today + days * _DAY

    def _at(self, days: int) -> dt.datetime:
        return self._now + days * _DAY
