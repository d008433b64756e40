"""Reads of assessment for other apps and pages."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from trellis.assessment.access import own_responses
from trellis.assessment.instruments import SHORT_SELF
from trellis.assessment.models import Instrument, Rating, Relation, Response, Round
from trellis.core import clock
from trellis.framework.models import Edition
from trellis.people.models import Person, Unit, around


class Answer(NamedTuple):
    """One stored answer: the theme's key in its edition, half-steps (None for no chance), and its wave."""

    theme_id: int
    half_steps: int | None
    wave: int
    edition_id: int
    finished_on: dt.date | None


def open_response(person: Person) -> Response | None:
    """Return the self-assessment that the person has begun and not finished, or None."""
    return (
        own_responses(person)
        .filter(finished_at=None, instrument__code=SHORT_SELF)
        .select_related("instrument__edition__framework", "round")
        .first()
    )


def open_round(person: Person, instrument: Instrument) -> Round | None:
    """Return the round that asks this person today: one of a unit they are in, or of one above it. Two queries."""
    today = clock.today()
    homes = Unit.objects.filter(memberships__in=person.memberships.active(today))
    return (
        Round.objects.filter(around(homes, "unit__"), instrument=instrument, opens_on__lte=today)
        .filter(Q(closes_on=None) | Q(closes_on__gte=today))
        .order_by("-opens_on")
        .first()
    )


def answered(response: Response) -> dict[int, Rating]:
    """Return the response's ratings by theme key; one query."""
    return {rating.theme_id: rating for rating in response.ratings.all()}


def self_answers(person_ids: Iterable[int]) -> dict[int, list[Answer]]:
    """Return each person's finished self-answers, newest wave first, by person key; two queries for all of them."""
    rows = (
        Response.objects.filter(subject_id__in=person_ids, relation=Relation.SELF, finished_at__isnull=False)
        .order_by("-wave")
        .values_list("pk", "subject_id", "wave", "instrument__code", "instrument__edition_id", "finished_at")
    )
    # The code is looked at here: asked of the database, it makes SQLite walk through everybody's responses to the
    # instrument, and not through these persons' few.
    responses = [row for row in rows if row[3] == SHORT_SELF]
    # Apart from their responses, so that what a response says of all its ratings is read once and not 33 times.
    ratings: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    given = Rating.objects.filter(response__in=[response[0] for response in responses])
    for key, theme, half in given.values_list("response_id", "theme_id", "half_steps"):
        ratings[key].append((theme, half))
    here = timezone.get_current_timezone()
    found: dict[int, list[Answer]] = defaultdict(list)
    for key, person, wave, _, edition, finished in responses:
        # The day as people have it where they are, as every page shows it.
        day = timezone.localdate(finished, here) if finished else None
        found[person].extend(Answer(theme, half, wave, edition, day) for theme, half in ratings[key])
    return found


def editions_of(answers: Iterable[Answer]) -> dict[int, Edition]:
    """Return the editions that these answers were given on, by key; one query."""
    keys = {answer.edition_id for answer in answers}
    return {edition.pk: edition for edition in Edition.objects.select_related("framework").filter(pk__in=keys)}
