"""What the database itself refuses, whatever the code above it does."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.assessment.answers import give, instrument_of
from tests.cast import Cast
from trellis.assessment.models import Instrument, Rating, Relation, Response, Round
from trellis.core import clock
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree


@pytest.fixture
def response(cast: Cast, framework: Edition) -> Response:
    """A wave that goes on, with no answer yet."""
    return give(cast.own, framework, {}, finished=False)


@pytest.mark.parametrize(("half_steps", "no_chance"), [(0, False), (6, False), (None, True)])
def test_a_rating_is_a_step_or_no_chance(
    response: Response, tree: EditionTree, half_steps: int | None, no_chance: bool
) -> None:
    Rating.objects.create(response=response, theme_id=tree.themes[0].id, value=half_steps, cannot_say=no_chance)
    assert Rating.objects.count() == 1


@pytest.mark.parametrize(
    ("half_steps", "no_chance"), [(21, False), (-1, False), (None, False), (0, True), (3, True), (6, True)]
)
def test_a_rating_that_is_neither_or_both_or_on_no_scale_is_refused(
    response: Response, tree: EditionTree, half_steps: int | None, no_chance: bool
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(response=response, theme_id=tree.themes[0].id, value=half_steps, cannot_say=no_chance)


def test_a_theme_is_rated_once_in_a_wave(response: Response, tree: EditionTree) -> None:
    Rating.objects.create(response=response, theme_id=tree.themes[0].id, value=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(response=response, theme_id=tree.themes[0].id, value=2)


def _refused(response: Response, **changes: Any) -> bool:
    facts = {name: getattr(response, name) for name in ("instrument", "subject", "rater", "relation")}
    facts |= {"wave": response.wave + 1, "finished_at": clock.now()}
    try:
        with transaction.atomic():
            Response.objects.create(**facts | changes)
    except IntegrityError:
        return True
    return False


def test_a_self_assessment_is_by_the_person_it_is_about(response: Response, cast: Cast) -> None:
    assert _refused(response, rater=cast.colleague)
    assert not _refused(response, rater=cast.colleague, relation=Relation.PEER)


def test_a_wave_is_there_once_and_one_at_most_is_open(response: Response) -> None:
    assert _refused(response, wave=response.wave)
    assert _refused(response, finished_at=None)
    assert not _refused(response)


def test_a_relation_that_nobody_has_is_refused(response: Response) -> None:
    assert _refused(response, relation="friend")


def test_a_round_closes_on_the_day_it_opens_or_later(cast: Cast, framework: Edition) -> None:
    opens = dt.date(2026, 10, 1)
    facts = {"instrument": instrument_of(framework), "unit": cast.unit("Alder"), "name": "Fall", "opens_on": opens}
    Round.objects.create(**facts, closes_on=opens)
    Round.objects.create(**facts, closes_on=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(**facts, closes_on=opens - dt.timedelta(days=1))


def test_an_edition_has_each_version_of_an_instrument_once(framework: Edition) -> None:
    one = instrument_of(framework)
    with pytest.raises(IntegrityError), transaction.atomic():
        Instrument.objects.create(code=one.code, version=one.version, edition=framework, name="Again")
