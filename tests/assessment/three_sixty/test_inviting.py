"""Opening, links, reminders and the end: what goes out by mail, to whom, and when it stops."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command

from tests.assessment.three_sixty.lists import PEERS, link_to, links_in, mail_to, named, opened, started, with_coach
from tests.cast import Cast
from trellis.assessment.answering import refuse, save_letter
from trellis.assessment.closing import close
from trellis.assessment.ending import cancel, close_past, remind_all
from trellis.assessment.form import Point
from trellis.assessment.inviting import open_three_sixty, reminder_days
from trellis.assessment.models import Envelope, Invitation, Rater, RaterState, ThreeSixty, ThreeSixtyState
from trellis.assessment.nominating import name_address
from trellis.assessment.sealed import new_secret
from trellis.assessment.three_sixty_queries import left_out, tree_of
from trellis.core import clock
from trellis.framework.models import Edition

Commit = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Commit) -> Callable[[], AbstractContextManager[Any]]:
    """Let what waits for the end of the transaction happen at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], dt.date]:
    """Move the clock on by so many days; returns the day."""
    really = clock.now

    def move(days: int) -> dt.date:
        monkeypatch.setattr(clock, "now", lambda: really() + dt.timedelta(days=days))
        return clock.today()

    return move


def answer(rater: Rater) -> None:
    theme = tree_of(rater.three_sixty).themes[0].id
    save_letter(rater, new_secret(), answers={Point("theme", theme): 2}, remarks={}, final=True)


def test_each_rater_gets_one_link_of_their_own(cast: Cast, framework: Edition, committed: Any) -> None:
    with committed():
        found = opened(cast.own, cast.coach)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(PEERS)
    assert len({link_to(email) for email in PEERS}) == len(PEERS)
    assert found.state == ThreeSixtyState.OPEN
    assert Invitation.objects.count() == len(PEERS)


def test_no_link_can_be_made_from_the_database(cast: Cast, framework: Edition, committed: Any) -> None:
    with committed():
        opened(cast.own, cast.coach)
    kept = set(Invitation.objects.values_list("digest", flat=True))
    assert not any(digest in str(message.body) for digest in kept for message in mail.outbox)


def test_a_mail_names_who_asks_and_nobody_else(cast: Cast, framework: Edition, committed: Any) -> None:
    with committed():
        opened(cast.own, cast.coach)
    message = mail_to(PEERS[0])
    text = f"{message.subject} {message.body}"
    assert cast.own.name in text
    assert "those of at least four others" in text
    for other in (cast.coach.name, cast.own.email, cast.coach.email, *PEERS[1:]):
        assert other not in text
    assert len(links_in(str(message.body))) == 2


def test_who_is_shown_by_name_reads_so_in_the_mail(cast: Cast, framework: Edition, committed: Any) -> None:
    found = named(started(cast.own), cast.own)
    named(found, cast.own, ["boss@example.com"], "lead")
    with committed():
        open_three_sixty(found, confirmed=(), by=cast.own)
    assert "shown with your name" in str(mail_to("boss@example.com").body)
    assert "shown with your name" not in str(mail_to(PEERS[0]).body)


def test_a_rater_is_written_to_in_their_language(cast: Cast, framework: Edition, committed: Any) -> None:
    found = named(started(cast.own), cast.own)
    name_address(found, name="Lupe", email="lupe@example.com", relation="peer", language="es", by=cast.own)
    with committed():
        open_three_sixty(found, confirmed=(), by=cast.own)
    assert "cómo ves" in mail_to("lupe@example.com").subject
    assert "asks how you see them" in mail_to(PEERS[0]).subject


def test_a_person_with_an_account_is_written_to_there(cast: Cast, framework: Edition, committed: Any) -> None:
    found = named(started(cast.own), cast.own)
    Rater.objects.create(three_sixty=found, person=cast.colleague, name="Colleague", relation="peer")
    with committed():
        open_three_sixty(found, confirmed=(), by=cast.own)
    assert mail_to("colleague@example.org")


def test_without_the_coach_a_list_that_has_one_is_not_opened(cast: Cast, framework: Edition) -> None:
    found = named(started(cast.own, cast.coach), cast.own)
    with pytest.raises(ValidationError, match="coach first"):
        open_three_sixty(found, confirmed=(), by=cast.own)


def test_a_flagged_address_gets_no_link_until_somebody_ticks_it(cast: Cast, framework: Edition, committed: Any) -> None:
    found = with_coach(cast.own, cast.coach)
    kept, ticked = (
        Rater.objects.create(
            three_sixty=found, name=name, email=f"{name}@x.k12.or.us", relation="peer", is_employer_address=True
        )
        for name in ("kept", "ticked")
    )
    with committed():
        open_three_sixty(found, confirmed=[ticked.uid], by=cast.coach)
    asked = {message.to[0] for message in mail.outbox}
    assert ticked.email in asked
    assert kept.email not in asked
    assert list(left_out(found)) == [kept]


