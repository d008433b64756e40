"""Insight's share of the fictional association: more locals, what people say of themselves, two waves, releases."""

import datetime as dt
import random

from django.core.management import call_command

from trellis.core import clock
from trellis.insight.actions import close_wave, open_wave
from trellis.insight.demo_locals import load_locals
from trellis.insight.view_actions import save_view
from trellis.people.demo.cast import cast_member
from trellis.people.models import OwnGroup, Person, Unit, UnitKind
from trellis.people.own_groups import own_attributes

# Most have said which group they count themselves in; each group is smaller than the one before it.
_SHARE_SAYING, _NEXT = 0.8, 0.45
_WAVES = (
    ("fall-2025", "Fall 2025", dt.date(2025, 10, 1), dt.date(2025, 11, 15)),
    ("fall-2026", "Fall 2026", dt.date(2026, 10, 1), dt.date(2026, 11, 15)),
)


def load(rng: random.Random) -> None:
    """Store groups and waves, and release the waves that are over; needs the people and their answers."""
    load_locals(rng)
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
    _save_views()


def _save_views() -> None:
    """Two views that the state's staff come back to."""
    staff = cast_member("state-staff")
    person = Person.objects.filter(email=staff.email if staff else "").first()
    state = Unit.objects.filter(kind=UnitKind.STATE, name=str(staff.place) if staff else "").first()
    if person is not None and state is not None:
        for name, page, attribute in (("Alder, for the board", "stand", ""), ("Growth by years", "growth", "years")):
            save_view(name, page=page, unit=state, wave="", level=2, attribute=attribute, by=person)


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
