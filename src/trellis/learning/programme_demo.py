"""Programmes of the fictional association: a finished cohort, a running one, calls that are open, read and decided."""

import datetime as dt
import random
from typing import Any

from trellis.core import audit, clock
from trellis.learning.demo_calls import Round, fill_call, found_programme, read_texts
from trellis.learning.demo_cohorts import Group, form_cohort
from trellis.learning.models import CallStatus, OfferAnswer, Outcome, Programme
from trellis.people.demo.cast import CAST
from trellis.people.models import Person, Unit
from trellis.people.queries import people_of

STATE = "Alder Education Association"


def load(rng: random.Random) -> None:
    """Store all of it; needs the people and the framework. Does nothing without the state and the cast."""
    state = Unit.objects.filter(name=STATE).first()
    cast = {one.key: person for one in CAST if (person := Person.objects.filter(email=one.email).first()) is not None}
    if state is None or len(cast) < len(CAST):
        return
    texts = read_texts()
    programmes = {item["key"]: found_programme(rng, state, item) for item in texts["programmes"]}
    _rounds(rng, texts, programmes, cast, state)
    audit.record(by=None, action="programme.demo", target=f"unit:{state.uid}", detail={"programmes": len(programmes)})


def _rounds(
    rng: random.Random, texts: dict[str, Any], programmes: dict[str, Programme], cast: dict[str, Person], state: Unit
) -> None:
    """One round of each kind: finished, running, being read, decided, open."""
    named = {person.pk for person in cast.values()}
    crowd = [person for person in people_of(state).order_by("pk") if person.pk not in named]
    rng.shuffle(crowd)
    officers = set(Person.objects.filter(terms__isnull=False).values_list("pk", flat=True))
    free = [person for person in crowd if person.pk not in officers]
    readers, crowd = free[:4], [person for person in crowd if person not in free[:4]]
    today, keoni = clock.today(), cast["state-staff"]
    rosa, samuel = cast["building-representative"], cast["local-president"]

    def ago(days: int) -> dt.date:
        return today - dt.timedelta(days=days)

    year = today.year
    first = fill_call(
        rng, programmes["leaders"], texts,
        Round(f"Class of {year - 1}", ago(330), ago(300), ago(270), places=16, status=CallStatus.DECIDED, by=keoni,
              applicants=[rosa, *crowd[:43]], readers=readers, surely={rosa.pk: Outcome.OFFER}, endorsed=True),
    )  # fmt: skip
    form_cohort(
        rng,
        first,
        texts,
        Group(f"Class of {year - 1}", ago(240), ago(40), every=38, by=keoni, readers=readers[:2], finished=True),
    )
    second = fill_call(
        rng, programmes["bargaining"], texts,
        Round(f"Autumn {year}", ago(150), ago(120), ago(95), places=12, status=CallStatus.DECIDED, by=keoni,
              applicants=[rosa, samuel, *crowd[50:72]], readers=readers,
              surely={rosa.pk: Outcome.OFFER, samuel.pk: Outcome.OFFER}),
    )  # fmt: skip
    form_cohort(
        rng, second, texts,
        Group(f"Autumn {year}", ago(70), today + dt.timedelta(days=80), every=25, by=keoni,
              readers=[cast["coach"], readers[0]], finished=False, returned=samuel),
    )  # fmt: skip
    fill_call(
        rng, programmes["organizing"], texts,
        Round(f"Winter {year}", ago(40), ago(9), today + dt.timedelta(days=12), places=10, status=CallStatus.CLOSED,
              by=keoni, applicants=crowd[80:102], readers=[cast["coach"], *readers[:3]]),
    )  # fmt: skip
    fill_call(
        rng, programmes["message"], texts,
        Round(f"Evenings {year}", ago(60), ago(30), ago(5), places=8, status=CallStatus.DECIDED, by=keoni,
              applicants=[rosa, *crowd[110:126]], readers=readers, surely={rosa.pk: Outcome.OFFER},
              answers={rosa.pk: OfferAnswer.OPEN}),
    )  # fmt: skip
    fill_call(
        rng, programmes["leaders"], texts,
        Round(f"Class of {year + 1}", ago(12), today + dt.timedelta(days=24), today + dt.timedelta(days=60), places=16,
              status=CallStatus.OPEN, by=keoni, applicants=crowd[130:144], readers=[], endorsed=True,
              drafts=[cast["new-member"]], silent_in=samuel),
    )  # fmt: skip
