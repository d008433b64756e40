"""The form of a step: what counts as an answer, and when it was given, whatever a browser sends."""

import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.assessment.forms import StepForm
from trellis.core import clock

QUICK = settings(max_examples=40, deadline=None, database=None)
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def form(query: str, top: int = 3) -> StepForm:
    return StepForm(QueryDict(query), top=top)


@pytest.fixture
def held_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Noon."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.mark.parametrize(
    ("query", "half_steps"),
    [
        ("step=0", 0),
        ("step=0&partly=0", 1),
        ("step=1", 2),
        ("step=2&partly=2", 5),
        ("step=3", 6),
        ("step=3&partly=3", 6),
        ("step=none", None),
        ("step=none&partly=none", None),
    ],
)
def test_a_step_becomes_half_steps_and_no_chance_is_no_number(query: str, half_steps: int | None) -> None:
    sent = form(query)
    assert sent.is_valid()
    assert sent.half_steps() == half_steps


def test_only_the_tick_of_the_chosen_step_counts() -> None:
    sent = form("partly=0&step=2&partly=1")
    assert sent.is_valid()
    assert sent.half_steps() == 4
    sent = form("partly=0&step=2&partly=2")
    assert sent.is_valid()
    assert sent.half_steps() == 5


@pytest.mark.parametrize("step", ["4", "-1", "1.5", "²", "٣", "NONE", "01", "9" * 5000, "\x00", "one"])
def test_a_step_that_is_not_there_is_refused_in_words(step: str) -> None:
    data = QueryDict(mutable=True)
    data["step"] = step
    sent = StepForm(data, top=3)
    assert not sent.is_valid()
    assert sent.first_error().endswith(".")


def test_nothing_chosen_is_refused_with_a_way_on() -> None:
    sent = form("partly=1")
    assert not sent.is_valid()
    assert sent.first_error() == "Pick a step, or skip this theme for now."


def test_a_ladder_of_two_levels_has_no_third_step() -> None:
    assert form("step=2", top=2).is_valid()
    assert not form("step=3", top=2).is_valid()


@pytest.mark.parametrize(
    ("age_ms", "age"),
    [
        ("", dt.timedelta()),
        ("0", dt.timedelta()),
        ("90000", dt.timedelta(seconds=90)),
        (str(60 * 24 * 3600 * 1000), dt.timedelta(days=60)),
        (str(61 * 24 * 3600 * 1000), dt.timedelta()),
        (str(10**18), dt.timedelta()),
        ("9" * 400, dt.timedelta()),
    ],
)
def test_an_answer_is_as_old_as_the_browser_says_unless_that_cannot_be(
    held_clock: None, age_ms: str, age: dt.timedelta
) -> None:
    sent = form(f"step=1&age_ms={age_ms}")
    assert sent.is_valid()
    assert sent.answered_at() == NOW - age


@pytest.mark.parametrize("age_ms", ["-1", "soon", "1e3"])
def test_an_age_that_is_no_age_is_refused(age_ms: str) -> None:
    assert not form(f"step=1&age_ms={age_ms}").is_valid()


@QUICK
@given(st.text(), st.lists(st.text(), max_size=4), st.text())
def test_whatever_is_sent_is_an_answer_or_a_refusal(step: str, partly: list[str], age_ms: str) -> None:
    data = QueryDict(mutable=True)
    data["step"], data["age_ms"] = step, age_ms
    data.setlist("partly", partly)
    sent = StepForm(data, top=3)
    if sent.is_valid():
        assert sent.half_steps() in {None, *range(7)}
        assert sent.answered_at() <= clock.now()
    else:
        assert sent.first_error()
