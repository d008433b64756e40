"""Many people with answers at once, and closed 360s about them, stored in a handful of statements."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
from django.db.models import Max

from tests.assessment.answers import THIS_YEAR, instrument_of
from trellis.assessment.actions import instrument_for
from trellis.assessment.instruments import THREE_SIXTY
from trellis.assessment.models import Rating, Relation, Response, Round, ThreeSixty, ThreeSixtyState
from trellis.core import clock
from trellis.framework.models import Edition
from trellis.framework.queries import edition_tree
from trellis.people.models import Membership, Person, Unit, UnitKind

NOON = dt.time(12)


def a_unit() -> Unit:
    """The whole association, made when it is not there yet."""
    known = Unit.objects.filter(depth=1).first()
    if known is not None:
        return known
    whole = Unit(kind=UnitKind.NATIONAL, name="Common Ground", tree_id=1, depth=1, lft=1, rgt=2)
    return Unit.objects.bulk_create([whole])[0]


def people(count: int, *, unit: Unit | None = None, language: str = "en") -> list[Person]:
    """Store that many active members."""
    first = (Person.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    found = Person.objects.bulk_create(
        Person(email=f"crowd-{first + each}@example.org", given_name="Crowd", password="!", language=language)
        for each in range(count)
    )
    home, since = unit or a_unit(), dt.date(2020, 1, 1)
    Membership.objects.bulk_create(Membership(person=person, unit=home, since=since) for person in found)
    return found


def half_steps(count: int, themes: int = 33, *, seed: int = 1, missing: float = 0.0) -> np.ndarray:
    """Draw answers (persons x themes) that a general trait holds together; NaN for no chance."""
    rng = np.random.default_rng(seed)
    levels = 1.4 + rng.normal(0, 0.6, (count, 1)) + rng.normal(0, 0.5, (count, themes))
    answers = np.round(2 * levels).clip(0, 6)
    answers[rng.random(answers.shape) < missing] = np.nan
    return answers


def give_all(
    persons: Sequence[Person],
    edition: Edition,
    answers: np.ndarray,
    *,
    on: dt.date = THIS_YEAR,
    held: Round | None = None,
    wave: int = 1,
    minutes: int | None = 10,
) -> list[Response]:
    """Store one self-assessment a person: half-steps (persons x themes), NaN for no chance, -1 for not answered.

    Without `minutes` nothing is finished.
    """
    begun = dt.datetime.combine(on, NOON, dt.UTC)
    instrument, tree = instrument_of(edition), edition_tree(edition)
    responses = Response.objects.bulk_create(
        Response(
            instrument=instrument,
            round=held,
            subject=person,
            rater=person,
            wave=wave,
            domain_order=[domain.code for domain in tree.domains],
            started_at=begun,
            finished_at=None if minutes is None else begun + dt.timedelta(minutes=minutes + place % 3),
        )
        for place, person in enumerate(persons)
    )
    _rate(responses, edition, answers)
    return responses


def _rate(responses: Sequence[Response], edition: Edition, answers: np.ndarray) -> None:
    themes = edition_tree(edition).themes
    Rating.objects.bulk_create(
        Rating(
            response=response,
            theme_id=theme.id,
            value=None if np.isnan(value) else int(value),
            cannot_say=bool(np.isnan(value)),
        )
        for response, row in zip(responses, answers, strict=True)
        for theme, value in zip(themes, row, strict=True)
        if value != -1
    )


def closed_360(person: Person, edition: Edition, relations: Sequence[Relation], answers: np.ndarray) -> ThreeSixty:
    """Store a closed 360 as closing leaves it: half-steps (raters x themes), NaN for not observed."""
    instrument = instrument_for(edition, THREE_SIXTY, by=None)
    held = Round.objects.create(
        instrument=instrument, unit=a_unit(), subject=person, name="360", opens_on=THIS_YEAR, closes_on=THIS_YEAR
    )
    at = clock.now()
    found = ThreeSixty.objects.create(
        round=held, state=ThreeSixtyState.CLOSED, closed_at=at, released_at=at, domains=[], key=None
    )
    responses = Response.objects.bulk_create(
        Response(instrument=instrument, round=held, subject=person, relation=relation, started_at=None, finished_at=at)
        for relation in relations
    )
    _rate(responses, edition, answers)
    return found
