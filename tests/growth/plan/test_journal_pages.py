"""The why, check-ins, the journal, how the plan works: asked in few words, kept sealed, shown to nobody else."""

import datetime as dt
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.cast import Cast
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.framework.tree import EditionTree
from trellis.growth.journal_actions import check_in, reflect
from trellis.growth.models import CheckIn, Goal, GoalStatus, Plan, PlanSharing, Reflection
from trellis.growth.own_words import own_words
from trellis.growth.plan_actions import add_to_plan, set_goal_status, set_rhythm, tell_why
from trellis.growth.step_actions import mark_step, move_step

PLAN, WHY, CHECK_IN, JOURNAL, SETTINGS = "/plan/", "/plan/why/", "/plan/check-in/", "/plan/journal/", "/plan/settings/"
DAY = dt.timedelta(days=1)
SECRET = "Xiomara told me in the parking lot"
Browser = Callable[[str], Client]


@pytest.fixture
def goal(cast: Cast, tree: EditionTree) -> Goal:
    """A goal of `own`, with three steps."""
    return add_to_plan(tree.theme_by_code["ORG.1"], tree, target=2, reason="", by=cast.own)


def text_of(client: Client, path: str) -> str:
    return unescape(client.get(path).content.decode())


# the why


def test_a_plan_begins_with_the_why(browser: Browser, cast: Cast) -> None:
    client = browser("own")
    assertContains(client.get(PLAN), "Begin with your why")
    page = client.post(WHY, {"why": "For my <girls>", "what": "Heat", "for_whom": ""})
    assertRedirects(page, PLAN)
    page = client.get(PLAN)
    assertContains(page, "For my &lt;girls&gt;")
    assertContains(page, "What I want to change")
    assertNotContains(page, "Begin with your why")
    assertContains(client.get(WHY), "For my &lt;girls&gt;")
    assert own_words(cast.own).read(Plan.objects.get().sealed) == {"why": "For my <girls>", "what": "Heat"}


def test_the_why_may_be_emptied_again(browser: Browser) -> None:
    client = browser("own")
    for why in ("For them", ""):
        client.post(WHY, {"why": why, "what": "", "for_whom": ""})
    assertContains(client.get(PLAN), "Begin with your why")


def test_what_is_too_long_is_kept_in_the_field_and_said(browser: Browser) -> None:
    page = browser("own").post(WHY, {"why": "x" * 2001})
    assertContains(page, "That is more than fits here: 2000 letters at most.", status_code=422)
    assertContains(page, "x" * 2001, status_code=422)


# checking in


def test_a_check_in_keeps_three_answers_and_moves_dates(browser: Browser, goal: Goal, cast: Cast) -> None:
    client = browser("own")
    set_rhythm(2, by=cast.own)
    first, second, _ = goal.steps.all()
    move_step(first, due_on=clock.today() - DAY, by=cast.own)
    text = text_of(client, CHECK_IN)
    assert "the date has passed" in text
    assert all(step.text in text for step in goal.steps.all())
    sent = {f"date-{step.uid}": step.due_on.isoformat() for step in goal.steps.all() if step.due_on}
    new_day = clock.today() + 9 * DAY
    sent |= {f"date-{first.uid}": new_day.isoformat(), f"date-{second.uid}": "", "did": SECRET, "next": "Call Mo"}
    page = client.post(CHECK_IN, sent, follow=True)
    assertContains(page, "The next check-in is on")
    assert [step.due_on for step in list(goal.steps.all())[:2]] == [new_day, None]
    assert own_words(cast.own).read(CheckIn.objects.get().sealed) == {"did": SECRET, "next": "Call Mo"}
    assert Plan.objects.get().check_in_on == clock.today() + 14 * DAY
    assertContains(client.get(PLAN), "Call Mo")
    assertContains(client.get(CHECK_IN), "Call Mo")
    assertNotContains(client.get(PLAN), SECRET)


def test_only_dates_that_were_changed_leave_a_trace(browser: Browser, goal: Goal) -> None:
    sent = {f"date-{step.uid}": step.due_on.isoformat() for step in goal.steps.all() if step.due_on}
    browser("own").post(CHECK_IN, sent | {"did": "Much"})
    assert not AuditEntry.objects.filter(action="growth.step.move").exists()
    assert AuditEntry.objects.get(action="growth.check_in").detail == {"moved": 0}