def test_who_is_asked_late_still_has_a_week(cast: Cast, framework: Edition, later: Any) -> None:
    found = with_coach(cast.own, cast.coach)
    day = later(20)
    open_three_sixty(found, confirmed=(), by=cast.coach)
    assert ThreeSixty.objects.get(pk=found.pk).round.closes_on == day + dt.timedelta(days=7)


def test_a_server_that_takes_no_mail_loses_nothing_and_is_tried_again(
    cast: Cast, framework: Edition, committed: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**kwargs: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr("trellis.core.mail.send", broken)
        with committed():
            found = opened(cast.own, cast.coach)
    assert not Invitation.objects.exists()
    assert set(found.raters.values_list("state", flat=True)) == {RaterState.INVITED}
    assert not any(email in caplog.text for email in PEERS)
    assert "ConnectionRefusedError" in caplog.text
    with committed():
        remind_all(clock.today())
    assert {message.to[0] for message in mail.outbox} == set(PEERS)
    assert mail.outbox[0].subject.endswith("asks how you see them")


def test_reminders_go_to_who_has_not_answered_on_two_days(
    cast: Cast, framework: Edition, committed: Any, later: Any
) -> None:
    with committed():
        found = opened(cast.own, cast.coach)
    first, second, *others = found.raters.order_by("pk")
    half, last_call = reminder_days(found)
    assert (half - found.round.opens_on).days == 10
    assert (found.round.closes_on - last_call).days == 3
    answer(first)
    refuse(second)
    for days, expected in ((9, 0), (10, 4), (11, 0), (18, 4), (19, 0)):
        mail.outbox.clear()
        day = later(days)
        with committed():
            remind_all(day)
        assert {message.to[0] for message in mail.outbox} == ({rater.email for rater in others} if expected else set())


def test_a_missed_day_is_made_up_for(cast: Cast, framework: Edition, committed: Any, later: Any) -> None:
    with committed():
        opened(cast.own, cast.coach)
    mail.outbox.clear()
    day = later(13)
    with committed():
        remind_all(day)
    assert len(mail.outbox) == len(PEERS)
    assert mail.outbox[0].subject.startswith("Still time")


def test_it_closes_by_itself_after_the_last_day_and_the_person_is_told(
    cast: Cast, framework: Edition, committed: Any, later: Any
) -> None:
    with committed():
        found = opened(cast.own, cast.coach)
    for rater in found.raters.all():
        answer(rater)
    mail.outbox.clear()
    assert close_past(later(21)) == "0 closed"
    day = later(22)
    with committed():
        assert close_past(day) == "1 closed"
    found.refresh_from_db()
    assert found.state == ThreeSixtyState.CLOSED
    [message] = mail.outbox
    assert message.to == [cast.own.email]
    assert message.subject == "Your report is ready"
    assert str(found.uid) in str(message.body)


def test_one_that_cannot_be_opened_any_more_keeps_no_other_open(
    cast: Cast, framework: Edition, later: Any, caplog: pytest.LogCaptureFixture
) -> None:
    broken, good = opened(cast.own, cast.coach), opened(cast.private, cast.coach)
    for found in (broken, good):
        answer(found.raters.all()[0])
    ThreeSixty.objects.filter(pk=broken.pk).update(key=b"another site's key, of another length")
    assert close_past(later(22)) == "1 closed"
    assert ThreeSixty.objects.get(pk=good.pk).state == ThreeSixtyState.CLOSED
    assert ThreeSixty.objects.get(pk=broken.pk).state == ThreeSixtyState.OPEN
    assert "secret key has changed" in caplog.text


def test_the_daily_command_runs_every_job(cast: Cast, framework: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("daily")
    printed = capsys.readouterr().out
    assert "three-sixty-remind: 0 mails" in printed
    assert "three-sixty-close: 0 closed" in printed


def test_cancelling_deletes_names_links_answers_and_the_key(cast: Cast, framework: Edition) -> None:
    found = opened(cast.own, cast.coach)
    for rater in found.raters.all():
        answer(rater)
    cancel(found, by=cast.own)
    found.refresh_from_db()
    assert (found.state, found.key) == (ThreeSixtyState.CANCELLED, None)
    assert not Rater.objects.exists()
    assert not Envelope.objects.exists()
    assert not Invitation.objects.exists()
    with pytest.raises(ValidationError):
        close(found, by=None)
