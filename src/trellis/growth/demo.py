"""The fictional association's role profiles, a plan that a building representative has begun, and evidence."""

import random

from trellis.framework.queries import edition_tree, main_edition
from trellis.growth.actions import load_profiles
from trellis.growth.closer_demo import load_closer_looks
from trellis.growth.evidence_demo import load_evidence
from trellis.growth.plan_actions import add_to_plan
from trellis.growth.step_actions import mark_step
from trellis.people.demo.cast import cast_member
from trellis.people.models import Person


def load(rng: random.Random) -> None:
    """Store the profiles, the plan and the evidence; needs the framework and the people of the association."""
    edition = main_edition()
    if edition is None:
        raise LookupError("the framework comes first")
    load_profiles(edition, by=None)
    load_evidence(rng, edition)
    member = cast_member("building-representative")
    person = Person.objects.filter(email=member.email if member else None).first()
    if person is None:
        return
    tree = edition_tree(edition)
    goal = add_to_plan(tree.themes[-2], tree, target=1, reason="", by=person)
    first = goal.steps.first()
    if first is not None:
        mark_step(first, done=True, by=person)
    other = tree.themes[-3]
    add_to_plan(other, tree, target=1, reason="", by=person)
    load_closer_looks(rng, person, edition, [other, tree.themes[-2]])