def test_an_empty_check_in_is_none(browser: Browser, goal: Goal) -> None:
    sent = {f"date-{step.uid}": step.due_on.isoformat() for step in goal.steps.all() if step.due_on}
    page = browser("own").post(CHECK_IN, sent | {"did": "  "})
    assertContains(page, "Write a word or two, or move a date.", status_code=422)
    assert not CheckIn.objects.exists()


def test_what_is_no_date_is_said_and_nothing_is_lost(browser: Browser, goal: Goal) -> None:
    first = goal.steps.all()[0]
    page = browser("own").post(CHECK_IN, {"did": "Much", f"date-{first.uid}": "soon"})
    assertContains(page, "That is not a date. Write it like 2026-11-30.", status_code=422)
    assertContains(page, "Much", status_code=422)
    assert not CheckIn.objects.exists()
    assert goal.steps.all()[0].due_on == first.due_on


def test_steps_of_others_and_of_paused_goals_cannot_be_moved(
    browser: Browser, goal: Goal, cast: Cast, tree: EditionTree
) -> None:
    theirs = add_to_plan(tree.theme_by_code["ORG.1"], tree, target=2, reason="", by=cast.colleague).steps.all()[0]
    set_goal_status(goal, GoalStatus.PAUSED, by=cast.own)
    paused = goal.steps.all()[0]
    sent = {f"date-{step.uid}": "2027-01-01" for step in (theirs, paused)} | {"did": "Much"}
    browser("own").post(CHECK_IN, sent)
    for step in (theirs, paused):
        before = step.due_on
        step.refresh_from_db()
        assert step.due_on == before


def test_who_has_no_plan_yet_may_check_in_too(browser: Browser, cast: Cast) -> None:
    assertRedirects(browser("own").post(CHECK_IN, {"did": "I talked with three people"}), PLAN)
    assert CheckIn.objects.get().plan.person == cast.own


# the journal


def test_the_journal_holds_what_was_done_and_what_was_written(browser: Browser, goal: Goal, cast: Cast) -> None:
    client = browser("own")
    assertContains(browser("colleague").get(JOURNAL), "Nothing here yet")
    mark_step(goal.steps.all()[0], done=True, by=cast.own)
    check_in({"did": "Called Mo", "hindered": "", "next": ""}, {}, by=cast.own)
    page = client.post(JOURNAL, {"text": "I have to <wait>", "about": str(goal.uid)}, follow=True)
    assertContains(page, "I have to &lt;wait&gt;")
    text = unescape(page.content.decode())
    for said in (f"Done: {goal.steps.all()[0].text}", f"New goal: {goal.theme_name}", "Called Mo", "Checked in"):
        assert said in text
    assert f"Reflected: {goal.theme_name}" in text


def test_a_thought_may_be_about_all_of_it(browser: Browser, goal: Goal) -> None:
    browser("own").post(JOURNAL, {"text": "Slow is fine", "about": ""})
    assert Reflection.objects.get().goal is None


@pytest.mark.parametrize("sent", [{}, {"text": "   "}, {"text": "x" * 4001}])
def test_a_thought_that_cannot_be_kept_is_refused(browser: Browser, goal: Goal, sent: dict[str, str]) -> None:
    assert browser("own").post(JOURNAL, sent).status_code == 422
    assert not Reflection.objects.exists()


def test_a_thought_about_somebody_elses_goal_is_refused(
    browser: Browser, goal: Goal, cast: Cast, tree: EditionTree
) -> None:
    assert browser("colleague").post(JOURNAL, {"text": "Hm", "about": str(goal.uid)}).status_code == 422


