"""Finished answers of a whole association as tables of numbers, for estimates: in levels, one column a theme."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np
from django.db.models import QuerySet
from django.db.models.functions import Mod

from trellis.assessment.instruments import SHORT_SELF, THREE_SIXTY
from trellis.assessment.models import Rating, Relation, Response
from trellis.framework.tree import EditionTree
from trellis.measure.ladder import HALF_STEPS_PER_LEVEL
from trellis.measure.tables import Floats, Places

# A variance from this many people is sure to one part in a hundred; reading more costs time and changes no digit shown.
MOST_PEOPLE = 20_000


@dataclass(frozen=True, slots=True)
class SelfAnswers:
    """Self-assessments, each person's together and oldest first: rows of `levels` (responses x themes, NaN missing)."""

    person: Places
    finished: Sequence[dt.datetime]
    levels: Floats

    @property
    def people(self) -> int:
        """How many persons answered."""
        return len(self.latest)

    @property
    def latest(self) -> Places:
        """The row of each person's newest answers."""
        return np.flatnonzero(np.append(self.person[1:] != self.person[:-1], True)) if len(self.person) else self.person

    def repeated(self, within: dt.timedelta | None = None) -> list[tuple[int, int]]:
        """Return the rows of each person's two newest waves; only where no more time than that lies between them."""
        pairs = [(int(row) - 1, int(row)) for row in self.latest if row and self.person[row - 1] == self.person[row]]
        return [(one, two) for one, two in pairs if within is None or self.finished[two] - self.finished[one] <= within]


@dataclass(frozen=True, slots=True)
class About:
    """What others said about one person in one closed 360: their relations, and levels (raters x themes)."""

    person: int
    relations: tuple[str, ...]
    levels: Floats


def self_answers(tree: EditionTree, *, most: int = MOST_PEOPLE) -> SelfAnswers:
    """Return the finished short self-assessments on an edition; of more than `most` people an even share of them.

    Three queries.
    """
    asked = Response.objects.filter(
        instrument__code=SHORT_SELF,
        instrument__edition_id=tree.id,
        relation=Relation.SELF,
        subject__isnull=False,
        finished_at__isnull=False,
    )
    shared = _share(asked, most)
    rows = shared.order_by("subject_id", "wave").values_list("pk", "subject_id", "finished_at")
    found = [(key, person, finished) for key, person, finished in rows if person and finished]
    return SelfAnswers(
        np.array([person for _, person, _ in found], dtype=np.intp),
        [finished for _, _, finished in found],
        _levels([key for key, _, _ in found], shared, tree),
    )


def answers_of_others(tree: EditionTree, *, most: int = MOST_PEOPLE) -> list[About]:
    """Return the answers of closed 360s on an edition, one entry a 360; about at most `most` people. Three queries.

    They hold no rater, and their order says nothing: so nothing here does.
    """
    given = Response.objects.filter(
        instrument__code=THREE_SIXTY,
        instrument__edition_id=tree.id,
        rater=None,
        subject__isnull=False,
        finished_at__isnull=False,
    ).exclude(relation=Relation.SELF)
    shared = _share(given, most)
    rows = list(
        shared.order_by("subject_id", "round_id", "uid").values_list("pk", "subject_id", "round_id", "relation")
    )
    levels = _levels([key for key, *_ in rows], shared, tree)
    found = []
    for (person, _), group in groupby(enumerate(rows), key=lambda each: itemgetter(1, 2)(each[1])):
        places, members = zip(*group, strict=True)
        found.append(About(int(person or 0), tuple(row[3] for row in members), levels[list(places)]))
    return found


def _share(responses: QuerySet[Response], most: int) -> QuerySet[Response]:
    """Keep the responses about an even share of people, all waves of a person or none."""
    people = responses.order_by().values("subject_id").distinct().count()
    step = -(-people // most)
    return responses.alias(turn=Mod("subject_id", step)).filter(turn=0) if step > 1 else responses


def _levels(keys: Sequence[int], responses: QuerySet[Response], tree: EditionTree) -> Floats:
    """Return the theme ratings of these responses as levels (as many rows as keys, x themes)."""
    table = np.full((len(keys), len(tree.themes)), np.nan)
    row_of = {key: row for row, key in enumerate(keys)}
    column_of = {theme.id: column for column, theme in enumerate(tree.themes)}
    ratings = Rating.objects.filter(
        response__in=responses.order_by().values("pk"), theme__isnull=False, value__isnull=False, aspect=""
    ).values_list("response_id", "theme_id", "value")
    for response, theme, value in ratings.iterator(chunk_size=10_000):
        row, column = row_of.get(response), column_of.get(theme or 0)
        if row is not None and column is not None and value is not None:
            table[row, column] = value / HALF_STEPS_PER_LEVEL
    return table
