"""Loads people's part of the fictional association; the same every time for the same random source."""

import random

from allauth.account.models import EmailAddress

from trellis.core import audit
from trellis.people.actions import load_roles
from trellis.people.demo.members import draw_members
from trellis.people.demo.offices import fill_offices
from trellis.people.demo.units import plant


def load(rng: random.Random) -> None:
    """Store roles, units, persons, memberships and terms; needs a transaction around it."""
    load_roles(by=None)
    association = plant(rng)
    members = draw_members(rng, association)
    members.store()
    fill_offices(rng, association, members)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in members.cast.values()
    )
    audit.record(
        by=None,
        action="people.demo",
        target=f"unit:{association.national.uid}",
        detail={"persons": len(members.persons)},
    )
