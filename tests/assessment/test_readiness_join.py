"""The phone's side: the code, seven pages, a cookie and nothing else; and what a guesser or a latecomer meets."""

import datetime as dt
import re
import uuid
from collections.abc import Mapping
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from tests.assessment.readiness_meetings import attributes, opened
from tests.cast import Cast
from trellis.assessment.meeting_guard import WRONG_CODES
from trellis.assessment.models import Rating, ReadinessMeeting, Response
from trellis.assessment.readiness_actions import close_answering
from trellis.core import clock
from trellis.core.logs import WithoutLinks
from trellis.core.models import AuditEntry
from trellis.core.sessions import SessionStore


@pytest.fixture
def meeting(cast: Cast) -> ReadinessMeeting:
    """An open meeting of Riverside."""
    return opened(cast)


def group_data(group: str, value: str = "1") -> dict[str, str]:
    """What a phone sends that gives one answer to a whole group."""
    found = next(each for each in attributes().groups if each.code == group)
    return {f"q-attribute-{node.id}": value for node in found.attributes}


def start(meeting: ReadinessMeeting, client: Client) -> str:
    """Join, and return the address under which the phone answers."""
    base = f"/join/{meeting.code}/"
    assert client.post(base).status_code == 302
    return base


def text(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    "shape", [str, str.lower, lambda code: f"{code[:4]} {code[4:]}", lambda code: f" {code[:4]}-{code[4:]}"]
)
def test_a_code_leads_on_however_it_is_typed(meeting: ReadinessMeeting, client: Client, shape: Any) -> None:
    answer = client.post("/join/", {"code": shape(meeting.code)})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/join/{meeting.code}/")


def test_an_address_in_small_letters_leads_to_the_one_that_the_cookie_knows(
    meeting: ReadinessMeeting, client: Client
) -> None:
    answer = client.get(f"/join/{meeting.code.lower()}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/join/{meeting.code}/")


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("", "Type the code"),
        ("ABC", "eight letters"),
        ("ABCDEFGHJK", "eight letters"),
        ("CCCCDDDD", "No meeting has this code"),
    ],
)
def test_a_wrong_code_is_said_beside_what_was_typed(db: None, client: Client, code: str, why: str) -> None:
    answer = client.post("/join/", {"code": code})
    assert answer.status_code == 422
    assert why in text(answer)
    assert f'value="{code}"' in text(answer) or not code


def test_a_phone_answers_all_seven_groups(meeting: ReadinessMeeting, client: Client) -> None:
    base = start(meeting, client)
    at = f"{base}SCB.1/"
    for group in attributes().groups:
        assert at == f"{base}{group.code}/"
        assert group.name in text(client.get(at))
        answer = client.post(at, group_data(group.code))
        assert answer.status_code == 302
        at = answer.headers["Location"]
    assert at == f"{base}done/"
    assert "Look up: the others are still answering." in text(client.get(at))
    assert Rating.objects.filter(response__round=meeting.round, value=1).count() == 36


