"""How an instrument is laid out, and how what a page sends is read: pure, on small editions in memory."""

from typing import Any

import pytest
from django.http import QueryDict

from tests.assessment.trees import grow, uid
from trellis.assessment.form import (
    CANNOT_SAY,
    REMARK_LIMIT,
    Form,
    Point,
    form_of,
    lapsed,
    read_page,
    read_remarks,
)
from trellis.assessment.instruments import DEEP_SELF, PROGRAM_EVALUATION, READINESS, SHORT_SELF, THREE_SIXTY, shipped
from trellis.framework.tree import AttributeGroupNode, AttributeNode, AttributeTree

TREE = grow(2, 1, 3)


def attributes() -> AttributeTree:
    """A list of one group with two attributes."""
    each = [
        AttributeNode(key, uid(f"{key}"), f"A.{key}", key, f"Short {key}", f"Whole {key}", "Begin", "", "A")
        for key in (1, 2)
    ]
    group = AttributeGroupNode(1, uid("group"), "A", "A group", "Group", tuple(each))
    return AttributeTree(
        1,
        uid("list"),
        "l1",
        "List",
        "small",
        "A small list",
        "",
        "published",
        False,
        (group,),
        {one.code: one for one in each},
        {one.id: one for one in each},
    )


def laid_out(code: str, **options: Any) -> Form:
    return form_of(shipped()[code], TREE, **options)


