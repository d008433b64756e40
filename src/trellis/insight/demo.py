"""Insight's share of the fictional association: what people say of themselves, two waves, and their releases."""

import datetime as dt
import random

from django.core.management import call_command

from trellis.core import clock
from trellis.insight.actions import close_wave, open_wave
from trellis.people.models import OwnGroup, Person
from trellis.people.own_groups import own_attributes

# Most have said which group they count themselves in; each group is smaller than the one before it.
_SHARE_SAYING, _NEXT = 0.8, 0.45
_WAVES = (
    ("fall-2025", "Fall 2025", dt.date(2025, 10, 1), dt.date(2025, 11, 15)),
    ("fall-2026", "Fall 2026", dt.date(2026, 10, 1), dt.date(2026, 11, 15)),
)


def load(rng: random.Random) -> None:
    """Store groups and waves, and release the waves that are over; needs the people and their answers."""
    _say_groups(rng)
    over = []
    for code, name, opens_on, closes_on in _WAVES:
        wave = open_wave(code=code, name=name, opens_on=opens_on, closes_on=closes_on, by=None)
        if clock.today() > closes_on:
            over.append(close_wave(wave, by=None).code)
    # As commands, so that the engine is read in by those alone who load the demo.
    call_command("refresh_insight", verbosity=0)
    for code in over:
        call_command("release_insight", code, verbosity=0)


def _say_groups(rng: random.Random) -> None:
    said = []
    for person in Person.objects.filter(is_active=True).order_by("pk"):
        for attribute in own_attributes():
            if rng.random() < _SHARE_SAYING:
                # Largest first: the last that the file names.
                codes = [group.code for group in reversed(attribute.groups)]
                weights = [_NEXT**place for place in range(len(codes))]
                (group,) = rng.choices(codes, weights)
                said.append(OwnGroup(person=person, attribute=attribute.code, group=group))
    OwnGroup.objects.bulk_create(said, batch_size=500)
