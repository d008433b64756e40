"""The page of a session through a member's eyes, from signing up to having been there; and my sessions."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from tests.cast import Cast
from tests.learning import offerings
from trellis.core import clock
from trellis.core.registry import Panel, session_panels
from trellis.learning.actions import cancel_session, sign_up
from trellis.learning.models import Session, SignUp

pytestmark = pytest.mark.usefixtures("framework")
Browser = Callable[[str], Client]
LINK = "https://example.org/meet/42"


def address(session: Session, more: str = "") -> str:
    return f"/learn/session/{session.uid}/{more}"


def later(monkeypatch: pytest.MonkeyPatch, moment: dt.datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_a_member_signs_up_says_what_they_need_and_leaves(cast: Cast, browser: Browser) -> None:
    session, client = offerings.session(cast, seats=5, place="Room 4"), browser("own")
    page = client.get(address(session))
    assertContains(page, "5 seats left")
    assertContains(page, "Mountain time")
    answer = client.post(address(session, "sign-up/"), {"needs": "A ramp", "children": "2"}, follow=True)
    assertContains(answer, "You have a seat.")
    assert SignUp.objects.values_list("status", "needs", "children").get() == ("seat", "A ramp", 2)
    answer = client.post(address(session, "needs/"), {"needs": "A ramp and captions", "children": ""}, follow=True)
    assertContains(answer, "A ramp and captions")
    answer = client.post(address(session, "leave/"), follow=True)
    assertContains(answer, "You gave your place back.")
    assertContains(answer, "Take a seat again")
    assert SignUp.objects.values_list("status", "needs", "children").get() == ("left", "", 0)


def test_who_comes_too_late_for_a_seat_is_told_their_place_in_line(cast: Cast, browser: Browser) -> None:
    session = offerings.session(cast, seats=1)
    for person in (cast.coached, cast.private, cast.colleague):
        sign_up(session, person=person, by=person)
    client = browser("own")
    assertContains(client.get(address(session)), "Full, 2 waiting")
    answer = client.post(address(session, "sign-up/"), follow=True)
    assertContains(answer, "You are on the waiting list.")
    assertContains(answer, "You are 3rd on the waiting list.")


def test_what_was_typed_stays_when_it_is_refused(cast: Cast, browser: Browser) -> None:
    session = offerings.session(cast)
    answer = browser("own").post(address(session, "sign-up/"), {"needs": "A ramp", "children": "99"})
    assert answer.status_code == 422
    assertContains(answer, "A ramp", status_code=422)
    assertContains(answer, "less than or equal to 9", status_code=422)
    assert not SignUp.objects.exists()


def test_the_link_is_for_who_has_a_seat_or_runs_it(cast: Cast, browser: Browser) -> None:
    session = offerings.session(cast, link=LINK, seats=1, leads=(cast.colleague,))
    for person in (cast.own, cast.coached):
        sign_up(session, person=person, by=person)
    shown = {name for name in cast.persons if LINK in _page(browser(name), session)}
    assert shown == {"own", "colleague", "president", "state_staff"}


def _page(client: Client, session: Session) -> str:
    answer = client.get(address(session))
    return answer.content.decode() if answer.status_code == 200 else ""


def test_nobody_sees_who_else_comes(cast: Cast, browser: Browser) -> None:
    session = offerings.session(cast)
    sign_up(session, person=cast.private, by=cast.private)
    assertNotContains(browser("own").get(address(session)), "Private")


def test_a_cancelled_session_says_so_and_takes_nobody(cast: Cast, browser: Browser) -> None:
    session = cancel_session(offerings.session(cast), by=None)
    client = browser("own")
    assertContains(client.get(address(session)), "This session is cancelled.")
    assertNotContains(client.get(address(session)), "Sign up")
    assertContains(client.post(address(session, "sign-up/"), follow=True), "This session is cancelled.")


@pytest.mark.parametrize(
    ("came", "said"), [(True, "You were there."), (False, "marked as not there"), (None, "Nobody")]
)
def test_afterwards_it_says_whether_one_was_there(
    cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch, came: bool | None, said: str
) -> None:
    session = offerings.session(cast)
    sign_up(session, person=cast.own, by=cast.own)
    SignUp.objects.update(came=came, came_at=session.starts_at if came else None, marked_by="code" if came else "")
    later(monkeypatch, session.ends_at + dt.timedelta(days=1))
    assertContains(browser("own").get(address(session)), said)


def test_other_apps_show_their_panels_here(cast: Cast, browser: Browser) -> None:
    session = offerings.session(cast)
    panel = Panel(key="test", template="core/ui/notice.html", context=lambda request, uid: {"uid": uid})
    session_panels.register(panel)
    try:
        assertContains(browser("own").get(address(session)), 'class="notice')
    finally:
        session_panels.unregister("test")


def test_my_sessions_stand_on_three_shelves(cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    seat = offerings.session(cast, of=offerings.offering(cast, title="With a seat"))
    full = offerings.session(cast, of=offerings.offering(cast, title="To wait for"), seats=1)
    over = offerings.session(cast, of=offerings.offering(cast, title="Long ago"), days=1)
    offerings.session(cast, of=offerings.offering(cast, title="To lead"), leads=(cast.own,))
    sign_up(full, person=cast.coached, by=cast.coached)
    for session in (seat, full, over):
        sign_up(session, person=cast.own, by=cast.own)
    later(monkeypatch, over.ends_at + dt.timedelta(days=1))
    page = browser("own").get("/learn/mine/").content.decode()
    order = [page.index(words) for words in ("With a seat", "To wait for", "You are 1st", "To lead", "Long ago")]
    assert order == sorted(order)
    assert page.count("Not marked yet") == 1


def test_without_sessions_it_leads_to_the_catalogue(browser: Browser) -> None:
    assertContains(browser("own").get("/learn/mine/"), "You have not signed up for anything yet")


def test_pages_ask_few_questions_of_the_database(
    cast: Cast, browser: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    session = offerings.session(cast, seats=1, leads=(cast.colleague,))
    for person in (cast.coached, cast.own):
        sign_up(session, person=person, by=person)
    for name in ("own", "president"):
        client = browser(name)
        client.get(address(session))
        with django_assert_max_num_queries(14):
            client.get(address(session))
        client.get(f"/learn/offering/{session.offering.uid}/")  # what fits is looked up in an index of the process
        with django_assert_max_num_queries(22):
            client.get(f"/learn/offering/{session.offering.uid}/")
        with django_assert_max_num_queries(8):
            client.get("/learn/mine/")
