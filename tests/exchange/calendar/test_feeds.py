"""Calendar feeds: what stands in them, who may fetch them, what is kept of that, and what ends them."""

import datetime as dt
import logging
import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.html import escape
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream

from tests.cast import Cast
from tests.learning import offerings
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.exchange.calendar.actions import Opened, change_titles, open_feed, remove_feed
from trellis.exchange.models import CalendarFeed
from trellis.framework.tree import EditionTree
from trellis.growth.models import Plan, Step
from trellis.growth.plan_actions import add_to_plan
from trellis.learning.actions import cancel_session, change_session, leave, sign_up
from trellis.people.models import Membership

pytestmark = pytest.mark.usefixtures("framework")


def address(opened: Opened) -> str:
    return f"/calendar/{opened.token}.ics"


def fetched(opened: Opened) -> Calendar:
    """The feed as another program reads it."""
    answer = Client().get(address(opened))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return IcsCalendarStream.calendar_from_ics(answer.content.decode())


def shown(opened: Opened) -> list[tuple[str, str]]:
    return [(event.summary or "", event.status.value if event.status else "") for event in fetched(opened).events]


@pytest.fixture
def own(cast: Cast) -> Opened:
    """A feed of the own dates of the person called own."""
    return open_feed(unit=None, is_plain=False, by=cast.own)


def test_own_dates_are_sessions_steps_and_the_next_check_in(cast: Cast, own: Opened, tree: EditionTree) -> None:
    first = offerings.offering(cast, title="Story of self")
    taken, full, left = (offerings.session(cast, of=first, days=days, seats=1, place="Hall") for days in (5, 6, 7))
    led = offerings.session(cast, days=8, leads=(cast.own,))
    sign_up(full, person=cast.coached, by=cast.coached)
    for session in (taken, full):
        sign_up(session, person=cast.own, by=cast.own)
    leave(sign_up(left, person=cast.own, by=cast.own), by=cast.own)
    goal = add_to_plan(tree.themes[0], tree, target=1, reason="", by=cast.own)
    step, *others = goal.steps.all()
    Step.objects.filter(pk__in=[other.pk for other in others]).update(due_on=None)
    Step.objects.filter(pk=step.pk).update(due_on=clock.today() + dt.timedelta(days=20))
    step.refresh_from_db()
    Plan.objects.filter(person=cast.own).update(check_in_weeks=2, check_in_on=clock.today() + dt.timedelta(days=30))
    events = {event.uid: event for event in fetched(own).events}
    assert [(event.summary, event.status, event.transparency) for event in events.values()] == [
        ("Story of self", "CONFIRMED", "OPAQUE"),
        ("Waiting list: Story of self", "TENTATIVE", "TRANSPARENT"),
        ("Listening first", "CONFIRMED", "OPAQUE"),
        (step.text, "CONFIRMED", "TRANSPARENT"),
        ("Check in on my plan", "CONFIRMED", "TRANSPARENT"),
    ]
    assert list(events)[:4] == [f"session-{taken.uid}", f"session-{full.uid}", f"session-{led.uid}", f"step-{step.uid}"]
    assert events[f"session-{taken.uid}"].location == "Hall"
    assert events[f"step-{step.uid}"].dtstart == step.due_on


def test_a_change_goes_up_by_one_and_a_cancelled_session_stays_as_such(cast: Cast, own: Opened) -> None:
    session = offerings.session(cast)
    sign_up(session, person=cast.own, by=cast.own)
    change_session(session, offerings.moments(days=9), by=None)
    assert fetched(own).events[0].sequence == 1
    cancel_session(session, by=None)
    event = fetched(own).events[0]
    assert (event.uid, event.sequence, event.status) == (f"session-{session.uid}", 2, "CANCELLED")
    assert event.summary == "Cancelled: Listening first"


def test_where_it_meets_online_is_never_in_a_calendar(cast: Cast, own: Opened) -> None:
    session = offerings.session(cast, link="https://meet.example.org/secret")
    sign_up(session, person=cast.own, by=cast.own)
    text = Client().get(address(own)).content.decode()
    assert "meet.example.org" not in text.replace("\r\n ", "")
    assert "It meets online." in text.replace("\r\n ", "")


