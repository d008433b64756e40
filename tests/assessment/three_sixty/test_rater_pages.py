"""The pages of raters: no account, nothing used up by looking, answers saved and mended, and every end of a link."""

import base64
import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.assessment.three_sixty.lists import link_into, opened
from tests.cast import Cast
from trellis.assessment.browsers import cookie_of
from trellis.assessment.closing import close
from trellis.assessment.ending import cancel
from trellis.assessment.instruments import THREE_SIXTY, in_language, shipped
from trellis.assessment.models import Envelope, Invitation, Rater, RaterState, Round, ThreeSixty
from trellis.assessment.sealed import final_letters
from trellis.assessment.three_sixty_queries import tree_of
from trellis.core import clock
from trellis.core.models import BrowserSession
from trellis.framework.models import Edition


@pytest.fixture
def found(cast: Cast, framework: Edition) -> ThreeSixty:
    """A 360 about one small domain, open."""
    return opened(cast.own, cast.coach)


@pytest.fixture
def door(found: ThreeSixty) -> str:
    """Where its first rater comes in."""
    return reverse("assessment:answer", kwargs={"link": link_into(found)})


def page_of(found: ThreeSixty, number: int = 1) -> str:
    return reverse("assessment:answer-form", kwargs={"uid": found.uid, "number": number})


def words_of(found: ThreeSixty) -> str:
    return reverse("assessment:answer-words", kwargs={"uid": found.uid})


def answers(found: ThreeSixty, step: str = "2") -> dict[str, str]:
    return {f"q-theme-{theme.id}": step for theme in tree_of(found).domain_by_code["COM"].themes}


def send(client: Client, found: ThreeSixty, door: str, step: str = "2") -> Any:
    client.post(door)
    client.post(page_of(found), answers(found, step))
    return client.post(words_of(found), {"remark-well": "Listens."})


def test_looking_uses_nothing_up(found: ThreeSixty, door: str, client: Client) -> None:
    before = [list(model.objects.order_by("pk").values()) for model in (Rater, Invitation, Envelope)]
    for _ in range(3):
        answer = client.get(door)
        assert answer.status_code == 200
        assert not answer.cookies.get(cookie_of(found.uid))
        client.head(door)
    assert before == [list(model.objects.order_by("pk").values()) for model in (Rater, Invitation, Envelope)]
    assert "Begin" in client.get(door).content.decode()


def test_the_door_says_who_asks_and_how_it_is_protected(cast: Cast, door: str, client: Client) -> None:
    page = client.get(door).content.decode()
    assert f"{cast.own.name} asks how you see them" in page
    assert "at least 4 others" in page
    assert "Nothing that is kept leads back to you" in page


def test_who_is_named_is_told_so(found: ThreeSixty, door: str, client: Client) -> None:
    Rater.objects.filter(three_sixty=found).update(relation="lead")
    page = client.get(door).content.decode()
    assert "You are named as somebody who leads them, so your answers are shown with your name." in page
    assert "at least 4 others" not in page


def test_beginning_puts_a_sealed_cookie_and_no_rater_in_the_address(
    found: ThreeSixty, door: str, client: Client
) -> None:
    answer = client.post(door)
    cookie = answer.cookies[cookie_of(found.uid)]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/answer/", True, "Lax")
    rater = found.raters.order_by("pk")[0]
    assert str(rater.uid) not in answer.headers["Location"]
    opened_up = base64.urlsafe_b64decode(cookie.value)
    assert rater.uid.hex.encode() not in opened_up
    assert rater.uid.bytes not in opened_up
    assert int(cookie["max-age"]) == dt.timedelta(days=23).total_seconds()


def test_a_cookie_that_was_changed_or_renamed_stands_for_nobody(found: ThreeSixty, door: str, client: Client) -> None:
    client.post(door)
    name = cookie_of(found.uid)
    good = client.cookies[name].value
    client.cookies[name] = good[:-6] + ("A" if good[-6] != "A" else "B") + good[-5:]
    assert client.get(page_of(found)).status_code == 404
    other = ThreeSixty.objects.create(round=Round.objects.create(**_copy(found.round)), state="open", key=found.key)
    client.cookies[cookie_of(other.uid)] = good
    assert client.get(page_of(other)).status_code == 404


