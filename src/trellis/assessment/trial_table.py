"""One instrument's answers as a table of numbers, finished or not: what its trial is worked out from."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Mod

from trellis.assessment.answer_tables import MOST_PEOPLE
from trellis.assessment.form import Form, Point, form_of
from trellis.assessment.models import Instrument, Rating, Response
from trellis.framework.models import FrameworkKind
from trellis.framework.queries import attribute_tree, edition_tree
from trellis.measure.tables import Flags, Floats, Places

# Who has not gone on for so long has stopped.
GIVEN_UP = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Scale:
    """Questions that ask after one thing together: a page of the form, and which columns hold its first aspect."""

    code: str
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """One response apart from its answers; `person` is whom it is about, or the response itself where nobody is."""

    person: int
    relation: str
    round: int | None
    wave: int
    started: dt.datetime | None
    finished: dt.datetime | None
    order: tuple[str, ...]
    themes: tuple[str, ...]

    @property
    def is_done(self) -> bool:
        """Whether nothing more will come: finished, or from where no times are kept."""
        return self.finished is not None or self.started is None

    @property
    def counted_from(self) -> dt.datetime | None:
        """From when on it counts: as finished, or as given up; None where no times are kept."""
        return self.finished or (self.started + GIVEN_UP if self.started else None)

    @property
    def minutes(self) -> float | None:
        """How long it took from the first page to the last, where both times are kept."""
        return (self.finished - self.started).total_seconds() / 60 if self.finished and self.started else None


@dataclass(frozen=True, slots=True)
class TrialTable:
    """Responses x columns: `values` are answers as stored (NaN for none), `passed` where somebody could not say.

    `points` says what a column asks, `pages` names the page and block of each column; one person in `one_in` was read.
    """

    points: tuple[Point, ...]
    pages: tuple[tuple[str, str], ...]
    given: tuple[Given, ...]
    values: Floats
    passed: Flags
    one_in: int = 1

    @property
    def answered(self) -> Flags:
        """Where something was answered, be it that one cannot say."""
        answered: Flags = ~np.isnan(self.values) | self.passed
        return answered

    @property
    def scales(self) -> tuple[Scale, ...]:
        """The pages as scales, each question counted once, by its first aspect."""
        found: dict[str, dict[str, int]] = {}
        for column, (page, block) in enumerate(self.pages):
            found.setdefault(page, {}).setdefault(block, column)
        return tuple(Scale(page, tuple(blocks.values())) for page, blocks in found.items())

    def where(self, rows: Sequence[int] | Places) -> "TrialTable":
        """Keep these responses."""
        places = np.asarray(rows, dtype=np.intp)
        return replace(
            self,
            given=tuple(self.given[row] for row in places),
            values=self.values[places],
            passed=self.passed[places],
        )

    @property
    def finished(self) -> "TrialTable":
        """Keep what is done."""
        return self.where([row for row, one in enumerate(self.given) if one.is_done])

    @property
    def newest(self) -> "TrialTable":
        """Keep each person's newest response that is done."""
        last = {one.person: row for row, one in enumerate(self.given) if one.is_done}
        return self.where(sorted(last.values()))


def layout_of(instrument: Instrument) -> Form:
    """Lay out every question that an instrument can ask; needs its edition and framework."""
    edition, definition = instrument.edition, instrument.definition
    if edition.framework.kind == FrameworkKind.ATTRIBUTES:
        return form_of(definition, attribute_tree(edition), moment=None)
    tree = edition_tree(edition)
    return form_of(definition, tree, themes=[theme.code for theme in tree.themes], moment=None)


def trial_table(instrument: Instrument, *, most: int = MOST_PEOPLE) -> TrialTable:
    """Return an instrument's answers, oldest wave first; of more than `most` people an even share. Three queries."""
    columns = [
        (question.point, (page.code, block.code))
        for page in layout_of(instrument).pages
        for block in page.blocks
        for question in block.questions
    ]
    # While a meeting's phones still answer, nobody may see anything of it.
    still_secret = Q(round__readiness_meeting__isnull=False, round__readiness_meeting__closed_at=None)
    given_here = Response.objects.filter(instrument=instrument).exclude(still_secret)
    responses = given_here.annotate(whose=Coalesce("subject_id", "pk"))
    people = responses.order_by().values("whose").distinct().count()
    one_in = max(1, -(-people // most))
    if one_in > 1:
        responses = responses.alias(turn=Mod(F("whose"), one_in)).filter(turn=0)
    rows = responses.order_by("whose", "wave", "uid").values_list(
        "pk", "subject_id", "relation", "round_id", "wave", "started_at", "finished_at", "domain_order", "themes"
    )
    keys: list[int] = []
    given: list[Given] = []
    for key, subject, relation, held, wave, started, finished, order, themes in rows:
        keys.append(key)
        given.append(
            Given(
                -key if subject is None else subject,
                relation,
                held,
                wave,
                started,
                finished,
                tuple(order),
                tuple(themes),
            )
        )
    values, passed = _answers(responses.order_by().values("pk"), keys, [point for point, _ in columns])
    asked, pages = zip(*columns, strict=True) if columns else ((), ())
    return TrialTable(asked, pages, tuple(given), values, passed, one_in)


def _answers(responses: Any, keys: Sequence[int], points: Sequence[Point]) -> tuple[Floats, Flags]:
    values = np.full((len(keys), len(points)), np.nan)
    passed = np.zeros(values.shape, dtype=np.bool_)
    row_of = {key: row for row, key in enumerate(keys)}
    column_of = {point: column for column, point in enumerate(points)}
    ratings = Rating.objects.filter(response__in=responses).values_list(
        "response_id", "theme_id", "statement_id", "attribute_id", "item", "aspect", "value"
    )
    for response, theme, statement, attribute, item, aspect, value in ratings.iterator(chunk_size=10_000):
        row, column = row_of.get(response), column_of.get(_point(theme, statement, attribute, item, aspect))
        if row is None or column is None:
            continue
        if value is None:
            passed[row, column] = True
        else:
            values[row, column] = value
    return values, passed


def _point(theme: int | None, statement: int | None, attribute: int | None, item: str, aspect: str) -> Point:
    if theme is not None:
        return Point("theme", theme, aspect)
    if statement is not None:
        return Point("statement", statement, aspect)
    return Point("item", item, aspect) if attribute is None else Point("attribute", attribute, aspect)


def places_shown(table: TrialTable, one: Given) -> list[int]:
    """Return the columns that a response asks, in the order in which it shows them."""
    chosen = set(one.themes)
    order = {code: place for place, code in enumerate(one.order)}
    domains = [page.partition(".")[0] for page, _ in table.pages]
    columns = [
        column for column, (page, block) in enumerate(table.pages) if not chosen or page in chosen or block in chosen
    ]
    return sorted(columns, key=lambda column: (order.get(domains[column], len(order)), column))
