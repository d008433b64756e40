"""Reads of assessment for other apps and pages."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from trellis.assessment.access import own_responses
from trellis.assessment.form import Form, Point, form_of
from trellis.assessment.instruments import SHORT_SELF, for_reader
from trellis.assessment.models import Exclusion, Instrument, Rating, Relation, Release, Response, Round
from trellis.core import clock
from trellis.framework.models import Edition
from trellis.framework.queries import attribute_tree, edition_tree
from trellis.people.models import Person, Unit, around


class Answer(NamedTuple):
    """One stored answer: the theme's key in its edition, half-steps (None for no chance), and its wave."""

    theme_id: int
    half_steps: int | None
    wave: int
    edition_id: int
    finished_on: dt.date | None


def open_response(person: Person, code: str = SHORT_SELF) -> Response | None:
    """Return what the person has begun of an instrument about themselves and not finished, or None."""
    return (
        own_responses(person)
        .filter(finished_at=None, instrument__code=code)
        .select_related("instrument__edition__framework", "round")
        .first()
    )


def open_round(person: Person, instrument: Instrument) -> Round | None:
    """Return the round that asks this person today: one of a unit they are in, or of one above it. Two queries."""
    today = clock.today()
    homes = Unit.objects.filter(memberships__in=person.memberships.active(today))
    return (
        Round.objects.filter(around(homes, "unit__"), instrument=instrument, moment="", opens_on__lte=today)
        .filter(Q(closes_on=None) | Q(closes_on__gte=today))
        .order_by("-opens_on")
        .first()
    )


def answered(response: Response) -> dict[int, Rating]:
    """Return a short self-assessment's ratings by theme key; one query."""
    return {rating.theme_id: rating for rating in response.ratings.all() if rating.theme_id is not None}


def answers_of(response: Response) -> dict[Point, int | None]:
    """Return the values that a response holds, None for "cannot say", by what they are about; one query."""
    return {point_of(rating): rating.value for rating in response.ratings.all()}


def point_of(rating: Rating) -> Point:
    """Return what a stored rating is about."""
    for kind in ("theme", "statement", "attribute"):
        key: int | None = getattr(rating, f"{kind}_id")
        if key is not None:
            return Point(kind, key, rating.aspect)
    return Point("item", rating.item, rating.aspect)


_asked: dict[tuple[uuid.UUID, str, tuple[str, ...]], Form] = {}
_MOST_ASKED = 64


def asked_of(response: Response) -> Form:
    """Return all that a response may answer, in whatever order and language; laid out once per process.

    For checking what was sent: a save happens 33 times as often as a form is begun.
    """
    key = (response.instrument.uid, response.moment, tuple(response.themes))
    if key not in _asked:
        if len(_asked) >= _MOST_ASKED:
            _asked.clear()
        _asked[key] = form_for(response)
    return _asked[key]


def form_for(response: Response) -> Form:
    """Lay out a response's form in the reader's language: its pages, questions and remarks.

    A response of a moment is asked what belongs to that occasion; one of none is asked on all of them.
    """
    edition = response.instrument.edition
    definition = for_reader(response.instrument.definition)
    tree = attribute_tree(edition) if definition["asks"] == "attribute" else edition_tree(edition)
    return form_of(
        definition, tree, themes=response.themes, order=response.domain_order, moment=response.moment or None
    )


def self_answers(person_ids: Iterable[int], *, enough: int | None = None) -> dict[int, list[Answer]]:
    """Return each person's finished self-answers, newest wave first, by person key; two queries for all of them.

    With `enough`, a person's older waves are read only when the newest holds fewer answers than that; one query more
    when there are such persons. For a whole team that is half of the rows.
    """
    rows = (
        Response.objects.filter(subject_id__in=person_ids, relation=Relation.SELF, finished_at__isnull=False)
        .order_by("-wave")
        .values_list("pk", "subject_id", "wave", "instrument__code", "instrument__edition_id", "finished_at")
    )
    # The code is looked at here: asked of the database, it makes SQLite walk through everybody's responses to the
    # instrument, and not through these persons' few.
    responses = [row for row in rows if row[3] == SHORT_SELF]
    if enough is None:
        ratings = _ratings_of([row[0] for row in responses])
    else:
        newest: dict[int, int] = {}
        for key, person, *_rest in responses:
            newest.setdefault(person, key)
        ratings = _ratings_of(newest.values())
        partly = {person for person, key in newest.items() if len(ratings[key]) < enough}
        older = [row[0] for row in responses if row[1] in partly and row[0] != newest[row[1]]]
        ratings |= _ratings_of(older) if older else {}
    here = timezone.get_current_timezone()
    found: dict[int, list[Answer]] = defaultdict(list)
    for key, person, wave, _, edition, finished in responses:
        # The day as people have it where they are, as every page shows it.
        day = timezone.localdate(finished, here) if finished else None
        found[person].extend(Answer(theme, half, wave, edition, day) for theme, half in ratings.get(key, ()))
    return found


def _ratings_of(responses: Iterable[int]) -> dict[int, list[tuple[int, int | None]]]:
    """Themes and half-steps by response; apart from what a response says of all its ratings, which is read once."""
    ratings: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    given = Rating.objects.filter(response__in=list(responses))
    for key, theme, half_steps in given.values_list("response_id", "theme_id", "value"):
        if theme is not None:
            ratings[key].append((theme, half_steps))
    return ratings


def newest_release(person: Person) -> Release | None:
    """Return what the person's newest closed 360 says, or None before there is one; one query."""
    return (
        Release.objects.filter(three_sixty__round__subject=person)
        .select_related("three_sixty")
        .order_by("-three_sixty__closed_at")
        .first()
    )


def editions_of(answers: Iterable[Answer]) -> dict[int, Edition]:
    """Return the editions that these answers were given on, by key; one query."""
    keys = {answer.edition_id for answer in answers}
    return {edition.pk: edition for edition in Edition.objects.select_related("framework").filter(pk__in=keys)}


def apart_from(person: Person) -> QuerySet[Person]:
    """Return whom the person keeps apart from, and who from them: to leave out in silence, never to show."""
    mine, theirs = Exclusion.objects.filter(person=person), Exclusion.objects.filter(other=person)
    return Person.objects.filter(Q(pk__in=mine.values("other_id")) | Q(pk__in=theirs.values("person_id")))


def apart_pairs(persons: Collection[int], others: Collection[int]) -> set[tuple[int, int]]:
    """Return which of these persons keep apart from which of the others, whichever of the two said so; one query."""
    said = Exclusion.objects.filter(
        Q(person__in=persons, other__in=others) | Q(person__in=others, other__in=persons)
    ).values_list("person_id", "other_id")
    both = {pair for one, other in said for pair in ((one, other), (other, one))}
    return {(one, other) for one, other in both if one in persons and other in others}
