"""The weekly mail: on the person's day, at most once a week, counts and links only, off in one press."""

import datetime as dt
import re
from itertools import pairwise

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.asserts import assertContains

from tests.cast import Cast
from tests.growth.plan.sessions import offering, session
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.framework.tree import EditionTree
from trellis.growth.models import Goal, GoalStatus, Plan
from trellis.growth.plan_actions import add_to_plan, set_goal_status, set_rhythm
from trellis.growth.step_actions import add_step, mark_step, move_step
from trellis.growth.weekly_mail import is_due, link_of, plan_of, send_due, set_weekly_mail
from trellis.learning.models import SignUp
from trellis.people.models import Person

MONDAY = dt.date(2026, 11, 2)
DAY = dt.timedelta(days=1)
QUICK = settings(max_examples=200, deadline=None, database=None)


@pytest.fixture(autouse=True)
def held_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of November, a Monday, at nine in the morning."""
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 11, 2, 15, tzinfo=dt.UTC))


@pytest.fixture
def goal(cast: Cast, tree: EditionTree) -> Goal:
    """A goal of `own`, begun a while ago; its first step is due in three days."""
    goal = add_to_plan(tree.theme_by_code["ORG.1"], tree, target=2, reason="", by=cast.own)
    Plan.objects.update(created_at=clock.now() - 40 * DAY)
    move_step(goal.steps.all()[0], due_on=MONDAY + 3 * DAY, by=cast.own)
    return goal


def body(place: int = -1) -> str:
    return str(mail.outbox[place].body)


# when


@pytest.mark.parametrize(
    ("today", "mailed_on", "due"),
    [
        (MONDAY, None, True),
        (MONDAY, MONDAY - 7 * DAY, True),
        (MONDAY, MONDAY, False),
        (MONDAY + DAY, MONDAY, False),
        (MONDAY - DAY, None, False),  # a Sunday
        (MONDAY + DAY, MONDAY - 7 * DAY, True),  # the Monday was missed
        (MONDAY + 2 * DAY, None, False),  # too late: the next Monday
        (MONDAY + 7 * DAY, MONDAY + DAY, True),  # made up for on a Tuesday, then back on Monday
    ],
)
def test_it_comes_on_the_persons_day_or_a_little_later(today: dt.date, mailed_on: dt.date | None, due: bool) -> None:
    assert is_due(today, weekday=0, mailed_on=mailed_on, since=MONDAY - 90 * DAY) == due


def test_a_new_plan_waits_for_its_first_day() -> None:
    assert not is_due(MONDAY, weekday=0, mailed_on=None, since=MONDAY)
    assert not is_due(MONDAY + DAY, weekday=0, mailed_on=None, since=MONDAY)
    assert is_due(MONDAY, weekday=0, mailed_on=None, since=MONDAY - DAY)


@QUICK
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6)), min_size=1, max_size=60))
def test_never_twice_within_six_days_whatever_days_are_missed_and_whichever_day_is_chosen(
    runs: list[tuple[int, int]],
) -> None:
    today, mailed_on, sent = MONDAY, None, []
    for passed, weekday in runs:
        today += passed * DAY
        if is_due(today, weekday=weekday, mailed_on=mailed_on, since=MONDAY - DAY):
            mailed_on = today
            sent.append(today)
    assert all(later - earlier >= 6 * DAY for earlier, later in pairwise(sent))


@QUICK
@given(st.integers(0, 6), st.integers(0, 6))
def test_where_no_day_is_missed_it_comes_every_week_on_that_day(weekday: int, start: int) -> None:
    mailed_on, sent = None, []
    for number in range(60):
        today = MONDAY + (start + number) * DAY
        if is_due(today, weekday=weekday, mailed_on=mailed_on, since=MONDAY - DAY):
            mailed_on = today
            sent.append(today)
    on_the_day = [day for day in sent if day.weekday() == weekday]
    assert sent[1:] == on_the_day[-len(sent[1:]) :]
    assert all(later - earlier <= 13 * DAY for earlier, later in pairwise(sent))


# what it says


def test_it_holds_counts_and_links_and_no_word_of_the_plan(goal: Goal, cast: Cast) -> None:
    add_step(goal, text="Talk with Xiomara", due_on=MONDAY + DAY, by=cast.own)
    add_step(goal, text="Write the letter", due_on=MONDAY - DAY, by=cast.own)
    set_rhythm(2, by=cast.own)
    Plan.objects.update(check_in_on=MONDAY + DAY)
    assert send_due(MONDAY) == "1 sent, nothing to say to 0"
    (message,) = mail.outbox
    assert message.to == ["own@example.org"]
    assert message.subject == "Your plan this week"
    assert "2 steps are due in the next seven days." in body()
    assert "1 step has passed its date." in body()
    assert "/plan/check-in/" in body()
    for private in ("Xiomara", "letter", goal.theme_name, "Own Cast", *(step.text for step in goal.steps.all())):
        assert private not in body()


def test_it_speaks_of_a_seat_in_a_session_of_the_week(goal: Goal, cast: Cast, tree: EditionTree) -> None:
    move_step(goal.steps.all()[0], due_on=None, by=cast.own)
    theme = tree.theme_by_code["ORG.1"]
    found = session(offering(cast, theme, theme.cell(1)), days=3)
    SignUp.objects.create(session=found, person=cast.own)
    send_due(MONDAY)
    assert "You have a seat in 1 session." in body()
    assert "Union hall" not in body()


def test_nothing_to_say_is_no_mail_and_not_another_day_either(goal: Goal, cast: Cast) -> None:
    for step in goal.steps.all():
        mark_step(step, done=True, by=cast.own)
    assert send_due(MONDAY) == "0 sent, nothing to say to 1"
    add_step(goal, text="Soon", due_on=MONDAY + 2 * DAY, by=cast.own)
    assert send_due(MONDAY + DAY) == "0 sent, nothing to say to 0"
    assert mail.outbox == []


def test_a_paused_goal_and_a_date_long_past_are_left_in_peace(goal: Goal, cast: Cast) -> None:
    set_goal_status(goal, GoalStatus.PAUSED, by=cast.own)
    send_due(MONDAY)
    assert mail.outbox == []
    set_goal_status(goal, GoalStatus.OPEN, by=cast.own)
    for step in goal.steps.all():
        move_step(step, due_on=MONDAY - 29 * DAY, by=cast.own)
    Plan.objects.update(mailed_on=None)
    send_due(MONDAY)
    assert mail.outbox == []


def test_who_has_no_plan_no_address_or_no_account_gets_none(goal: Goal, cast: Cast) -> None:
    for wrong in ({"is_active": False}, {"is_active": True, "email": None}):
        Person.objects.filter(pk=cast.own.pk).update(**wrong)
        send_due(MONDAY)
    assert mail.outbox == []


def test_it_goes_out_once_however_often_the_job_runs(goal: Goal, cast: Cast) -> None:
    for day in range(3):
        send_due(MONDAY + day * DAY)
    assert len(mail.outbox) == 1
    assert AuditEntry.objects.filter(action="growth.weekly_mail.send").count() == 1


def test_a_mail_that_is_not_taken_is_tried_again(
    goal: Goal, cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(**_: object) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr("trellis.core.mail.send", refuse)
        assert send_due(MONDAY) == "0 sent, nothing to say to 0"
    assert "own@example.org" not in caplog.text
    send_due(MONDAY + DAY)
    assert len(mail.outbox) == 1


def test_it_speaks_the_persons_language(goal: Goal, cast: Cast) -> None:
    Person.objects.filter(pk=cast.own.pk).update(language="es")
    with translation.override("es"):
        expected = translation.gettext("Your plan this week")
    send_due(MONDAY)
    assert mail.outbox[0].subject == expected


# turning it off


def off_link() -> str:
    """Return the address in the newest mail that turns it off, without the site."""
    (found,) = re.findall(r"https?://[^/]+(/weekly-mail/\S+)", body())
    return str(found)


def test_it_is_off_in_one_press_without_signing_in(goal: Goal, cast: Cast, client: Client) -> None:
    send_due(MONDAY)
    page = client.get(off_link())
    assertContains(page, "Turn off the weekly mail?")
    assert Plan.objects.get().mails_weekly, "looking at the page changes nothing"
    assertContains(client.post(off_link()), "The weekly mail is off")
    assert not Plan.objects.get().mails_weekly
    send_due(MONDAY + 7 * DAY)
    assert len(mail.outbox) == 1


def test_a_mail_program_turns_it_off_by_itself(goal: Goal, cast: Cast) -> None:
    """RFC 8058: a POST without cookies, to the address in the header."""
    send_due(MONDAY)
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(re.sub(r"^https?://[^/]+", "", address), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Plan.objects.get().mails_weekly
    assert AuditEntry.objects.filter(action="growth.weekly_mail.set", actor="").count() == 1


def test_a_link_opens_nothing_else_and_cannot_be_made_up(goal: Goal, cast: Cast, client: Client) -> None:
    link = link_of(Plan.objects.get())
    assert plan_of(link) == Plan.objects.get()
    assert plan_of(link[:-1] + ("a" if link[-1] != "a" else "b")) is None
    assert plan_of(Plan.objects.get().uid.hex) is None
    page = client.get(reverse("growth:weekly-mail", kwargs={"link": link}))
    assert "own" not in page.content.decode().partition("<main")[2].lower()
    assert page["Referrer-Policy"] == "no-referrer"
    Plan.objects.all().delete()
    assert plan_of(link) is None


def test_choosing_the_same_again_leaves_no_trace(goal: Goal, cast: Cast) -> None:
    before = AuditEntry.objects.count()
    set_weekly_mail(Plan.objects.get(), on=True, weekday=0, by=cast.own)
    assert AuditEntry.objects.count() == before