def test_without_titles_nothing_says_what_it_is_about(cast: Cast) -> None:
    opened = open_feed(unit=None, is_plain=True, by=cast.own)
    for days in (3, 4):
        session = offerings.session(cast, days=days, place="Union hall", note="Bring your story")
        sign_up(session, person=cast.own, by=cast.own)
    cancel_session(session, by=None)
    assert shown(opened) == [("Trellis: session", "CONFIRMED"), ("Trellis: cancelled", "CANCELLED")]
    text = Client().get(address(opened)).content.decode()
    assert not any(word in text for word in ("Listening", "Union", "story", "Riverside"))
    change_titles(opened.feed, is_plain=False, by=cast.own)
    assert shown(opened)[0] == ("Listening first", "CONFIRMED")


def test_a_units_calendar_holds_what_is_listed_there_and_below(cast: Cast) -> None:
    opened = open_feed(unit=cast.unit("Alder"), is_plain=False, by=cast.own)
    offerings.session(cast, "Riverside", of=offerings.offering(cast, title="Ours"), days=3)
    offerings.session(cast, "Millbrook", of=offerings.offering(cast, "Millbrook", title="Theirs"), days=4)
    offerings.session(cast, "Harrow", of=offerings.offering(cast, "Harrow", title="Far away"), days=5)
    offerings.session(cast, of=offerings.offering(cast, title="A draft", listed=False), days=6)
    assert shown(opened) == [("Ours", "CONFIRMED"), ("Theirs", "CONFIRMED")]


def test_what_is_long_past_is_gone(cast: Cast, own: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    session = offerings.session(cast)
    sign_up(session, person=cast.own, by=cast.own)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(days=60))
    assert len(shown(own)) == 1
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(days=70))
    assert shown(own) == []


# who may fetch it


def test_only_a_digest_of_the_address_is_kept_and_it_is_told_once(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.persons["own"])
    page = client.post("/me/calendar/open/", {"what": "own", "titles": "plain"})
    assert "no-store" in page.headers["Cache-Control"]
    told = page.content.decode()
    (token,) = set(re.findall(r"/calendar/([\w-]{43})\.ics", told))
    assert Client().get(f"/calendar/{token}.ics").status_code == 200
    assert token not in client.get("/me/calendar/").content.decode()
    assert token not in str([*CalendarFeed.objects.values(), *AuditEntry.objects.values()])


def test_a_new_address_and_removal_end_the_old_one(cast: Cast, own: Opened) -> None:
    renewed = open_feed(unit=None, is_plain=False, by=cast.own)
    assert renewed.feed == own.feed
    assert Client().get(address(own)).status_code == 404
    assert Client().get(address(renewed)).status_code == 200
    remove_feed(renewed.feed, by=cast.own)
    assert Client().get(address(renewed)).status_code == 404
    actions = list(AuditEntry.objects.filter(action__startswith="exchange.").values_list("action", flat=True))
    assert actions == ["exchange.calendar.open", "exchange.calendar.rotate", "exchange.calendar.remove"]


def test_a_person_who_is_suspended_or_no_longer_belongs_takes_the_calendar_with_them(cast: Cast, own: Opened) -> None:
    unit = open_feed(unit=cast.unit("Riverside"), is_plain=False, by=cast.own)
    assert Client().get(address(unit)).status_code == 200
    Membership.objects.filter(person=cast.own).update(until=clock.today() - dt.timedelta(days=1))
    assert Client().get(address(unit)).status_code == 404
    assert Client().get(address(own)).status_code == 200, "their own dates stay their own"
    cast.persons["own"].is_active = False
    cast.persons["own"].save(update_fields=["is_active"])
    assert Client().get(address(own)).status_code == 404


def test_a_person_has_one_calendar_of_each_kind(cast: Cast, own: Opened) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeed.objects.create(person=cast.own, digest="x")


# how it is fetched


