"""Reads of assessment for other apps and pages."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from trellis.assessment.access import own_responses
from trellis.assessment.instruments import SHORT_SELF
from trellis.assessment.models import Instrument, Rating, Relation, Response, Round
from trellis.core import clock
from trellis.framework.models import Edition
from trellis.framework.queries import main_edition
from trellis.people.models import Person


@dataclass(frozen=True, slots=True)
class Answer:
    """One stored answer: the theme's key in its edition, half-steps (None for no chance), and its wave."""

    theme_id: int
    half_steps: int | None
    wave: int
    edition_id: int
    finished_on: dt.date | None


def current_instrument(code: str = SHORT_SELF) -> Instrument | None:
    """Return the newest version of an instrument for the main edition, or None before one is set up."""
    edition = main_edition()
    if edition is None:
        return None
    return (
        Instrument.objects.filter(code=code, edition=edition)
        .select_related("edition__framework")
        .order_by("-version")
        .first()
    )


def open_response(person: Person) -> Response | None:
    """Return the self-assessment that the person has begun and not finished, or None."""
    return (
        own_responses(person)
        .filter(finished_at=None, instrument__code=SHORT_SELF)
        .select_related("instrument__edition__framework", "round")
        .first()
    )


def open_round(person: Person, instrument: Instrument) -> Round | None:
    """Return the round that asks this person today: one of a unit they are in, or of one above it. One query."""
    today = clock.today()
    units = person.memberships.filter(until=None).values_list("unit__tree_id", "unit__lft", "unit__rgt")
    above = Q(pk__in=[])
    for tree, left, right in units:
        above |= Q(unit__tree_id=tree, unit__lft__lte=left, unit__rgt__gte=right)
    return (
        Round.objects.filter(above, instrument=instrument, opens_on__lte=today)
        .filter(Q(closes_on=None) | Q(closes_on__gte=today))
        .order_by("-opens_on")
        .first()
    )


def answered(response: Response) -> dict[int, Rating]:
    """Return the response's ratings by theme key; one query."""
    return {rating.theme_id: rating for rating in response.ratings.all()}


def self_answers(person_ids: Iterable[int]) -> dict[int, list[Answer]]:
    """Return each person's finished self-answers, newest wave first, by person key; one query for all of them."""
    rows = (
        Rating.objects.filter(
            response__subject_id__in=person_ids,
            response__relation=Relation.SELF,
            response__finished_at__isnull=False,
            response__instrument__code=SHORT_SELF,
        )
        .order_by("-response__wave")
        .values_list(
            "response__subject_id",
            "theme_id",
            "half_steps",
            "response__wave",
            "response__instrument__edition_id",
            "response__finished_at",
        )
    )
    found: dict[int, list[Answer]] = defaultdict(list)
    for person, theme, half, wave, edition, finished in rows:
        found[person].append(Answer(theme, half, wave, edition, finished.date() if finished else None))
    return found


def editions_of(answers: Iterable[Answer]) -> dict[int, Edition]:
    """Return the editions that these answers were given on, by key; one query."""
    keys = {answer.edition_id for answer in answers}
    return {edition.pk: edition for edition in Edition.objects.select_related("framework").filter(pk__in=keys)}