def _copy(held: Round) -> dict[str, Any]:
    return {
        "instrument": held.instrument,
        "unit": held.unit,
        "subject": held.subject,
        "name": "Another",
        "opens_on": held.opens_on,
        "closes_on": held.closes_on,
    }


def test_whoever_is_signed_in_on_the_device_stays_out_of_it(
    cast: Cast, found: ThreeSixty, door: str, client: Client
) -> None:
    client.force_login(cast.colleague)
    sessions = set(BrowserSession.objects.values_list("session_key", "session_data"))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(door)
        send(client, found, door)
        client.get(page_of(found))
    assert not any("django_session" in query["sql"] or 'people_person" WHERE' in query["sql"] for query in queries)
    assert cast.colleague.name not in page.content.decode()
    assert sessions == set(BrowserSession.objects.values_list("session_key", "session_data"))
    assert "sessionid" not in page.cookies


def test_answers_are_saved_page_by_page_and_shown_again(found: ThreeSixty, door: str, client: Client) -> None:
    client.post(door)
    first = next(iter(answers(found)))
    client.post(page_of(found), {first: "1", f"{first}-begun": "1"})
    page = client.get(page_of(found)).content.decode()
    assert f'id="{first}-1" value="1" aria-describedby="{first}-1-said" checked' in page
    assert found.raters.order_by("pk")[0].state == RaterState.INVITED


def test_skipping_saves_nothing_and_back_saves(found: ThreeSixty, door: str, client: Client) -> None:
    client.post(door)
    client.post(page_of(found), answers(found) | {"skip": "1"})
    assert not Envelope.objects.exists()
    client.post(page_of(found), answers(found) | {"back": "1"})
    assert Envelope.objects.count() == 1


def test_nothing_answered_is_not_sent(found: ThreeSixty, door: str, client: Client) -> None:
    client.post(door)
    answer = client.post(words_of(found), {"remark-well": "Listens."})
    assert answer.status_code == 422
    assert "Answer at least one question first." in answer.content.decode()
    assert "Listens." in answer.content.decode()


def test_sending_uses_the_link_up_and_the_same_browser_may_still_change(
    found: ThreeSixty, door: str, client: Client
) -> None:
    assert send(client, found, door).headers["Location"].endswith("/thanks/")
    assert "Thank you" in client.get(reverse("assessment:answer-thanks", kwargs={"uid": found.uid})).content.decode()
    assert client.get(door).headers["Location"].endswith("/thanks/")
    other = Client().get(door)
    assert other.status_code == 410
    assert "This link has been used" in other.content.decode()
    client.post(page_of(found), answers(found, "3"))
    [letter] = final_letters(found)
    assert set(letter.answers.values()) == {6}
    assert letter.remarks == {"well": "Listens."}


def test_two_browsers_with_one_link_give_one_set_of_answers(found: ThreeSixty, door: str, client: Client) -> None:
    other = Client()
    other.post(door)
    other.post(page_of(found), answers(found, "1"))
    send(client, found, door, "3")
    assert other.post(words_of(found), {}).status_code == 410
    [letter] = final_letters(found)
    assert set(letter.answers.values()) == {6}


def test_saying_no_takes_a_press_and_ends_the_link(found: ThreeSixty, door: str, client: Client) -> None:
    assert "Would you rather not?" in client.get(f"{door}no/").content.decode()
    assert client.get(door).status_code == 200
    assert "That is fine" in client.post(f"{door}no/").content.decode()
    assert Rater.objects.filter(state=RaterState.REFUSED).count() == 1
    assert client.get(door).status_code == 410


