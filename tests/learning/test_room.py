"""The code on the wall and the page that it leads to; marking the list; looking at what people need."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.cast import Cast
from tests.learning import offerings
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.core.qr import picture_of
from trellis.learning.actions import sign_up
from trellis.learning.models import Session, SignUp
from trellis.people.models import Look

pytestmark = pytest.mark.usefixtures("framework")
Browser = Callable[[str], Client]


@pytest.fixture
def session(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session that goes on, led by a colleague; Own has a seat, Coached waits."""
    found = offerings.session(cast, seats=1, leads=(cast.colleague,))
    sign_up(found, person=cast.own, by=cast.own, needs="A ramp", children=2)
    sign_up(found, person=cast.coached, by=cast.coached)
    monkeypatch.setattr(clock, "now", lambda: found.starts_at + dt.timedelta(minutes=5))
    return found


def here(session: Session) -> str:
    return f"/learn/here/{session.attendance_key}/"


def of(session: Session, more: str) -> str:
    return f"/learn/arrange/session/{session.uid}/{more}"


def test_the_picture_on_the_wall_leads_to_where_one_is_marked(browser: Browser, session: Session) -> None:
    wall = browser("colleague").get(of(session, "room/"))
    assertContains(wall, picture_of(f"http://testserver{here(session)}").path)
    assertContains(wall, "<b>0</b>")


def test_who_scans_it_is_marked_by_one_press_and_can_undo_that(browser: Browser, session: Session) -> None:
    client = browser("own")
    assertContains(client.get(here(session)), "I am here")
    assert not SignUp.objects.filter(came=True).exists(), "looking marks nobody"
    assertContains(client.post(here(session), follow=True), "You are marked as present")
    live = browser("colleague").get(of(session, "room/"), headers={"HX-Request": "true"})
    assertContains(live, "<b>1</b>")
    assertNotContains(live, "<html")
    assertContains(client.post(here(session), {"undo": "1"}, follow=True), "Are you there?")
    assert not SignUp.objects.filter(came=True).exists()


def test_a_visitor_signs_in_first_and_comes_back(client: Client, session: Session) -> None:
    assertRedirects(client.get(here(session)), f"/account/login/?next={here(session)}")


@pytest.mark.parametrize(("hours", "said"), [(-2, "A little early"), (9, "This session is over")])
def test_the_code_says_when_it_does_not_work(
    browser: Browser, session: Session, monkeypatch: pytest.MonkeyPatch, hours: int, said: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: session.starts_at + dt.timedelta(hours=hours))
    client = browser("own")
    assertContains(client.get(here(session)), said)
    client.post(here(session))
    assert not SignUp.objects.filter(came=True).exists()


def test_a_new_code_makes_the_old_one_lead_nowhere(browser: Browser, session: Session) -> None:
    old = here(session)
    assertContains(browser("colleague").post(of(session, "room/new-code/"), follow=True), "There is a new code.")
    assert browser("own").get(old).status_code == 404
    session.refresh_from_db()
    assert browser("own").get(here(session)).status_code == 200


def test_the_list_is_marked_with_one_form(browser: Browser, session: Session) -> None:
    client = browser("colleague")
    page = client.get(of(session, "people/"))
    for words in ("Own Cast", "Coached Cast", "waits", "One person says what they need"):
        assertContains(page, words)
    assertNotContains(page, "A ramp")
    own, coached = SignUp.objects.order_by("pk")
    sent = {f"mark-{own.uid}": "came", f"mark-{coached.uid}": "not", "mark-made-up": "came"}
    assertContains(client.post(of(session, "people/"), sent, follow=True), "Saved: 2 marks changed.")
    assert list(SignUp.objects.order_by("pk").values_list("came", "marked_by")) == [(True, "list"), (False, "list")]


def test_before_the_start_there_is_nothing_to_mark(cast: Cast, browser: Browser) -> None:
    session = offerings.session(cast)
    made = sign_up(session, person=cast.own, by=cast.own)
    client = browser("president")
    assertContains(client.get(of(session, "people/")), "from half an hour before the start")
    answer = client.post(of(session, "people/"), {f"mark-{made.uid}": "came"}, follow=True)
    assertContains(answer, "You can mark who came from half an hour before the start.")
    made.refresh_from_db()
    assert made.came is None


def test_each_person_whose_needs_are_looked_at_can_see_that(cast: Cast, browser: Browser, session: Session) -> None:
    page = browser("president").get(of(session, "people/needs/"))
    assertContains(page, "A ramp")
    assertNotContains(page, "Coached Cast")
    look = Look.objects.get()
    assert (look.person, look.by, look.what) == (cast.own, cast.president, "sign-ups")
    entry = AuditEntry.objects.get(action="people.looks")
    assert entry.detail == {"what": "sign-ups", "at": [str(cast.own.uid)]}


def test_looking_at_ones_own_needs_is_no_look(cast: Cast, browser: Browser) -> None:
    session = offerings.session(cast, leads=(cast.own,))
    sign_up(session, person=cast.own, by=cast.own, needs="A ramp")
    assertContains(browser("own").get(of(session, "people/needs/")), "A ramp")
    assert not Look.objects.exists()


def test_a_lead_without_any_role_needs_a_second_factor_too(
    browser: Browser, session: Session, settings: Settings
) -> None:
    settings.TRELLIS_DEMO = False
    for page in ("people/", "people/needs/", "room/"):
        answer = browser("colleague").get(of(session, page), secure=True)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/account/2fa/")
    assert browser("neighbour").get(of(session, "people/"), secure=True).status_code == 404
    assert not Look.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_people(
    cast: Cast, browser: Browser, session: Session, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    SignUp.objects.bulk_create(
        SignUp(session=session, person=cast.persons[name], needs="Quiet")
        for name in ("private", "representative", "treasurer", "neighbour", "steward")
    )
    client = browser("president")
    client.get(of(session, "people/"))
    with django_assert_max_num_queries(8):
        client.get(of(session, "people/"))
    with django_assert_max_num_queries(12):
        client.get(of(session, "people/needs/"))
    with django_assert_max_num_queries(7):
        client.get(of(session, "room/"))
