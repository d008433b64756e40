"""What the daily jobs do: remind once, on the day before; try letters again; forget what people needed."""

import datetime as dt
import logging

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.cast import Cast
from tests.learning import offerings
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.learning.actions import cancel_session, leave, sign_up
from trellis.learning.forgetting import forget_due
from trellis.learning.letters import post_waiting
from trellis.learning.models import Letter, Session, SignUp
from trellis.learning.reminding import remind_all

pytestmark = pytest.mark.usefixtures("framework")
Committed = DjangoCaptureOnCommitCallbacks
NOON = dt.datetime(2026, 12, 1, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day at noon in London, early morning in Denver."""
    monkeypatch.setattr(clock, "now", lambda: NOON)


def seat(cast: Cast, starts: dt.datetime, zone: str = "America/Denver") -> SignUp:
    session = offerings.session(cast, days=60)
    Session.objects.filter(pk=session.pk).update(starts_at=starts, ends_at=starts + dt.timedelta(hours=2), zone=zone)
    session.refresh_from_db()
    return SignUp.objects.create(session=session, person=cast.own)


def remind(committed: Committed) -> str:
    with committed(execute=True):
        return remind_all(clock.today())


def test_a_reminder_comes_on_the_day_before_once(
    cast: Cast, noon: None, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Committed
) -> None:
    tomorrow = seat(cast, NOON + dt.timedelta(hours=36))
    assert remind(django_capture_on_commit_callbacks) == "1 reminders of sessions"
    assert [letter.to for letter in mail.outbox] == [["own@example.org"]]
    assert f"/learn/session/{tomorrow.session.uid}/" in mail.outbox[0].body
    assert "Listening" not in mail.outbox[0].body
    assert remind(django_capture_on_commit_callbacks) == "0 reminders of sessions"
    assert AuditEntry.objects.get(action="learning.remind").detail == {"letters": 1}
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(days=1))
    assert remind(django_capture_on_commit_callbacks) == "0 reminders of sessions"


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(
    ("hours", "zone", "due"),
    [
        (1, "America/Denver", 1),  # a day was missed
        (41, "America/Denver", 1),  # ten in the evening of tomorrow, there
        (43, "America/Denver", 0),  # midnight: the day after tomorrow, there
        (47, "Pacific/Auckland", 0),  # where it is one in the night already, tomorrow is over sooner
        (-1, "America/Denver", 0),
    ],
)
def test_the_day_before_is_that_of_the_sessions_own_clocks(
    cast: Cast, django_capture_on_commit_callbacks: Committed, hours: int, zone: str, due: int
) -> None:
    seat(cast, NOON + dt.timedelta(hours=hours), zone)
    remind(django_capture_on_commit_callbacks)
    assert len(mail.outbox) == due


def test_nobody_is_reminded_of_what_they_left_wait_for_or_what_is_cancelled(
    cast: Cast, noon: None, django_capture_on_commit_callbacks: Committed
) -> None:
    leave(seat(cast, NOON + dt.timedelta(hours=20)), by=cast.own)
    waits = seat(cast, NOON + dt.timedelta(hours=20))
    SignUp.objects.filter(pk=waits.pk).update(status="waiting")
    cancel_session(seat(cast, NOON + dt.timedelta(hours=20)).session, by=None)
    remind(django_capture_on_commit_callbacks)
    assert mail.outbox == []


class Broken(EmailBackend):
    """A mail server that takes nothing for one address."""

    def send_messages(self, messages: list[mail.EmailMessage]) -> int:  # type: ignore[override]
        if messages[0].to == ["own@example.org"]:
            raise ConnectionRefusedError("own@example.org")
        return super().send_messages(messages)


def test_a_letter_that_cannot_be_sent_keeps_nobody_waiting_and_goes_later(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Committed,
) -> None:
    session = offerings.session(cast)
    for person in (cast.own, cast.coached):
        sign_up(session, person=person, by=person)
    with monkeypatch.context() as broken, caplog.at_level(logging.WARNING):
        broken.setattr("trellis.core.mail.get_connection", Broken)
        with django_capture_on_commit_callbacks(execute=True):
            cancel_session(session, by=None)
    assert [letter.to for letter in mail.outbox] == [["coached@example.org"]]
    assert "1 mails about sessions could not be sent (ConnectionRefusedError)" in caplog.text
    assert "own@example.org" not in caplog.text
    assert Letter.objects.count() == 1
    assert post_waiting(clock.today()) == "0 of 0 letters that waited were sent", "it is only just written"
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(hours=1))
    assert post_waiting(clock.today()) == "1 of 1 letters that waited were sent"
    assert mail.outbox[1].to == ["own@example.org"]
    assert not Letter.objects.exists()


def test_a_letter_that_is_no_longer_true_is_not_sent(cast: Cast) -> None:
    made = sign_up(offerings.session(cast), person=cast.own, by=cast.own)
    for kind in ("seat", "reminder", "cancelled"):
        Letter.objects.create(sign_up=made, kind=kind, made_at=clock.now() - dt.timedelta(days=1))
    leave(made, by=cast.own)
    post_waiting(clock.today())
    assert (mail.outbox, Letter.objects.count()) == ([], 0)


@pytest.mark.parametrize(("days", "kept"), [(29, True), (31, False)])
def test_what_people_need_is_forgotten_thirty_days_after(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, days: int, kept: bool
) -> None:
    session = offerings.session(cast)
    made = sign_up(session, person=cast.own, by=cast.own, needs="A ramp", children=2)
    monkeypatch.setattr(clock, "now", lambda: session.ends_at + dt.timedelta(days=days))
    forget_due(clock.today())
    made.refresh_from_db()
    assert (made.needs, made.children) == (("A ramp", 2) if kept else ("", 0))
    assert AuditEntry.objects.filter(action="learning.forget").exists() != kept


def test_sign_ups_are_forgotten_after_three_years(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    session = offerings.session(cast)
    sign_up(session, person=cast.own, by=cast.own)
    monkeypatch.setattr(clock, "now", lambda: session.ends_at + dt.timedelta(days=1090))
    assert forget_due(clock.today()).endswith("and 0 old sign-ups")
    monkeypatch.setattr(clock, "now", lambda: session.ends_at + dt.timedelta(days=1097))
    assert forget_due(clock.today()).endswith("and 1 old sign-ups")
    assert (SignUp.objects.count(), Session.objects.count()) == (0, 1)