def test_who_said_no_elsewhere_cannot_go_on_here(found: ThreeSixty, door: str, client: Client) -> None:
    client.post(door)
    Client().post(f"{door}no/")
    assert client.get(page_of(found)).status_code == 410


def test_a_forged_link_is_refused_before_the_database(found: ThreeSixty, door: str, client: Client) -> None:
    link = door.rstrip("/").rpartition("/")[2]
    wrong = link[:-1] + ("A" if link[-1] != "A" else "B")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse("assessment:answer", kwargs={"link": wrong}))
    assert answer.status_code == 404
    assert "This link is not whole" in answer.content.decode()
    assert len(queries) == 0


@pytest.mark.parametrize("end", ["closed", "cancelled", "past"])
def test_a_link_into_what_is_over_says_so(
    found: ThreeSixty, door: str, client: Client, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(door)
    client.post(page_of(found), answers(found))
    if end == "closed":
        close(found, by=None)
    elif end == "cancelled":
        assert found.round.subject is not None
        cancel(found, by=found.round.subject)
    else:
        really = clock.now
        monkeypatch.setattr(clock, "now", lambda: really() + dt.timedelta(days=22))
    for address in (door, page_of(found), words_of(found)):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "This has closed" in answer.content.decode()
    assert client.post(words_of(found), {}).status_code == 410


def test_pages_are_kept_nowhere_and_tell_no_other_site(found: ThreeSixty, door: str, client: Client) -> None:
    client.post(door)
    for address in (door, f"{door}no/", page_of(found), words_of(found)):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_a_form_with_its_token_passes_django_s_own_check(found: ThreeSixty, door: str) -> None:
    """It would not with "no-referrer", which takes the origin away from our own forms."""
    strict = Client(enforce_csrf_checks=True)
    token = strict.get(door).cookies["csrftoken"].value
    answer = strict.post(door, {"csrfmiddlewaretoken": token}, headers={"origin": "http://testserver"})
    assert answer.status_code == 302
    refused = strict.post(door, {"csrfmiddlewaretoken": token}, headers={"origin": "null"})
    assert refused.status_code == 403


def test_a_shared_device_can_forget(found: ThreeSixty, door: str, client: Client) -> None:
    send(client, found, door)
    answer = client.post(reverse("assessment:answer-forget", kwargs={"uid": found.uid}))
    assert "This device no longer leads to your answers" in answer.content.decode()
    assert client.get(page_of(found)).status_code == 404
    assert len(final_letters(found)) == 1


def test_spanish_is_a_choice_that_stays(found: ThreeSixty, door: str, client: Client) -> None:
    assert "Begin" in client.get(door).content.decode()
    page = client.get(door, {"lang": "es"})
    assert '<html lang="es"' in page.content.decode()
    assert page.headers["Content-Language"] == "es"
    client.post(door)
    form = client.get(page_of(found)).content.decode()
    spanish = in_language(shipped()[THREE_SIXTY], "es")
    assert spanish["question"].startswith("¿Cuál es")
    assert spanish["question"] in form
    assert spanish["scale"]["cannot_say"] in form
    assert spanish["remarks"][0]["text"] in client.get(words_of(found)).content.decode()
    assert '<html lang="en"' in client.get(page_of(found), {"lang": "en"}).content.decode()
    assert '<html lang="en"' in client.get(page_of(found)).content.decode()


def test_who_was_asked_in_spanish_begins_in_spanish(found: ThreeSixty, door: str, client: Client) -> None:
    Rater.objects.filter(three_sixty=found).update(language="es")
    assert '<html lang="es"' in client.get(door).content.decode()


def test_two_360s_on_one_device_do_not_get_mixed_up(cast: Cast, found: ThreeSixty, door: str, client: Client) -> None:
    other = opened(cast.private, cast.coach)
    send(client, found, door, "1")
    second = reverse("assessment:answer", kwargs={"link": link_into(other)})
    send(client, other, second, "3")
    assert set(final_letters(found)[0].answers.values()) == {2}
    assert set(final_letters(other)[0].answers.values()) == {6}
