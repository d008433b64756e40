"""What has been completed is told to who asked for it: signed, tried again, never twice, and without names."""

import base64
import datetime as dt
import hashlib
import hmac
import json
import socket
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.cast import Cast
from tests.learning import offerings
from tests.learning.programmes import stages
from trellis.core import clock
from trellis.exchange.models import Delivery, Event, Webhook
from trellis.exchange.own_data.erasing import erase
from trellis.exchange.webhooks.actions import (
    add_webhook,
    forget_old_deliveries,
    renew_secret,
    send_test,
    switch,
)
from trellis.exchange.webhooks.sending import WAITS, NotSentError, post, send_due
from trellis.learning.actions import sign_up
from trellis.learning.attendance_actions import mark_attendance
from trellis.learning.completing import complete
from trellis.learning.models import CohortMember, Session, SignUp

URL = "https://lms.example.org/hook"
BOTH = [Event.PROGRAM_COMPLETED, Event.SESSION_ATTENDED]


class Other:
    """The other side: answers with a status, or does not answer, and keeps what it was sent."""

    def __init__(self, *answers: int | str) -> None:
        self.answers = list(answers)
        self.heard: list[tuple[str, dict[str, Any], dict[str, str]]] = []

    def __call__(self, url: str, text: bytes, headers: dict[str, str]) -> int:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, str):
            raise NotSentError(answer)
        self.heard.append((url, json.loads(text), headers | {"text": text.decode()}))
        return answer


def _hold_session(cast: Cast, *people: str) -> Session:
    """A session that goes on, to which these have signed up."""
    session = offerings.session(cast)
    for name in people:
        sign_up(session, person=cast.viewer(name), by=cast.viewer(name))
    Session.objects.filter(pk=session.pk).update(
        starts_at=clock.now() - dt.timedelta(hours=1), ends_at=clock.now() + dt.timedelta(hours=1)
    )
    return Session.objects.get(pk=session.pk)


def _came(cast: Cast, session: Session, *, came: bool | None = True) -> None:
    marks = {row.pk: came for row in SignUp.objects.filter(session=session)}
    mark_attendance(session, marks, by=cast.president)


def _later(monkeypatch: pytest.MonkeyPatch, **wait: int) -> None:
    now = clock.now() + dt.timedelta(**wait)
    monkeypatch.setattr("trellis.exchange.webhooks.sending.clock.now", lambda: now)


