"""Asking a mentor and answering: how many asks, what the answers are, when they lapse, and how many a mentor takes."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.cast import Cast
from tests.growth.mentors.pieces import accepted, agreed, asked, in_days, offered
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.growth.asking_actions import (
    accept_ask,
    ask_mentor,
    decline_ask,
    lapse_asks,
    propose_talk,
    take_ask_back,
)
from trellis.growth.mentor_access import asks_to_answer
from trellis.growth.mentor_actions import withdraw_offer
from trellis.growth.mentorship_actions import end_mentorship
from trellis.growth.models import AskState, Decline, MentorAsk, MentorOffer, Mentorship

pytestmark = pytest.mark.django_db
Commit = DjangoCaptureOnCommitCallbacks


def test_an_ask_waits_for_the_mentor_and_is_told_by_mail_without_a_name(
    cast: Cast, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ask = asked(cast.own, cast.coach)
    assert asks_to_answer(cast.coach).get() == ask
    assert ask.lapses_on == in_days(21)
    [letter] = mail.outbox
    assert letter.to == [cast.coach.email]
    assert f"/mentors/asks/{ask.uid}/" in letter.body
    assert "Own" not in letter.body + letter.subject
    assert "speak up" not in letter.body


def test_three_asks_may_be_open_and_no_more(cast: Cast) -> None:
    for name in ("coach", "president", "treasurer"):
        asked(cast.own, cast.persons[name])
    with pytest.raises(ValidationError, match="3 open asks"):
        asked(cast.own, cast.representative)
    take_ask_back(MentorAsk.objects.all()[0], by=cast.own)
    assert asked(cast.own, cast.representative).is_open


def test_nobody_asks_the_same_mentor_twice_at_once_nor_their_own_mentor(cast: Cast) -> None:
    asked(cast.own, cast.coach)
    with pytest.raises(ValidationError, match="asked them already"):
        asked(cast.own, cast.coach)
    offered(cast.president, capacity=2)
    agreed(cast.own, cast.president)
    with pytest.raises(ValidationError, match="mentor you already"):
        asked(cast.own, cast.president)


@pytest.mark.parametrize(("themes", "sentence"), [((), "Hello"), (("ADV.1",), "Hello"), (("COM.2",), "  ")])
def test_an_ask_names_themes_of_the_offer_and_says_something(
    cast: Cast, themes: tuple[str, ...], sentence: str
) -> None:
    offer = offered(cast.coach)
    with pytest.raises(ValidationError, match="at least one of their themes"):
        ask_mentor(offer, themes=themes, sentence=sentence, by=cast.own)


def test_a_mentor_whose_hands_are_full_is_not_asked(cast: Cast) -> None:
    accepted(cast.own, cast.coach)
    with pytest.raises(ValidationError, match="hands are full"):
        asked(cast.private, cast.coach)


def test_a_yes_makes_a_mentorship_to_whose_terms_both_have_yet_to_agree(
    cast: Cast, django_capture_on_commit_callbacks: Commit
) -> None:
    ask = asked(cast.own, cast.coach)
    with django_capture_on_commit_callbacks(execute=True):
        made = accept_ask(ask, by=cast.coach)
    assert (made.mentor, made.mentee, made.themes, made.shares) == (cast.coach, cast.own, ("COM.2",), "nothing")
    assert not made.is_agreed
    ask.refresh_from_db()
    assert ask.state == AskState.ACCEPTED
    assert not asks_to_answer(cast.coach).exists()
    [letter] = mail.outbox
    assert (letter.to, f"/mentors/with/{made.uid}/" in letter.body) == ([cast.own.email], True)


def test_more_asks_than_places_end_with_places_taken_and_a_plain_word(cast: Cast) -> None:
    offered(cast.coach, capacity=2)
    asks = [asked(cast.persons[name], cast.coach) for name in ("own", "private", "colleague")]
    for ask in asks[:2]:
        accept_ask(ask, by=cast.coach)
    with pytest.raises(ValidationError, match="Your hands are full"):
        accept_ask(asks[2], by=cast.coach)
    assert Mentorship.objects.running().filter(mentor=cast.coach).count() == 2
    end_mentorship(Mentorship.objects.all()[0], thanks="", by=cast.coach)
    accept_ask(asks[2], by=cast.coach)
    assert Mentorship.objects.running().filter(mentor=cast.coach).count() == 2


def test_without_an_offer_there_are_no_places(cast: Cast) -> None:
    ask = asked(cast.own, cast.coach)
    MentorOffer.objects.all().delete()
    with pytest.raises(ValidationError, match="hands are full"):
        accept_ask(ask, by=cast.coach)


def test_a_no_is_one_of_the_kind_sentences(cast: Cast) -> None:
    ask = asked(cast.own, cast.coach)
    with pytest.raises(ValidationError, match="Choose one of the sentences"):
        decline_ask(ask, reason="no", by=cast.coach)
    decline_ask(ask, reason=Decline.TIME, by=cast.coach)
    ask.refresh_from_db()
    assert (ask.state, ask.reason) == (AskState.DECLINED, Decline.TIME)
    with pytest.raises(ValidationError, match="This ask is over"):
        accept_ask(ask, by=cast.coach)


def test_a_talk_first_lets_the_ask_wait_as_long_again(cast: Cast) -> None:
    ask = asked(cast.own, cast.coach)
    MentorAsk.objects.filter(pk=ask.pk).update(lapses_on=in_days(1))
    with pytest.raises(ValidationError, match="Say when"):
        propose_talk(ask, words=" ", by=cast.coach)
    propose_talk(ask, words="Thursday at the bus garage?", by=cast.coach)
    ask.refresh_from_db()
    assert (ask.state, ask.lapses_on) == (AskState.TALK, in_days(21))
    assert accept_ask(ask, by=cast.coach).mentee == cast.own


def test_an_ask_lapses_after_its_last_day_and_may_be_sent_again(
    cast: Cast, django_capture_on_commit_callbacks: Commit
) -> None:
    ask = asked(cast.own, cast.coach)
    assert lapse_asks(in_days(21)) == "0 lapsed"
    with django_capture_on_commit_callbacks(execute=True):
        assert lapse_asks(in_days(22)) == "1 lapsed"
    assert lapse_asks(in_days(22)) == "0 lapsed"
    assert [letter.to for letter in mail.outbox] == [[cast.own.email]]
    ask.refresh_from_db()
    assert ask.state == AskState.LAPSED
    assert asked(cast.own, cast.coach).is_open


def test_what_has_lapsed_since_the_last_daily_job_is_over_already(cast: Cast) -> None:
    ask = asked(cast.own, cast.coach)
    MentorAsk.objects.filter(pk=ask.pk).update(lapses_on=clock.today() - dt.timedelta(days=1))
    assert not asks_to_answer(cast.coach).exists()
    with pytest.raises(ValidationError, match="This ask is over"):
        accept_ask(ask, by=cast.coach)
    assert asked(cast.own, cast.coach).is_open


def test_only_who_was_asked_answers_and_only_who_asked_takes_it_back(cast: Cast) -> None:
    ask = asked(cast.own, cast.coach)
    for answer in (accept_ask, lambda ask, by: decline_ask(ask, reason="full", by=by)):
        with pytest.raises(MentorAsk.DoesNotExist):
            answer(ask, by=cast.president)
    with pytest.raises(MentorAsk.DoesNotExist):
        take_ask_back(ask, by=cast.coach)


def test_who_withdraws_an_offer_lets_the_open_asks_go(cast: Cast, django_capture_on_commit_callbacks: Commit) -> None:
    ask, made = asked(cast.own, cast.coach), agreed(cast.private, cast.president)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_offer(MentorOffer.objects.get(person=cast.coach), by=cast.coach)
    withdraw_offer(MentorOffer.objects.get(person=cast.president), by=cast.president)
    ask.refresh_from_db()
    made.refresh_from_db()
    assert ask.state == AskState.LAPSED
    assert [letter.to for letter in mail.outbox] == [[cast.own.email]]
    assert made.is_agreed, "what runs goes on"


def test_every_step_leaves_a_row_and_no_words(cast: Cast) -> None:
    decline_ask(asked(cast.own, cast.coach), reason="time", by=cast.coach)
    take_ask_back(asked(cast.own, cast.president), by=cast.own)
    propose_talk(asked(cast.own, cast.treasurer), words="On Monday?", by=cast.treasurer)
    rows = AuditEntry.objects.filter(action__startswith="growth.mentor_ask").order_by("pk")
    assert [row.action.removeprefix("growth.mentor_") for row in rows] == [
        "ask", "ask_decline", "ask", "ask_back", "ask", "ask_talk",
    ]  # fmt: skip
    assert not any("Monday" in str(row.detail) or "speak up" in str(row.detail) for row in rows)
