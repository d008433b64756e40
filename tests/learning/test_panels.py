"""What learning shows elsewhere: on the page of a cell, at home, in the menus."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from tests.cast import Cast
from tests.learning import offerings
from trellis.core import clock
from trellis.learning.actions import sign_up
from trellis.learning.models import SignUp

pytestmark = pytest.mark.usefixtures("framework")
Browser = Callable[[str], Client]
CELL = "/framework/nea-lcf/2020/ORG.5.L1/"


def test_a_cell_shows_what_teaches_it_and_when(cast: Cast, browser: Browser) -> None:
    offerings.session(cast, of=offerings.offering(cast, title="It teaches this"), seats=3)
    offerings.offering(cast, title="It only needs this", teaches=("ADV.1.L1",), needs=("ORG.5.L1",))
    offerings.offering(cast, title="Still a draft", listed=False)
    page = browser("own").get(CELL)
    assertContains(page, "It teaches this")
    assertContains(page, "3 seats left")
    assertNotContains(page, "It only needs this")
    assertNotContains(page, "Still a draft")
    assertNotContains(Client().get(CELL), "It teaches this")


def test_many_lead_on_to_the_catalogue(cast: Cast, browser: Browser) -> None:
    for n in range(4):
        offerings.offering(cast, title=f"Course {n}")
    page = browser("own").get(CELL)
    assertContains(page, "/learn/?about=ORG.5&amp;level=1")
    assertNotContains(page, "Course 3")


@pytest.mark.parametrize(
    ("days", "said"), [(0.02, "is today"), (1, "is tomorrow"), (5, "session of yours is near"), (9, "")]
)
def test_home_tells_of_a_session_within_a_week(
    cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch, days: float, said: str
) -> None:
    noon = dt.datetime(2026, 12, 1, 19, 0, tzinfo=dt.UTC)  # in Denver
    monkeypatch.setattr(clock, "now", lambda: noon)
    sign_up(offerings.session(cast, days=days), person=cast.own, by=cast.own)
    page = browser("own").get("/").content.decode()
    assert ("Listening first" in page) == bool(said)
    assert said in page


def test_home_asks_who_led_to_mark_the_list(cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    session = offerings.session(cast, leads=(cast.colleague,))
    made = sign_up(session, person=cast.own, by=cast.own)
    monkeypatch.setattr(clock, "now", lambda: session.ends_at + dt.timedelta(hours=1))
    assertContains(browser("colleague").get("/"), "Who came to your session?")
    assertNotContains(browser("president").get("/"), "Who came to your session?")
    SignUp.objects.filter(pk=made.pk).update(came=False)
    assertNotContains(browser("colleague").get("/"), "Who came to your session?")


def test_menus_show_learning_and_arranging_to_whom_it_concerns(browser: Browser) -> None:
    assertContains(browser("own").get("/"), 'href="/learn/"')
    assertContains(browser("own").get("/"), "My sessions")
    assertNotContains(browser("own").get("/"), "Arrange sessions")
    assertContains(browser("president").get("/"), "Arrange sessions")
    assertNotContains(Client().get("/"), 'href="/learn/"')


def test_on_a_phone_the_framework_stands_in_the_menu_but_for_visitors(browser: Browser) -> None:
    page = browser("own").get("/").content.decode()
    assert '<li class="folds"><a href="/framework/"' in page
    assert '<a class="folded" href="/framework/"' in page
    assert 'class="folds"' not in Client().get("/").content.decode()
