"""The parts that the reading pages are made of: times in words, marks, neighbours, and what is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.framework import duration
from trellis.framework.highlight import marked, words_of
from trellis.framework.kept import Kept
from trellis.framework.reading import beside, term_anchor


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "about 1 minute"), (30, "about 30 minutes"), (60, "about 1 hour"), (75, "about 1½ hours"),
        (80, "about 1½ hours"), (90, "about 1½ hours"), (120, "about 2 hours"), (270, "about 4½ hours"),
        (480, "about 1 day"), (600, "about 1½ days"), (960, "about 2 days"), (7200, "about 15 days"),
    ],
)  # fmt: skip
def test_a_rough_time_is_said_in_words(minutes: int, words: str) -> None:
    assert duration.about(minutes) == words


@pytest.mark.parametrize(
    ("text", "asked", "html"),
    [
        ("We organize. Organized!", "organizing", "We <mark>organize</mark>. <mark>Organized</mark>!"),
        ("Planning & plans", "plan", "<mark>Planning</mark> &amp; <mark>plans</mark>"),
        ("Café <b>", "cafe b", "<mark>Café</mark> &lt;<mark>b</mark>&gt;"),
        ("commas", "community", "commas"),
        ("reads 'one' \"two\"", "", "reads &#x27;one&#x27; &quot;two&quot;"),
    ],
)
def test_found_words_are_marked(text: str, asked: str, html: str) -> None:
    assert marked(text, words_of(asked)) == html


@given(text=st.text(), asked=st.text())
def test_marks_never_let_html_through(text: str, asked: str) -> None:
    bare = str(marked(text, words_of(asked))).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert '"' not in bare


def test_neighbours_end_with_none() -> None:
    assert [beside("abc", letter) for letter in "abc"] == [(None, "b"), ("a", "c"), ("b", None)]
    assert beside("a", "a") == (None, None)


def test_a_term_becomes_a_place_on_the_page() -> None:
    assert term_anchor("Race equity lens") == "term-race-equity-lens"


def test_what_was_asked_for_last_is_kept() -> None:
    made: list[str] = []
    kept: Kept[str] = Kept(most=2)

    def ask(key: str) -> str:
        def make() -> str:
            made.append(key)
            return key.upper()

        return kept.get(key, make)

    assert [ask(key) for key in "abaca"] == ["A", "B", "A", "C", "A"]
    assert made == ["a", "b", "c"]
    ask("b")
    assert made == ["a", "b", "c", "b"]
    assert len(kept) == 2
