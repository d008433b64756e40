"""The fictional association's badges: a building representative holds two, shows one, and a third waits for her."""

import random

from trellis.exchange.badges.issuing import issue_for_evidence
from trellis.growth.credential_actions import show_credential
from trellis.growth.credential_queries import ready_evidence
from trellis.growth.models import ShownName
from trellis.people.demo.cast import cast_member
from trellis.people.models import Person

_WAITS = "ORG.5.L1"


def load(rng: random.Random) -> None:
    """Issue the badges; needs the evidence of the association. Keys and places in status lists are never the same."""
    member = cast_member("building-representative")
    person = Person.objects.filter(email=member.email if member else None).first()
    if person is None:
        return
    ready = [evidence for evidence in ready_evidence(person) if evidence.cell_code != _WAITS]
    issued = [issue_for_evidence(evidence, by=person) for evidence in ready]
    for credential in issued[:1]:
        show_credential(credential, public=True, name=ShownName.NAME, outcome=True, by=person)