def test_an_entry_is_deleted_for_good_after_a_question(browser: Browser, goal: Goal, cast: Cast) -> None:
    entries = [reflect(SECRET, goal=None, by=cast.own), check_in({"did": SECRET}, {}, by=cast.own)]
    for entry in entries:
        remove = reverse("growth:journal-remove", kwargs={"uid": entry.uid})
        assertContains(browser("own").get(remove), "It cannot be brought back.")
        assert browser("colleague").get(remove).status_code == 404
        assert browser("colleague").post(remove).status_code == 404
        assertRedirects(browser("own").post(remove), JOURNAL)
    assert (CheckIn.objects.count(), Reflection.objects.count()) == (0, 0)


@pytest.mark.parametrize("name", ["president", "coach", "colleague", "steward", "state_staff"])
def test_no_page_of_anybody_else_shows_a_word_of_it(browser: Browser, goal: Goal, cast: Cast, name: str) -> None:
    reflect(SECRET, goal=goal, by=cast.own)
    check_in({"did": SECRET, "hindered": SECRET, "next": SECRET}, {}, by=cast.own)
    tell_why({"why": SECRET}, by=cast.own)
    client = browser(name)
    paths = [PLAN, WHY, CHECK_IN, JOURNAL, "/", "/standing/", f"/shared/{cast.own.uid}/", "/plan/pdf/?why=1&journal=1"]
    for path in paths:
        assert b"Xiomara" not in client.get(path, follow=True).content


def test_a_long_journal_comes_in_pages(
    browser: Browser, goal: Goal, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(45):
        reflect(f"Thought {number:02}", goal=goal, by=cast.own)
    client = browser("own")
    with django_assert_max_num_queries(15):
        found = re.findall(r"Thought \d\d", text_of(client, JOURNAL))
    assert found == [f"Thought {number:02}" for number in range(44, 24, -1)]
    assertContains(client.get(JOURNAL, {"page": "3"}), "Thought 00")


# how the plan works


def test_rhythm_sharing_and_mail_are_chosen_on_one_page(browser: Browser, cast: Cast) -> None:
    client = browser("own")
    sent = {"rhythm": "4", "sharing": "steps", "weekday": "3"}
    assertRedirects(client.post(SETTINGS, sent), PLAN)
    plan = Plan.objects.get()
    assert (plan.check_in_weeks, plan.check_in_on) == (4, clock.today() + 28 * DAY)
    assert (plan.shared_with_mentors, plan.mails_weekly, plan.mail_weekday) == (PlanSharing.STEPS, False, 3)
    client.post(SETTINGS, {"rhythm": "0", "sharing": "nothing", "weekday": "0", "mails_weekly": "on"})
    plan.refresh_from_db()
    assert (plan.check_in_weeks, plan.check_in_on, plan.mails_weekly) == (None, None, True)


def test_saving_again_does_not_put_off_the_next_check_in(browser: Browser, cast: Cast) -> None:
    client, sent = browser("own"), {"rhythm": "4", "sharing": "nothing", "weekday": "0"}
    client.post(SETTINGS, sent)
    Plan.objects.update(check_in_on=clock.today() + DAY)
    client.post(SETTINGS, sent)
    assert Plan.objects.get().check_in_on == clock.today() + DAY


@pytest.mark.parametrize("wrong", [{"rhythm": "3"}, {"sharing": "all"}, {"weekday": "7"}, {"rhythm": ""}])
def test_a_choice_that_is_not_there_keeps_everything_as_it_was(browser: Browser, wrong: dict[str, str]) -> None:
    sent = {"rhythm": "4", "sharing": "steps", "weekday": "3"} | wrong
    assert browser("own").post(SETTINGS, sent).status_code == 422
    assert not Plan.objects.exists()


def test_the_plan_says_who_sees_what(browser: Browser, goal: Goal) -> None:
    client = browser("own")
    assertContains(client.get(PLAN), "Your own. Nobody else sees it.")
    for sharing, words in (
        ("goals", "can see your goals, and nothing"),
        ("steps", "can see your goals and steps"),
    ):
        client.post(SETTINGS, {"rhythm": "0", "sharing": sharing, "weekday": "0"})
        assertContains(client.get(PLAN), words)


def test_the_settings_of_the_person_lead_to_the_weekly_mail(browser: Browser, goal: Goal) -> None:
    assertContains(browser("own").get("/me/settings/"), SETTINGS)
    assertNotContains(browser("colleague").get("/me/settings/"), SETTINGS)
