"""The fictional association's instruments on trial: some who began this year and stopped, and a first run."""

import datetime as dt
import random
import uuid

from trellis.assessment.estimates import refresh_estimates
from trellis.assessment.instruments import SHORT_SELF
from trellis.assessment.models import Instrument, Rating, Response, Round
from trellis.framework.models import Edition
from trellis.framework.queries import edition_tree
from trellis.people.demo.cast import CAST
from trellis.people.models import Person

_STOPPED = 46
# Where in the form they stop, as shares of it: most early, some at the sight of the last domains.
_EARLY, _LATE = (0.05, 0.35), (0.5, 0.95)


def load(rng: random.Random) -> None:
    """Store unfinished answers in the newest round, and work everything out; needs the two rounds of answers."""
    newest = Round.objects.filter(instrument__code=SHORT_SELF, subject=None).order_by("-opens_on").first()
    if newest is None:
        raise LookupError("the rounds of answers come first")
    _stop_on_the_way(rng, newest)
    in_use = Instrument.objects.values("edition_id")
    for edition in Edition.objects.filter(pk__in=in_use).select_related("framework").order_by("pk"):
        refresh_estimates(edition, by=None)


def _stop_on_the_way(rng: random.Random, held: Round) -> None:
    tree = edition_tree(held.instrument.edition)
    answered_before = Person.objects.filter(is_active=True, responses_about__isnull=False)
    quiet = answered_before.exclude(responses_about__round=held).exclude(email__in=[one.email for one in CAST])
    responses, ratings = [], []
    for person in quiet.distinct().order_by("pk")[:_STOPPED]:
        order = [domain.code for domain in tree.domains]
        rng.shuffle(order)
        begun = dt.datetime.combine(held.opens_on, dt.time(8 + rng.randrange(12)), dt.UTC)
        response = Response(
            uid=uuid.UUID(int=rng.getrandbits(128), version=4),
            instrument=held.instrument,
            round=held,
            subject=person,
            rater=person,
            wave=person.responses_about.count() + 1,
            domain_order=order,
            started_at=begun + dt.timedelta(days=rng.randrange(30)),
        )
        responses.append(response)
        themes = [theme for code in order for theme in tree.domain_by_code[code].themes]
        share = rng.uniform(*(_EARLY if rng.random() < 0.7 else _LATE))
        ratings += [
            Rating(
                response=response,
                theme_id=theme.id,
                value=rng.randrange(2 * tree.top + 1),
                answered_at=response.started_at,
            )
            for theme in themes[: max(1, round(share * len(themes)))]
        ]
    Response.objects.bulk_create(responses)
    Rating.objects.bulk_create(ratings, batch_size=2000)