def test_what_is_left_open_is_kept_marked_and_asked_again(meeting: ReadinessMeeting, client: Client) -> None:
    base = start(meeting, client)
    data = group_data("SCB.1")
    name, _ = data.popitem()
    answer = client.post(f"{base}SCB.1/", data)
    assert answer.status_code == 422
    assert "1 question is still open" in text(answer)
    assert answer.content.decode().count("Left open") == 1
    assert Rating.objects.count() == 4
    answer = client.post(f"{base}SCB.1/", {name: "none"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{base}SCB.2/")
    assert Rating.objects.filter(cannot_say=True).count() == 1


def test_nobody_finishes_with_a_group_left_out(meeting: ReadinessMeeting, client: Client) -> None:
    base = start(meeting, client)
    for group in attributes().groups[1:]:
        answer = client.post(f"{base}{group.code}/", group_data(group.code))
    assert answer.headers["Location"] == f"{base}SCB.1/"
    assert "5 questions are still open" in text(client.get(f"{base}done/"))
    assert client.post(base).headers["Location"] == f"{base}SCB.1/"


def test_a_phone_is_one_response_however_often_it_starts_and_corrects_until_the_close(
    meeting: ReadinessMeeting, client: Client
) -> None:
    base = start(meeting, client)
    client.post(f"{base}SCB.1/", group_data("SCB.1", "0"))
    start(meeting, client)
    assert "Go on" in text(client.get(base))
    page = text(client.get(f"{base}SCB.1/"))
    assert len(re.findall(r'value="0"[^>]* checked', page)) == 5
    client.post(f"{base}SCB.1/", group_data("SCB.1", "2"))
    assert Response.objects.filter(round=meeting.round).count() == 1
    assert set(Rating.objects.values_list("value", flat=True)) == {2}


def test_without_the_cookie_there_is_no_way_to_the_answers(meeting: ReadinessMeeting, client: Client) -> None:
    base = start(meeting, client)
    client.post(f"{base}SCB.1/", group_data("SCB.1", "2"))
    stranger = Client()
    for path in ("SCB.1/", "done/"):
        answer = stranger.get(base + path)
        assert (answer.status_code, answer.headers["Location"]) == (302, base)
    assert stranger.post(f"{base}SCB.1/", group_data("SCB.1", "0")).headers["Location"] == base
    assert set(Rating.objects.values_list("value", flat=True)) == {2}


def test_a_cookie_that_somebody_made_up_or_brought_from_another_meeting_opens_nothing(
    cast: Cast, meeting: ReadinessMeeting, client: Client
) -> None:
    base = start(meeting, client)
    mine = client.cookies["readiness"].value
    uid = Response.objects.get(round=meeting.round).uid
    other = f"/join/{opened(cast, 'Lincoln').code}/"
    for value, address in ((str(uid), base), (f"{uid}:1:abc", base), (mine, other)):
        thief = Client()
        thief.cookies["readiness"] = value
        assert thief.get(f"{address}SCB.1/").headers["Location"] == address


def test_the_cookie_holds_no_more_than_the_answers_key_and_is_for_this_meeting_alone(
    meeting: ReadinessMeeting, client: Client
) -> None:
    base = start(meeting, client)
    cookie = client.cookies["readiness"]
    assert cookie.value.partition(":")[0] == str(Response.objects.get().uid)
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (base, True, "Lax")
    assert int(cookie["max-age"]) == 24 * 3600


def test_nothing_ties_a_signed_in_person_to_their_phone(
    cast: Cast, meeting: ReadinessMeeting, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their session is never even looked into, the pages do not greet them, and no row or audit entry names them."""
    client.force_login(cast.own)
    before = AuditEntry.objects.count()

    def refuse(self: SessionStore) -> dict[str, Any]:
        raise AssertionError("the session was read")

    monkeypatch.setattr(SessionStore, "load", refuse)
    base = start(meeting, client)
    pages = [client.get("/join/"), client.get(base), client.get(f"{base}SCB.1/")]
    pages.append(client.post(f"{base}SCB.1/", group_data("SCB.1")))
    pages.append(client.get(f"{base}done/"))
    for page in pages:
        assert "sessionid" not in page.cookies
        assert cast.own.name not in text(page)
        assert "data-person" not in text(page)
        assert "no-store" in page.headers["Cache-Control"]
    assert Response.objects.filter(round=meeting.round, rater=None, subject=None).count() == 1
    assert set(AuditEntry.objects.order_by("pk")[before:].values_list("actor", flat=True)) == {""}


def test_a_post_without_the_form_token_is_refused(meeting: ReadinessMeeting) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"/join/{meeting.code}/").status_code == 403
    assert not Response.objects.filter(round=meeting.round).exists()


def test_a_latecomer_is_told_that_it_is_closed(cast: Cast, meeting: ReadinessMeeting, client: Client) -> None:
    base = start(meeting, client)
    client.post(f"{base}SCB.1/", group_data("SCB.1", "2"))
    close_answering(meeting, by=cast.president)
    for path in ("", "SCB.1/", "done/"):
        assert "Answering is closed" in text(client.get(base + path))
    late = client.post(f"{base}SCB.2/", group_data("SCB.2", "0"))
    assert late.status_code == 409
    assert "Answering is closed" in text(late)
    assert "Answering is closed" in text(Client().post(base))
    assert "Riverside" not in text(Client().get(base))
    assert Rating.objects.filter(response__round=meeting.round).count() == 5


def test_after_24_hours_the_code_is_dead(meeting: ReadinessMeeting, client: Client) -> None:
    ReadinessMeeting.objects.update(opened_at=clock.now() - dt.timedelta(hours=24, minutes=1))
    assert "Answering is closed" in text(client.get(f"/join/{meeting.code}/"))
    assert client.post(f"/join/{meeting.code}/").status_code == 409


def test_too_many_wrong_codes_make_a_network_wait_but_not_the_phones_that_are_in(
    meeting: ReadinessMeeting, client: Client
) -> None:
    base = start(meeting, client)
    guesser = Client()
    for number in range(WRONG_CODES):
        if number % 2:
            assert guesser.get(f"/join/CCCC{number:04}/").status_code == 404
        else:
            assert guesser.post("/join/", {"code": f"CCCC{number:04}"}).status_code == 422
    assert guesser.get(base).status_code == 429
    assert guesser.post(base).status_code == 429
    assert guesser.post("/join/", {"code": meeting.code}).status_code == 429
    assert client.post(f"{base}SCB.1/", group_data("SCB.1")).status_code == 302
    elsewhere = Client(REMOTE_ADDR="203.0.113.7")
    assert elsewhere.get(base).status_code == 200


def test_forty_phones_of_one_school_get_in(meeting: ReadinessMeeting) -> None:
    for _ in range(40):
        phone = Client()
        assert phone.post("/join/", {"code": "CCCCDDDD"}).status_code == 422  # everybody mistypes once
        assert phone.post("/join/", {"code": meeting.code}).status_code == 302
        assert phone.post(f"/join/{meeting.code}/").status_code == 302
    assert Response.objects.filter(round=meeting.round).count() == 40


def test_a_code_that_nobody_has_tells_nothing(db: None, client: Client) -> None:
    answer = client.get("/join/CCCCDDDD/")
    assert answer.status_code == 404
    assert "No meeting has this code now" in text(answer)
    assert client.get("/join/CCCCDDDD/SCB.1/").status_code == 404


def test_a_group_that_is_not_there_is_not_found(meeting: ReadinessMeeting, client: Client) -> None:
    assert client.get(f"{start(meeting, client)}SCB.9/").status_code == 404


@pytest.mark.parametrize("value", ["3", "-1", "yes", "1; DROP TABLE"])
def test_nonsense_counts_as_not_answered(meeting: ReadinessMeeting, client: Client, value: str) -> None:
    base = start(meeting, client)
    assert client.post(f"{base}SCB.1/", group_data("SCB.1", value)).status_code == 422
    assert not Rating.objects.exists()


def test_the_language_is_the_browsers_until_it_is_switched(meeting: ReadinessMeeting, client: Client) -> None:
    base = f"/join/{meeting.code}/"
    spanish = client.get(base, HTTP_ACCEPT_LANGUAGE="es-MX,es;q=0.9")
    assert '<html lang="es"' in text(spanish)
    assert 'href="?lang=en"' in text(spanish)
    answer = client.get(f"{base}?lang=es")
    assert (answer.status_code, answer.headers["Location"]) == (302, base)
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "es"
    assert '<html lang="es"' in text(client.get(base))
    client.post(base)
    page = text(client.get(f"{base}SCB.1/"))
    assert "¿En qué punto está nuestra filial en esto?" in page
    assert "Sin empezar" in page


@pytest.mark.parametrize("language", ["xx", "../", "es-"])
def test_a_language_that_this_site_does_not_speak_changes_nothing(
    meeting: ReadinessMeeting, client: Client, language: str
) -> None:
    answer = client.get(f"/join/{meeting.code}/?lang={language}")
    assert answer.status_code == 200
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


def test_what_is_sent_is_never_written_to_the_wrong_meeting(cast: Cast, meeting: ReadinessMeeting) -> None:
    """One browser in two meetings at once: each has a cookie of its own path."""
    there = opened(cast, "Lincoln")
    phones: Mapping[ReadinessMeeting, Client] = {meeting: Client(), there: Client()}
    for place, (held, phone) in enumerate(phones.items()):
        phone.post(f"{start(held, phone)}SCB.1/", group_data("SCB.1", str(place)))
    for place, held in enumerate(phones):
        assert set(Rating.objects.filter(response__round=held.round).values_list("value", flat=True)) == {place}
    assert uuid.UUID(str(there.uid))


def test_the_log_tells_no_code(meeting: ReadinessMeeting, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    base = start(meeting, client)
    client.post(f"{base}SCB.1/", {})
    [record] = caplog.records
    WithoutLinks().filter(record)
    assert record.getMessage() == "Unprocessable Entity: /join/…"