def sent(**fields: str | list[str]) -> QueryDict:
    """What a browser sends; dashes are written as double underscores."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name.replace("__", "-"), [value] if isinstance(value, str) else value)
    return data


def codes(form: Form) -> list[str]:
    return [page.code for page in form.pages]


# laying out


def test_the_short_form_asks_each_theme_on_a_page_for_its_domain() -> None:
    form = laid_out(SHORT_SELF)
    assert codes(form) == ["AA", "BB", "CC"]
    assert [question.point for question in form.questions] == [Point("theme", theme.id) for theme in TREE.themes]
    first = form.questions[0]
    assert [choice.value for choice in first.choices] == ["0", "1", "2", "3", CANNOT_SAY]
    assert [choice.can_begin_next for choice in first.choices] == [True, True, True, False, False]
    assert first.choices[1].ideas == ("I do AA.1.L1.",)


def test_domains_come_in_the_order_of_the_response_and_new_ones_last() -> None:
    assert codes(laid_out(SHORT_SELF, order=["CC", "XX", "AA"])) == ["CC", "AA", "BB"]


def test_the_deep_form_has_a_page_for_each_chosen_theme_and_two_questions_a_statement() -> None:
    form = laid_out(DEEP_SELF, themes=["CC.2", "AA.1", "XX.9"])
    assert codes(form) == ["AA.1", "CC.2"]
    block = form.pages[0].blocks[0]
    assert (block.text, block.heading) == ("I do AA.1.L1.", "")
    assert [question.point.aspect for question in block.questions] == ["", "last"]
    assert [question.text for question in block.questions] == ["How often?", "The last time I did it"]
    assert len(form.questions) == 2 * 3 * 2


def test_no_chosen_themes_are_no_pages() -> None:
    assert laid_out(DEEP_SELF).pages == ()


def test_others_are_asked_in_words_about_somebody_else() -> None:
    form = laid_out(THREE_SIXTY, themes=["AA.1"], of_others=True)
    assert form.questions[0].choices[1].ideas == ("They do AA.1.L1.",)
    assert [code for code, _text in form.remarks] == ["well", "more"]


@pytest.mark.parametrize(
    ("moment", "aspects"), [("before", ["before"]), ("after", ["after", "then"]), (None, ["before", "after", "then"])]
)
def test_a_program_is_evaluated_by_other_questions_before_and_after(moment: str | None, aspects: list[str]) -> None:
    form = laid_out(PROGRAM_EVALUATION, themes=["AA.1", "BB.1"], moment=moment)
    assert [question.point.aspect for question in form.pages[0].questions] == aspects
    assert codes(form) == ["AA", "BB"]
    assert {question.top for question in form.questions} == {3}


def test_an_instrument_with_occasions_asks_nothing_on_none_of_them() -> None:
    assert laid_out(PROGRAM_EVALUATION, themes=["AA.1"]).questions == ()


def test_attributes_are_asked_group_by_group() -> None:
    form = form_of(shipped()[READINESS], attributes())
    assert codes(form) == ["A"]
    assert [question.point.name for question in form.questions] == ["q-attribute-1", "q-attribute-2"]
    assert [choice.value for choice in form.questions[0].choices] == ["0", "1", "2", CANNOT_SAY]


def test_an_instrument_is_not_laid_out_over_what_it_does_not_ask_for() -> None:
    with pytest.raises(ValueError, match="readiness asks for a attribute"):
        form_of(shipped()[READINESS], TREE)
    with pytest.raises(ValueError, match="short-self asks for a theme"):
        form_of(shipped()[SHORT_SELF], attributes())


def test_an_instruments_own_sections_come_after_the_rest() -> None:
    section = {"code": "own", "name": "Our own", "questions": [{"code": "food", "text": "Was the food good?"}]}
    definition = shipped()[DEEP_SELF] | {"sections": [section]}
    form = form_of(definition, TREE, themes=["BB.1"])
    assert codes(form) == ["BB.1", "own"]
    assert [question.point for question in form.pages[1].questions] == [
        Point("item", "food"),
        Point("item", "food", "last"),
    ]


def test_only_a_theme_has_a_ladder() -> None:
    definition = shipped()[SHORT_SELF] | {"asks": "statement", "layout": "pages"}
    with pytest.raises(ValueError, match="only a theme has a ladder"):
        form_of(definition, TREE)


def test_a_question_is_found_by_its_point() -> None:
    form = laid_out(SHORT_SELF)
    point = Point("theme", TREE.themes[1].id)
    found = form.at(point)
    assert found is not None
    assert found.point == point
    assert form.at(Point("theme", 0)) is None
    assert form.at(Point("theme", TREE.themes[1].id, "last")) is None


def test_a_point_names_its_field_and_its_columns() -> None:
    assert Point("item", "food", "last").name == "q-item-food-last"
    assert Point("item", "food").fields() == {"item": "food", "aspect": ""}
    assert Point("theme", 7, "then").fields() == {"theme_id": 7, "aspect": "then"}


# scales


@pytest.mark.parametrize(("value", "allowed"), [(0, True), (6, True), (3, True), (7, False), (-1, False), (None, True)])
def test_a_ladder_allows_its_half_steps(value: int | None, allowed: bool) -> None:
    assert laid_out(SHORT_SELF).questions[0].allows(value) is allowed


@pytest.mark.parametrize(("value", "allowed"), [(0, True), (3, True), (4, False), (None, False)])
def test_choices_allow_what_is_among_them(value: int | None, allowed: bool) -> None:
    """And "cannot say" only where it may be said, which is not of the last time."""
    last = laid_out(DEEP_SELF, themes=["AA.1"]).questions[1]
    assert last.allows(value) is allowed


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, (CANNOT_SAY, False)), (0, ("0", False)), (3, ("1", True)), (6, ("3", False))],
)
def test_a_stored_ladder_value_shows_as_its_rung_and_tick(value: int | None, shown: tuple[str, bool]) -> None:
    assert laid_out(SHORT_SELF).questions[0].picked(value) == shown


def test_a_stored_choice_shows_as_itself() -> None:
    assert laid_out(DEEP_SELF, themes=["AA.1"]).questions[0].picked(2) == ("2", False)


# reading


def test_a_page_is_read_as_it_was_picked() -> None:
    page = laid_out(SHORT_SELF).pages[0]
    first, second = (question.point for question in page.questions)
    data = QueryDict(f"{first.name}=1&{first.name}-begun=1&{first.name}-begun=2&{second.name}=none")
    assert read_page(page, data) == {first: 3, second: None}


def test_the_tick_of_a_rung_that_was_not_picked_does_not_count() -> None:
    page = laid_out(SHORT_SELF).pages[1]
    (point,) = (question.point for question in page.questions)
    assert read_page(page, QueryDict(f"{point.name}=2&{point.name}-begun=1")) == {point: 4}


@pytest.mark.parametrize("picked", ["", "4", "-1", "1.5", "two", "²"])
def test_nonsense_is_no_answer(picked: str) -> None:
    page = laid_out(SHORT_SELF).pages[1]
    assert read_page(page, sent(**{page.questions[0].point.name: picked})) == {}


def test_a_follow_up_counts_only_after_the_answers_that_ask_for_it() -> None:
    page = laid_out(DEEP_SELF, themes=["AA.1"]).pages[0]
    often, last = (question.point for question in page.blocks[0].questions)
    assert read_page(page, sent(**{often.name: "2", last.name: "3"})) == {often: 2, last: 3}
    assert read_page(page, sent(**{often.name: "0", last.name: "3"})) == {often: 0}
    assert read_page(page, sent(**{often.name: CANNOT_SAY, last.name: "3"})) == {often: None}
    assert read_page(page, sent(**{last.name: "3"})) == {}
    assert last not in lapsed(page, {often: 1})
    assert last in lapsed(page, {often: 0, last: 3})


def test_remarks_are_read_trimmed_and_an_empty_one_takes_back() -> None:
    form = laid_out(THREE_SIXTY, themes=["AA.1"])
    written = read_remarks(form, sent(remark__well="  Listens.\r\nAsks.  ", remark__more=" ", remark__other="x"))
    assert written == {"well": "Listens.\nAsks.", "more": ""}
    assert read_remarks(form, sent(other="x")) == {}
    assert len(read_remarks(form, sent(remark__well="x" * 2000))["well"]) == REMARK_LIMIT
