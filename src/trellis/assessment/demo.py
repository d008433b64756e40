"""The fictional association's two yearly rounds of answers, with plausible growth, the same every time."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from trellis.assessment.actions import instrument_for
from trellis.assessment.instruments import SHORT_SELF
from trellis.assessment.models import Instrument, Rating, Response, Round
from trellis.core import audit
from trellis.framework.queries import edition_tree, main_edition
from trellis.framework.tree import EditionTree, ThemeNode
from trellis.people.demo.cast import cast_member
from trellis.people.models import Person, Unit, UnitKind

_SHARE_ANSWERING = 0.84
_SHARE_NO_CHANCE = 0.05
# Where leaders of such associations tend to stand: strong with people, thin on money.
_TENDENCY = {"GOV": -0.1, "LOP": 0.3, "ORG": 0.05, "SEI": 0.35, "SFH": -0.55}
_GROWTH = 0.28  # of a level, in a year, on average
_YEARS = ((dt.date(2025, 10, 1), dt.date(2025, 11, 15), "Fall 2025"), (dt.date(2026, 10, 1), None, "Fall 2026"))
# The cast's profiles are drawn by hand, so that a tour has something to show: mean level by domain, last year and now.
_CAST = {
    "building-representative": (
        {"ADV": 0.8, "COM": 1.0, "GOV": 0.6, "LOP": 1.9, "ORG": 1.5, "SEI": 1.4, "SFH": 0.4},
        {"ADV": 1.2, "COM": 1.5, "GOV": 0.8, "LOP": 2.1, "ORG": 2.5, "SEI": 1.9, "SFH": 0.5},
    ),
    "local-president": (
        {"ADV": 1.9, "COM": 1.5, "GOV": 2.0, "LOP": 1.2, "ORG": 2.0, "SEI": 1.8, "SFH": 1.1},
        {"ADV": 2.2, "COM": 1.9, "GOV": 2.4, "LOP": 1.4, "ORG": 2.2, "SEI": 2.2, "SFH": 1.6},
    ),
}


@dataclass(frozen=True, slots=True)
class _Leader:
    """A person's true level before noise: in general, by domain and by theme."""

    general: float
    domain: dict[str, float]
    theme: dict[str, float]

    def level(self, theme: ThemeNode) -> float:
        return self.general + self.domain[theme.domain_code] + self.theme[theme.code]


def load(rng: random.Random) -> None:
    """Store the rounds and answers; needs the framework and the people of the association."""
    edition = main_edition()
    root = Unit.objects.filter(kind=UnitKind.NATIONAL).first()
    if edition is None or root is None:
        raise LookupError("the framework and the people of the association come first")
    instrument = instrument_for(edition, SHORT_SELF, by=None)
    rounds = [
        Round.objects.create(
            uid=_uid(rng), instrument=instrument, unit=root, name=name, opens_on=opens, closes_on=closes
        )
        for opens, closes, name in _YEARS
    ]
    tree = edition_tree(edition)
    responses, ratings = [], []
    for person in _people():
        for response, answers in _years(rng, person, tree, instrument, rounds):
            responses.append(response)
            ratings.extend(answers)
    Response.objects.bulk_create(responses, batch_size=500)
    Rating.objects.bulk_create(ratings, batch_size=2000)
    audit.record(by=None, action="assessment.demo", target=f"unit:{root.uid}", detail={"responses": len(responses)})


def _people() -> list[Person]:
    newcomer = cast_member("new-member")
    everybody = Person.objects.filter(is_active=True, memberships__until=None, memberships__isnull=False)
    return list(everybody.exclude(email=newcomer.email if newcomer else None).distinct().order_by("pk"))


def _uid(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def _years(
    rng: random.Random, person: Person, tree: EditionTree, instrument: Instrument, rounds: list[Round]
) -> Iterator[tuple[Response, list[Rating]]]:
    drawn = next((means for key, means in _CAST.items() if person.email == _email(key)), None)
    leader = _Leader(
        rng.gauss(1.1, 0.45),
        {domain.code: rng.gauss(_TENDENCY.get(domain.code, 0.0), 0.35) for domain in tree.domains},
        {theme.code: rng.gauss(0, 0.45) for theme in tree.themes},
    )
    growth = max(0.0, rng.gauss(_GROWTH, 0.25))
    wave = 0
    for year, held in enumerate(rounds):
        if drawn is None and rng.random() > _SHARE_ANSWERING:
            continue
        wave += 1
        order = [domain.code for domain in tree.domains]
        rng.shuffle(order)
        day = held.opens_on + dt.timedelta(days=rng.randrange(40))
        begun = dt.datetime(day.year, day.month, day.day, 7 + rng.randrange(14), rng.randrange(60), tzinfo=dt.UTC)
        response = Response(
            uid=_uid(rng),
            instrument=instrument,
            round=held,
            subject=person,
            rater=person,
            wave=wave,
            domain_order=order,
            started_at=begun,
            finished_at=begun + dt.timedelta(minutes=6 + rng.randrange(10)),
        )
        answers = []
        for theme in tree.themes:
            mean = (
                drawn[year][theme.domain_code] + 0.5 * leader.theme[theme.code]
                if drawn
                else leader.level(theme) + growth * year
            )
            answers.append(_rating(rng, response, theme, mean, tree.top, always=drawn is not None))
        yield response, answers


def _email(key: str) -> str:
    one = cast_member(key)
    return one.email if one else ""


def _rating(rng: random.Random, response: Response, theme: ThemeNode, mean: float, top: int, *, always: bool) -> Rating:
    if not always and rng.random() < _SHARE_NO_CHANCE:
        return Rating(response=response, theme_id=theme.id, cannot_say=True, answered_at=response.started_at)
    half = round(2 * (mean + rng.gauss(0, 0.15 if always else 0.45)))
    return Rating(
        response=response, theme_id=theme.id, value=min(2 * top, max(0, half)), answered_at=response.started_at
    )
