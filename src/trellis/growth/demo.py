"""The fictional association's role profiles, evidence, and a building representative's closer looks."""

import random

from trellis.framework.queries import edition_tree, main_edition
from trellis.growth.actions import load_profiles
from trellis.growth.closer_demo import load_closer_looks
from trellis.growth.evidence_demo import load_evidence
from trellis.people.demo.cast import cast_member
from trellis.people.models import Person


def load(rng: random.Random) -> None:
    """Store the profiles, the evidence and the closer looks; needs the framework and the people of the association."""
    edition = main_edition()
    if edition is None:
        raise LookupError("the framework comes first")
    load_profiles(edition, by=None)
    load_evidence(rng, edition)
    member = cast_member("building-representative")
    person = Person.objects.filter(email=member.email if member else None).first()
    if person is None:
        return
    themes = edition_tree(edition).theme_by_code
    load_closer_looks(rng, person, edition, [themes["SFH.3"], themes["SFH.4"]])
