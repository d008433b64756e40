"""The fictional building representative's closer looks: two finished, so that a change shows, and one still open."""

import datetime as dt
import random
import uuid

from trellis.assessment.actions import begin, instrument_for
from trellis.assessment.instruments import DEEP_SELF
from trellis.assessment.models import Rating, Response
from trellis.core import audit, clock
from trellis.framework.models import Edition
from trellis.framework.tree import ThemeNode
from trellis.growth.closer_look import HOW_OFTEN, LAST_TIME
from trellis.people.models import Person

_DAY = dt.timedelta(days=1)
# Days ago, and the chances of not yet, sometimes and regularly at each level, of seven months ago and of last month.
_WAVES = (
    (210, ((1, 4, 2), (5, 3, 0), (1, 0, 0))),
    (30, ((0, 1, 6), (2, 4, 2), (6, 1, 0))),
)
_NO_CHANCE = 0.08


def load_closer_looks(rng: random.Random, person: Person, edition: Edition, themes: list[ThemeNode]) -> None:
    """Store the closer looks at these themes of the person's plan."""
    instrument = instrument_for(edition, DEEP_SELF, by=None)
    for wave, (days, chances) in enumerate(_WAVES, 1):
        at = clock.now() - days * _DAY
        response = Response.objects.create(
            uid=uuid.UUID(int=rng.getrandbits(128), version=4),
            instrument=instrument,
            subject=person,
            rater=person,
            wave=wave,
            themes=[theme.code for theme in themes],
            started_at=at,
            finished_at=at + dt.timedelta(minutes=6),
        )
        cells = [
            (cell.level, statement.id) for theme in themes for cell in theme.cells for statement in cell.statements
        ]
        for level, statement in cells:
            answers = _answers(rng, chances[min(level, len(chances)) - 1])
            Rating.objects.bulk_create(
                Rating(
                    response=response,
                    statement_id=statement,
                    aspect=aspect,
                    value=value,
                    cannot_say=value is None,
                    answered_at=at,
                )
                for aspect, value in answers.items()
            )
    going = begin(instrument, by=person, themes=[themes[0].code])
    begun = [
        Rating(response=going, statement_id=statement.id, value=0, answered_at=going.started_at)
        for statement in themes[0].cells[-1].statements[:2]
    ]
    Rating.objects.bulk_create(begun)
    audit.record(by=None, action="growth.demo", target=f"person:{person.uid}", detail={"closer looks": len(_WAVES)})


def _answers(rng: random.Random, chances: tuple[int, int, int]) -> dict[str, int | None]:
    if rng.random() < _NO_CHANCE:
        return {HOW_OFTEN: None}
    (often,) = rng.choices((0, 1, 2), chances)
    answers: dict[str, int | None] = {HOW_OFTEN: often}
    if often:
        answers[LAST_TIME] = rng.choice((1, 2, 3))
    return answers
