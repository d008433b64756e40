import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.framework.wordmarks import Mark, marked, printed, same_words

# Few different words, so that texts share many of them; and signs that are set in several ways.
WORDS = st.lists(
    st.sampled_from(
        [
            "a",
            "the",
            "and",
            "union",
            "members'",
            "members’",
            "non-profit",
            "(e.g.,",
            ";",
            "“x”",
            '"x"',
            " ",
            "\u00a0",
            "…",
        ]
    ),
    max_size=40,
).map(" ".join)
TEXT = WORDS | st.text(max_size=80)


def _shown(before: str, after: str) -> str:
    signs = {Mark.SAME: "{}", Mark.REMOVED: "[{}]", Mark.ADDED: "<{}>"}
    return "".join(signs[mark].format(words) for mark, words in printed(marked(before, after)))


@given(TEXT, TEXT)
def test_taking_the_marks_away_gives_back_each_side_exactly(before: str, after: str) -> None:
    segments = marked(before, after)
    assert "".join(segment.before for segment in segments) == before
    assert "".join(segment.after for segment in segments) == after


@given(TEXT, TEXT)
def test_marks_stand_only_where_the_words_differ(before: str, after: str) -> None:
    changed = any(segment.mark is not Mark.SAME for segment in marked(before, after))
    assert changed is not same_words(before, after)


@given(TEXT, TEXT)
def test_every_run_is_what_its_mark_says(before: str, after: str) -> None:
    for segment in marked(before, after):
        if segment.mark is Mark.SAME:
            assert same_words(segment.before, segment.after)
        else:
            assert bool(segment.before) is (segment.mark is Mark.REMOVED)
            assert bool(segment.after) is (segment.mark is Mark.ADDED)


@given(TEXT)
def test_a_text_says_the_same_as_itself(text: str) -> None:
    assert same_words(text, text)
    assert all(segment.mark is Mark.SAME for segment in marked(text, text))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the Association's role", "the Association’s role"),
        ('a "growth" mindset', "a “growth”  mindset"),
        ("labor/ management", "labor/management"),
        ("P-20", "P–20"),
        ("one – two", "one - two"),
        ("and so on...", "and so on…"),
        ("coop\u00aderate", "cooperate"),
        ("e\u0301tude", "étude"),
        (" edges ", "edges"),
        ("new\u00a0line", "new\nline"),
    ],
)
def test_how_a_text_is_set_is_no_change(before: str, after: str) -> None:
    assert same_words(before, after)
    assert all(segment.mark is Mark.SAME for segment in marked(before, after))


@pytest.mark.parametrize(
    ("before", "after"),
    [("schools and campuses", "schools, and campuses"), ("every day", "everyday"), ("Lead", "lead"), ("one", "")],
)
def test_other_words_signs_and_capitals_are_a_change(before: str, after: str) -> None:
    assert not same_words(before, after)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("and models for continuous growth", "and models continuous growth", "and models [for ]continuous growth"),
        ("students, schools and homes", "students, schools, and homes", "students, schools<, >and homes"),
        ("of policies, rules and more", "of policies and rules and more", "of policies[, ]<and >rules and more"),
        ("x old.", "x new text.", "x [old]<new text>."),
        ("one two three", "one two", "one two [three]"),
        ("", "all new", "<all new>"),
    ],
)
def test_marks_are_put_word_by_word(before: str, after: str, shown: str) -> None:
    assert _shown(before, after) == shown


def test_a_little_word_inside_a_rewritten_passage_is_no_island() -> None:
    shown = _shown("plan red green blue and seven eight nine go", "plan cats dogs birds and desks lamps pens go")
    assert shown == "plan [red green blue and seven eight nine ]<cats dogs birds and desks lamps pens >go"


def test_texts_too_long_to_align_are_marked_as_a_whole_between_their_shared_ends() -> None:
    before = " ".join(["start", *(f"a{number}" for number in range(6000)), "end"])
    after = " ".join(["start", *(f"b{number}" for number in range(6000)), "end"])
    segments = marked(before, after)
    assert [segment.mark for segment in segments] == [Mark.SAME, Mark.REMOVED, Mark.ADDED, Mark.SAME]
    assert "".join(segment.after for segment in segments) == after
