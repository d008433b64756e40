"""A page with what was answered so far, as its template takes it."""

from tests.assessment.trees import grow
from trellis.assessment.filled import filled, left_on, questions_left, told
from trellis.assessment.form import Page, Point, form_of
from trellis.assessment.instruments import DEEP_SELF, PROGRAM_EVALUATION, SHORT_SELF, shipped

TREE = grow(2, 1)
THEME = TREE.themes[0]


def ladders() -> Page:
    return form_of(shipped()[SHORT_SELF], TREE).pages[0]


def statements() -> Page:
    return form_of(shipped()[DEEP_SELF], TREE, themes=[THEME.code]).pages[0]


def test_nothing_is_picked_before_it_is_answered() -> None:
    for page in (ladders(), statements()):
        for block in filled(page, {}):
            for asked in block.questions:
                assert not any(option.picked or option.begun for option in asked.options)
                assert asked.apart is None or not asked.apart.picked


def test_a_half_step_picks_its_rung_and_its_tick() -> None:
    first, second = filled(ladders(), {Point("theme", THEME.id): 3})
    (asked,) = first.questions
    assert [(option.value, option.picked, option.begun) for option in asked.options] == [
        ("0", False, False),
        ("1", True, True),
        ("2", False, False),
        ("3", False, False),
    ]
    assert (first.left, second.left) == (0, 1)


def test_cannot_say_is_set_apart_and_is_an_answer() -> None:
    (first, _second) = filled(ladders(), {Point("theme", THEME.id): None})
    (asked,) = first.questions
    assert asked.apart is not None
    assert asked.apart.picked
    assert first.left == 0


def test_one_question_is_asked_by_its_block_and_two_by_their_own_words() -> None:
    assert {asked.label_id for block in filled(ladders(), {}) for asked in block.questions} == {""}
    often, last = filled(statements(), {})[0].questions
    assert (often.label_id, last.label_id) == (f"{often.name}-asks", f"{last.name}-asks")


def test_ids_are_unique_in_the_page() -> None:
    for page in (ladders(), statements()):
        blocks = filled(page, {})
        ids = [block.id for block in blocks]
        for block in blocks:
            for asked in block.questions:
                ids += [option.id for option in (*asked.options, *filter(None, [asked.apart]))]
                ids += [option.said for option in asked.options if option.ideas]
        assert len(ids) == len(set(ids))


def test_the_same_ideas_are_told_once_and_describe_both_ladders() -> None:
    page = form_of(shipped()[PROGRAM_EVALUATION], TREE, themes=[THEME.code], moment="after").pages[0]
    after, then = filled(page, {})[0].questions
    assert [bool(option.ideas) for option in after.options] == [False, True, True, True]
    assert not any(option.ideas for option in then.options)
    assert [option.said for option in then.options] == [option.said for option in after.options]


def test_a_follow_up_is_left_open_only_when_it_is_asked() -> None:
    page, point = statements(), Point("statement", THEME.cells[0].statements[0].id)
    last = point._replace(aspect="last")
    assert (left_on(page, {}), questions_left(page, {})) == (3, 3)
    assert (left_on(page, {point: 0}), questions_left(page, {point: 0})) == (2, 2)
    assert (left_on(page, {point: 2}), questions_left(page, {point: 2})) == (3, 3)
    assert (left_on(page, {point: 2, last: 0}), questions_left(page, {point: 2, last: 0})) == (2, 2)


def test_the_answers_that_ask_for_a_follow_up_are_marked() -> None:
    often, last = filled(statements(), {})[0].questions
    assert [(option.value, option.leads) for option in often.options] == [("0", False), ("1", True), ("2", True)]
    assert (often.is_follow_up, last.is_follow_up) == (False, True)
    assert often.apart is not None
    assert not often.apart.leads


def test_answers_are_told_in_words() -> None:
    point = Point("statement", THEME.cells[0].statements[0].id)
    (first, answers), *rest = told(statements(), {point: 1, point._replace(aspect="last"): 3})
    assert first.text == "I do AA.1.L1."
    assert answers == [("How often?", "Sometimes"), ("The last time I did it", "Within a month")]
    assert all(not others for _block, others in rest)
    ((_block, said), _second) = told(ladders(), {Point("theme", THEME.id): 3})
    assert said == [("", "Foundational. Partly: I have begun the next step")]