def test_who_came_is_told_once_signed_and_by_number(cast: Cast) -> None:
    told = add_webhook(unit=cast.unit("Riverside"), url=URL, events=BOTH, by=cast.president)
    session = _hold_session(cast, "own", "colleague")
    _came(cast, session)
    other = Other(200)
    assert str(send_due(send=other)) == "2 delivered, 0 not"
    assert str(send_due(send=other)) == "0 delivered, 0 not"
    assert {message["data"]["person"] for _url, message, _headers in other.heard} == {
        str(cast.own.uid), str(cast.colleague.uid),
    }  # fmt: skip
    url, message, headers = other.heard[0]
    assert (url, message["type"], message["data"]["session"]) == (URL, "session.attended", str(session.uid))
    assert not {"Own", "Colleague", "example.org"} & set(json.dumps(message["data"]).split('"'))
    # As a receiver checks it, by the convention: base64 of HMAC-SHA256 over "number.moment.text".
    key = base64.b64decode(told.secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{headers['text']}".encode()
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"


def test_marked_not_there_and_there_again_it_is_told_once(cast: Cast) -> None:
    add_webhook(unit=cast.unit("Riverside"), url=URL, events=BOTH, by=cast.president)
    session, other = _hold_session(cast, "own"), Other(200)
    for came in (True, False, True):
        _came(cast, session, came=came)
        send_due(send=other)
    assert len(other.heard) == 1


def test_what_was_taken_back_before_it_was_sent_is_not_told(cast: Cast) -> None:
    add_webhook(unit=cast.unit("Riverside"), url=URL, events=BOTH, by=cast.president)
    session, other = _hold_session(cast, "own"), Other("silence", 200)
    _came(cast, session)
    send_due(send=other)
    _came(cast, session, came=None)
    Delivery.objects.update(next_at=clock.now())
    send_due(send=other)
    assert other.heard == []
    assert Delivery.objects.get().state == "gone"


def test_a_completed_program_is_told(cast: Cast) -> None:
    add_webhook(unit=cast.unit("Alder"), url=URL, events=BOTH, by=cast.state_staff)
    found = stages.cohort(cast)
    stages.attended(cast, found, True, True, True)
    member = stages.member_of(cast, found)
    CohortMember.objects.filter(pk=member.pk).update(exception="Was ill.", exception_by=stages.second_staff(cast))
    complete(CohortMember.objects.get(pk=member.pk), by=cast.state_staff)
    other = Other(200)
    send_due(send=other)
    (message,) = (message for _url, message, _headers in other.heard if message["type"] == "program.completed")
    assert message["data"] == {
        "program": str(found.programme.uid),
        "title": found.programme.title,
        "cohort": str(found.uid),
        "person": str(cast.own.uid),
        "completed_on": clock.today().isoformat(),
    }


@pytest.mark.parametrize(("unit", "heard"), [("Riverside", 1), ("Alder", 1), ("Millbrook", 0), ("Tamarack", 0)])
def test_a_unit_is_told_of_itself_and_all_inside_it(cast: Cast, unit: str, heard: int) -> None:
    add_webhook(unit=cast.unit(unit), url=URL, events=BOTH, by=cast.state_staff)
    session, other = _hold_session(cast, "own"), Other(204)
    _came(cast, session)
    send_due(send=other)
    assert len(other.heard) == heard


def test_only_what_was_asked_for_and_only_from_then_on(cast: Cast) -> None:
    session = _hold_session(cast, "own")
    _came(cast, session)
    add_webhook(unit=cast.unit("Riverside"), url=URL, events=BOTH, by=cast.president)
    add_webhook(unit=cast.unit("Riverside"), url=f"{URL}/2", events=[Event.PROGRAM_COMPLETED], by=cast.president)
    _came(cast, _hold_session(cast, "colleague"))
    other = Other(200)
    send_due(send=other)
    assert [message["data"]["person"] for _url, message, _headers in other.heard] == [str(cast.colleague.uid)]
    assert [url for url, _message, _headers in other.heard] == [URL]


def test_a_message_that_is_not_heard_is_tried_again_with_longer_waits_and_given_up(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhook = add_webhook(unit=cast.unit("Riverside"), url=URL, events=BOTH, by=cast.president).webhook
    send_test(webhook, by=cast.president)
    start, other = clock.now(), Other("TimeoutError", 500)
    numbers = set()
    for tries, wait in enumerate(WAITS, 1):
        send_due(send=other)
        found = Delivery.objects.get()
        numbers.add(found.uid)
        assert (found.state, found.tries) == ("waiting", tries)
        assert found.next_at is not None
        assert found.next_at >= start + wait
        Delivery.objects.update(next_at=clock.now())
    send_due(send=other)
    found = Delivery.objects.get()
    assert (found.state, found.next_at, found.answered) == ("given up", None, "500")
    assert len(numbers) == 1, "the number of a message stays, so that the other side can tell a second from a first"
    assert list(WAITS) == sorted(WAITS)


def test_whoever_says_gone_is_told_no_more(cast: Cast) -> None:
    webhook = add_webhook(unit=cast.unit("Riverside"), url=URL, events=BOTH, by=cast.president).webhook
    send_test(webhook, by=cast.president)
    send_due(send=Other(410))
    assert not Webhook.objects.get().is_on
    assert Delivery.objects.get().state == "given up"


def test_off_it_hears_nothing_and_of_what_happened_meanwhile_neither(cast: Cast) -> None:
    webhook = add_webhook(unit=cast.unit("Riverside"), url=URL, events=BOTH, by=cast.president).webhook
    switch(webhook, on=False, by=cast.president)
    _came(cast, _hold_session(cast, "own"))
    other = Other(200)
    send_due(send=other)
    switch(webhook, on=True, by=cast.president)
    send_due(send=other)
    assert other.heard == []


def test_for_a_day_after_a_change_both_secrets_hold(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    webhook = add_webhook(unit=cast.unit("Riverside"), url=URL, events=BOTH, by=cast.president).webhook
    renew_secret(webhook, by=cast.president)
    other = Other(200)
    send_test(webhook, by=cast.president)
    send_due(send=other)
    assert len(other.heard[0][2]["webhook-signature"].split()) == 2
    Webhook.objects.update(changed_at=clock.now() - dt.timedelta(days=1, minutes=1))
    send_test(webhook, by=cast.president)
    send_due(send=other)
    assert len(other.heard[1][2]["webhook-signature"].split()) == 1
    forget_old_deliveries(timezone.localdate())
    assert bytes(Webhook.objects.get().sealed_before) == b""


def test_the_list_of_messages_holds_no_names_and_is_forgotten(cast: Cast) -> None:
    add_webhook(unit=cast.unit("Riverside"), url=URL, events=BOTH, by=cast.president)
    _came(cast, _hold_session(cast, "own"))
    send_due(send=Other(200))
    row = Delivery.objects.values().get()
    assert str(cast.own.uid) not in str(row)
    assert forget_old_deliveries(clock.today() + dt.timedelta(days=30)) == "0 forgotten"
    assert forget_old_deliveries(clock.today() + dt.timedelta(days=31)) == "1 forgotten"


def test_an_erased_person_is_told_of_no_more(cast: Cast) -> None:
    add_webhook(unit=cast.unit("Riverside"), url=URL, events=BOTH, by=cast.president)
    _came(cast, _hold_session(cast, "own"))
    other = Other("silence", 200)
    send_due(send=other)
    erase(cast.own, by=None)
    assert not Delivery.objects.exists()
    send_due(send=other)
    assert other.heard == []


def test_two_runs_at_once_send_a_message_once(cast: Cast) -> None:
    webhook = add_webhook(unit=cast.unit("Riverside"), url=URL, events=BOTH, by=cast.president).webhook
    send_test(webhook, by=cast.president)
    heard: list[str] = []

    def nested(url: str, text: bytes, headers: dict[str, str]) -> int:
        heard.append(headers["webhook-id"])
        send_due(send=nested)  # the other run, while the first still waits for an answer
        return 200

    send_due(send=nested)
    assert len(heard) == 1


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "fd00::1", "224.0.0.1"])
def test_no_private_address_is_ever_reached(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    monkeypatch.setattr(socket, "create_connection", lambda *args, **kwargs: pytest.fail("it was reached"))
    with pytest.raises(NotSentError, match="private network"):
        post(URL, b"{}", {})


@pytest.mark.parametrize("url", ["http://lms.example.org/", "https://me:pw@lms.example.org/", "ftp://x/", "https://"])
def test_nothing_but_plain_https_is_reached(url: str) -> None:
    with pytest.raises(NotSentError, match="no https address"):
        post(url, b"{}", {})


def test_the_command_says_what_it_did(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("send_webhooks")
    assert capsys.readouterr().out == "0 delivered, 0 not\n"