def test_what_has_not_changed_is_not_sent_again(cast: Cast, own: Opened) -> None:
    session = offerings.session(cast)
    sign_up(session, person=cast.own, by=cast.own)
    first = Client().get(address(own))
    seen = {"HTTP_IF_NONE_MATCH": first.headers["ETag"]}
    again = Client().get(address(own), **seen)  # type: ignore[arg-type]
    assert (again.status_code, again.content) == (304, b"")
    dated = {"HTTP_IF_MODIFIED_SINCE": first.headers["Last-Modified"]}
    assert Client().get(address(own), **dated).status_code == 304  # type: ignore[arg-type]
    leave(session.sign_ups.get(), by=cast.own)
    assert Client().get(address(own), **seen).status_code == 200  # type: ignore[arg-type]


def test_a_program_that_asks_too_often_is_told_to_wait(cast: Cast, own: Opened) -> None:
    answers = [Client().head(address(own)).status_code for _ in range(62)]
    assert answers[:60] == [200] * 60
    last = Client().get(address(own))
    assert (last.status_code, last.headers["Retry-After"]) == (429, "3600")


def test_only_the_last_day_of_a_fetch_is_kept_and_its_address_stays_out_of_the_log(
    cast: Cast, own: Opened, caplog: pytest.LogCaptureFixture, settings: object
) -> None:
    Client().get(address(own), HTTP_USER_AGENT="A calendar of Own's")
    feed = CalendarFeed.objects.get()
    assert feed.fetched_on == clock.today()
    kept = {field.name for field in CalendarFeed._meta.fields}
    assert kept == {
        "id", "uid", "person", "unit", "digest", "is_plain", "created_at", "fetched_on", "content", "changed_at"
    }  # fmt: skip
    with caplog.at_level(logging.WARNING):
        Client().get("/calendar/made-up-secret.ics")
    assert "/calendar/…" in caplog.handler.format(caplog.records[-1]) or caplog.records == []


def test_a_feed_takes_a_handful_of_queries_however_much_is_in_it(
    cast: Cast, own: Opened, django_assert_max_num_queries: object
) -> None:
    for days in range(1, 13):
        sign_up(offerings.session(cast, days=days), person=cast.own, by=cast.own)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        Client().get(address(own))


# the page


def test_the_page_says_what_there_is_and_takes_changes(cast: Cast, own: Opened) -> None:
    client = Client()
    client.force_login(cast.persons["own"])
    page = client.get("/me/calendar/").content.decode()
    assert "No calendar has read it yet." in page
    assert escape("Sessions of Riverside") in page
    assert "Sessions of Harrow" not in page
    Client().get(address(own))
    assert "Last read by a calendar on" in client.get("/me/calendar/").content.decode()
    client.post(f"/me/calendar/{own.feed.uid}/titles/", {"titles": "plain"})
    assert "Without titles." in client.get("/me/calendar/").content.decode()
    client.post(f"/me/calendar/{own.feed.uid}/remove/")
    assert "No calendar yet" in client.get("/me/calendar/").content.decode()
    assert (
        client.post("/me/calendar/open/", {"what": str(cast.unit("Harrow").uid), "titles": "full"}).status_code == 422
    )


def test_a_session_has_a_file_of_its_own_for_who_may_see_it(cast: Cast) -> None:
    session = offerings.session(cast, place="Hall")
    client = Client()
    client.force_login(cast.persons["own"])
    answer = client.get(f"/learn/session/{session.uid}/session.ics")
    (event,) = IcsCalendarStream.calendar_from_ics(answer.content.decode()).events
    assert (event.uid, event.location) == (f"session-{session.uid}", "Hall")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="session.ics"'
    hidden = offerings.session(cast, of=offerings.offering(cast, listed=False))
    assert client.get(f"/learn/session/{hidden.uid}/session.ics").status_code == 404


def test_a_session_that_is_over_is_not_offered_for_the_calendar(cast: Cast) -> None:
    session = offerings.session(cast, place="Hall")
    client = Client()
    client.force_login(cast.persons["own"])
    assert "Add this session" in client.get(f"/learn/session/{session.uid}/").content.decode()
    session.starts_at, session.ends_at = (clock.now() - dt.timedelta(hours=hours) for hours in (3, 1))
    session.save()
    assert "Add this session" not in client.get(f"/learn/session/{session.uid}/").content.decode()
