"""What happens by itself, once a day: closing, forgetting, and mails that could not be sent before."""

import datetime as dt
import logging

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.cast import Cast
from tests.learning.programmes import stages
from trellis.core import clock
from trellis.learning.call_actions import close_call
from trellis.learning.models import Application, Call, CallStatus, Capstone, Cohort, News, NewsKind, Outcome
from trellis.learning.news import post_waiting, write_news
from trellis.learning.programme_jobs import close_past, forget_old

pytestmark = pytest.mark.usefixtures("framework")
Capture = DjangoCaptureOnCommitCallbacks


def move(call: Call, days: int) -> None:
    """Let a decided call lie so many days further back."""
    far = dt.timedelta(days=days)
    Call.objects.filter(pk=call.pk).update(
        closed_at=clock.now() - far, decided_at=clock.now() - far if call.decided_at else None,
        opens_on=stages.day(-days - 9), closes_on=stages.day(-days), decide_on=stages.day(-days),
    )  # fmt: skip


def test_a_call_closes_after_its_last_day(cast: Cast) -> None:
    call = stages.opened(cast, closes_on=clock.today())
    assert close_past(clock.today()) == "closed 0 calls"
    assert close_past(stages.day(1)) == "closed 1 calls"
    call.refresh_from_db()
    assert call.status == CallStatus.CLOSED
    assert close_past(stages.day(1)) == "closed 0 calls"


def test_applications_are_kept_for_a_year_after_the_decision(cast: Cast) -> None:
    call = stages.told(cast, {"own": Outcome.OFFER, "coached": Outcome.DECLINE})
    move(call, 364)
    assert forget_old(clock.today()) == "forgot 0 applications and 0 capstones"
    move(call, 367)
    assert forget_old(clock.today()) == "forgot 2 applications and 0 capstones"
    assert not Application.objects.exists()
    assert Call.objects.filter(pk=call.pk).exists()


def test_where_nobody_ever_decided_the_day_it_was_due_counts(cast: Cast) -> None:
    call = stages.closed(cast)
    move(call, 367)
    assert forget_old(clock.today()).startswith("forgot 1 applications")


def test_what_was_never_sent_goes_a_month_after_the_close(cast: Cast) -> None:
    call = stages.opened(cast)
    stages.begun(cast, call=call)
    stages.sent(cast, "coached", call)
    call = close_call(call, by=cast.state_staff)
    move(call, 29)
    assert forget_old(clock.today()).startswith("forgot 0")
    move(call, 32)
    assert forget_old(clock.today()).startswith("forgot 1 applications")
    assert Application.objects.get().person == cast.coached


def test_capstones_are_kept_for_three_years_and_completion_for_longer(cast: Cast) -> None:
    cohort = stages.cohort(cast)
    stages.capstone(cast, cohort)
    Cohort.objects.update(starts_on=stages.day(-1200), ends_on=stages.day(-1094))
    assert forget_old(clock.today()).endswith("0 capstones")
    Cohort.objects.update(ends_on=stages.day(-1096))
    assert forget_old(clock.today()).endswith("1 capstones")
    assert not Capstone.objects.exists()
    assert cohort.members.count() == 1


def test_a_mail_that_fails_waits_and_is_sent_once_later(
    cast: Cast,
    django_capture_on_commit_callbacks: Capture,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(self: EmailBackend, messages: object) -> int:
        raise ConnectionRefusedError

    programme = stages.programme(cast)
    with monkeypatch.context() as patch, caplog.at_level(logging.WARNING):
        patch.setattr(EmailBackend, "send_messages", refuse)
        with django_capture_on_commit_callbacks(execute=True):
            write_news([cast.own, cast.own, cast.coached], NewsKind.READ, programme)
            write_news([cast.own], NewsKind.READ, programme)
    assert News.objects.count() == 2
    assert "ConnectionRefusedError" in caplog.text
    assert "own" not in caplog.text
    assert post_waiting(clock.today()).startswith("0 of 0")
    News.objects.update(made_at=clock.now() - dt.timedelta(hours=1))
    assert post_waiting(clock.today()).startswith("2 of 2")
    assert [letter.to[0] for letter in mail.outbox] == ["own@example.org", "coached@example.org"]
    assert not News.objects.exists()


def test_every_kind_of_news_has_its_words_and_leads_somewhere(cast: Cast) -> None:
    cohort = stages.cohort(cast)
    application = Application.objects.get()
    uids = {
        NewsKind.ENDORSED: application.uid, NewsKind.OUTCOME: application.uid, NewsKind.LAPSED: application.uid,
        NewsKind.OFFER: stages.offer_of(cast, application.call).uid, NewsKind.COHORT: cohort.uid,
        NewsKind.CAPSTONE_READ: cohort.uid, NewsKind.COMPLETED: cohort.uid,
    }  # fmt: skip
    News.objects.all().delete()
    for kind in NewsKind:
        write_news([cast.own], kind, cohort.programme, uid=uids.get(kind))
    News.objects.update(made_at=clock.now() - dt.timedelta(hours=1))
    post_waiting(clock.today())
    assert len(mail.outbox) == len(NewsKind)
    assert all("Emerging Leaders" in letter.subject and "/programs/" in letter.body for letter in mail.outbox)
