"""A page's answers are stored together or not at all, each as if sent by itself, with one row in the trail."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from trellis.assessment.actions import answer, answer_page, begin, finish, instrument_for, write_remark
from trellis.assessment.form import Point
from trellis.assessment.instruments import DEEP_SELF, PROGRAM_EVALUATION, SHORT_SELF
from trellis.assessment.models import Remark, Response
from trellis.assessment.queries import answers_of
from trellis.core.models import AuditEntry
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree, ThemeNode

EARLY = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
LATE = EARLY + dt.timedelta(hours=1)


@pytest.fixture
def theme(tree: EditionTree) -> ThemeNode:
    """The theme that is looked at."""
    return tree.themes[0]


@pytest.fixture
def response(cast: Cast, framework: Edition, theme: ThemeNode) -> Response:
    """A deep form that the member has begun."""
    return begin(instrument_for(framework, DEEP_SELF, by=None), by=cast.own, themes=[theme.code])


@pytest.fixture
def evaluation(cast: Cast, framework: Edition, theme: ThemeNode) -> Response:
    """A form with open questions."""
    return begin(instrument_for(framework, PROGRAM_EVALUATION, by=None), by=cast.own, themes=[theme.code])


def points(theme: ThemeNode) -> list[Point]:
    return [Point("statement", statement.id) for cell in theme.cells for statement in cell.statements]


def trail() -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action="assessment.page").order_by("pk"))


def test_all_answers_of_a_page_are_stored_with_one_row(
    response: Response, cast: Cast, theme: ThemeNode, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first, second, third, *_ = points(theme)
    answers = {first: 2, first._replace(aspect="last"): 3, second: None, third: 0}
    with django_assert_max_num_queries(11):
        assert answer_page(response, answers, {}, answered_at=EARLY, by=cast.own) == 4
    assert answers_of(response) == answers
    (row,) = trail()
    assert row.detail == {"answers": 4, "taken back": 0, "remarks": 0}
    assert row.target == f"response:{response.uid}"


def test_the_same_page_sent_twice_leaves_no_second_row(response: Response, cast: Cast, theme: ThemeNode) -> None:
    answers = {point: 0 for point in points(theme)}
    answer_page(response, answers, {}, answered_at=EARLY, by=cast.own)
    assert answer_page(response, answers, {}, answered_at=LATE, by=cast.own) == 0
    assert len(trail()) == 1


def test_of_two_answers_the_one_given_later_stands(response: Response, cast: Cast, theme: ThemeNode) -> None:
    first, second, *_ = points(theme)
    answer(response, first, value=2, answered_at=LATE, by=cast.own)
    assert answer_page(response, {first: 0, second: 1}, {}, answered_at=EARLY, by=cast.own) == 1
    assert answers_of(response) == {first: 2, second: 1}


def test_one_wrong_answer_stores_nothing_of_the_page(response: Response, cast: Cast, theme: ThemeNode) -> None:
    first, second, *_ = points(theme)
    for wrong in ({second: 3}, {Point("statement", 0): 1}, {Point("theme", theme.id): 1}):
        with pytest.raises(ValidationError):
            answer_page(response, {first: 1} | wrong, {}, answered_at=EARLY, by=cast.own)
    assert answers_of(response) == {}
    assert not trail()


def test_cannot_say_is_refused_where_it_is_not_among_the_answers(
    response: Response, cast: Cast, theme: ThemeNode
) -> None:
    first = points(theme)[0]
    with pytest.raises(ValidationError, match="not on the scale"):
        answer_page(response, {first: 1, first._replace(aspect="last"): None}, {}, answered_at=EARLY, by=cast.own)


def test_when_it_was_is_taken_back_with_what_asked_for_it(response: Response, cast: Cast, theme: ThemeNode) -> None:
    first = points(theme)[0]
    answer_page(response, {first: 2, first._replace(aspect="last"): 3}, {}, answered_at=EARLY, by=cast.own)
    answer_page(response, {first: 0}, {}, answered_at=LATE, by=cast.own)
    assert answers_of(response) == {first: 0}
    assert trail()[-1].detail == {"answers": 1, "taken back": 1, "remarks": 0}


def test_nobody_else_answers_and_nobody_after_the_end(response: Response, cast: Cast, theme: ThemeNode) -> None:
    first = points(theme)[0]
    with pytest.raises(ValidationError):
        answer_page(response, {first: 1}, {}, answered_at=EARLY, by=cast.president)
    answer_page(response, {first: 1}, {}, answered_at=EARLY, by=cast.own)
    finish(response, by=cast.own)
    with pytest.raises(ValidationError, match="stay as they are"):
        answer_page(response, {first: 2}, {}, answered_at=LATE, by=cast.own)
    assert answers_of(response) == {first: 1}


def test_remarks_are_stored_replaced_and_taken_back(evaluation: Response, cast: Cast, theme: ThemeNode) -> None:
    point = Point("theme", theme.id, "after")
    assert answer_page(evaluation, {point: 4}, {"use": "The map.", "better": ""}, answered_at=EARLY, by=cast.own) == 2
    assert list(evaluation.remarks.values_list("item", "text")) == [("use", "The map.")]
    assert answer_page(evaluation, {}, {"use": "The map, at home."}, answered_at=LATE, by=cast.own) == 1
    assert answer_page(evaluation, {}, {"use": "The map, at home."}, answered_at=LATE, by=cast.own) == 0
    assert evaluation.remarks.get().text == "The map, at home."
    assert answer_page(evaluation, {}, {"use": ""}, answered_at=LATE, by=cast.own) == 1
    assert not Remark.objects.exists()
    assert "map" not in str([row.detail for row in trail()])


def test_a_remark_that_nobody_asked_for_is_refused_with_the_whole_page(
    evaluation: Response, cast: Cast, theme: ThemeNode
) -> None:
    with pytest.raises(ValidationError, match="not part"):
        answer_page(
            evaluation, {Point("theme", theme.id, "then"): 1}, {"food": "Good."}, answered_at=EARLY, by=cast.own
        )
    with pytest.raises(ValidationError, match="not part"):
        write_remark(evaluation, "food", "Good.", by=cast.own)
    assert answers_of(evaluation) == {}


@pytest.mark.parametrize("half_steps", [7, 20])
def test_what_is_off_a_ladder_is_refused_though_the_database_could_hold_it(
    framework: Edition, cast: Cast, theme: ThemeNode, half_steps: int
) -> None:
    short = begin(instrument_for(framework, SHORT_SELF, by=None), by=cast.own)
    with pytest.raises(ValidationError, match="not on the scale"):
        answer(short, Point("theme", theme.id), value=half_steps, answered_at=EARLY, by=cast.own)
    assert answers_of(short) == {}


def test_what_is_open_takes_up_more_themes(response: Response, cast: Cast, tree: EditionTree) -> None:
    deep = response.instrument
    wider = begin(deep, by=cast.own, themes=[tree.themes[0].code, tree.themes[9].code])
    assert wider == response
    assert wider.themes == [tree.themes[0].code, tree.themes[9].code]
    with pytest.raises(ValidationError, match="at least one theme"):
        begin(deep, by=cast.own)
