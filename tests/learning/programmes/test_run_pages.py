"""The pages of those who run programmes: from a new program to the last member who completes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.learning import offerings
from tests.learning.programmes import stages
from trellis.learning.models import (
    Application,
    BlindReading,
    Call,
    CallReader,
    Cohort,
    CohortMember,
    CohortSession,
    Outcome,
    Programme,
    SignUp,
)

pytestmark = pytest.mark.usefixtures("framework")
Browser = Callable[[str], Client]


@pytest.fixture
def staff(browser: Browser) -> Client:
    """The browser of who runs Alder's programmes."""
    return browser("state_staff")


def at(name: str, **kwargs: object) -> str:
    return reverse(f"programmes:{name}", kwargs=kwargs)


def shown(client: Client, name: str, **kwargs: object) -> str:
    answer = client.get(at(name, **kwargs))
    assert answer.status_code == 200
    return answer.content.decode()


def said(answer: HttpResponse) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def block(prefix: str, rows: list[dict[str, Any]], empty: int = 2) -> dict[str, str]:
    """Return a formset as a browser sends it, with empty blocks at the end."""
    names = list(rows[0])
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows) + empty), f"{prefix}-INITIAL_FORMS": "0"}
    for place, row in enumerate([*rows, *[dict.fromkeys(names, "")] * empty]):
        data |= {f"{prefix}-{place}-{name}": str(value) for name, value in row.items()}
    return data


LINES = [
    {"title": title, "words_0": "no", "words_1": "a little", "words_2": "much", "words_3": "all"}
    for title in ("People", "Result", "Listening")
]


def programme_data(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "unit": str(cast.unit("Alder").uid), "title": "Leaders", "description": "A year.", "roles": ["coach"],
        "cells": ["ORG.5.L1", "COM.2.L2"], "sessions_planned": "6", "attend_least": "5", "attend_first": "on",
        "has_capstone": "on", "capstone_task": "Lead a change.", **block("rubric", LINES), **more,
    }  # fmt: skip


def call_data(**more: Any) -> dict[str, Any]:
    questions = [{"text": "What did you change?", "limit": 300}, {"text": "What next?", "limit": 200}]
    return {
        "title": "Spring", "opens_on": stages.day(0), "closes_on": stages.day(20), "decide_on": stages.day(40),
        "places": "10", "answer_days": "9", "readers_each": "2", "differ_at": "2", "needs_endorsement": "on",
        **block("questions", questions), **block("criteria", [line | {"weight": 2} for line in LINES]), **more,
    }  # fmt: skip


def test_a_program_is_taken_in_with_its_cells_and_its_rubric(cast: Cast, staff: Client) -> None:
    answer = staff.post(at("run-programme-new"), programme_data(cast))
    programme = Programme.objects.get()
    assert answer.headers["Location"] == at("run-programme", uid=programme.uid)
    assert (programme.unit.name, programme.attend_first, programme.has_capstone) == ("Alder", True, True)
    assert sorted(programme.cells.values_list("cell_code", flat=True)) == ["COM.2.L2", "ORG.5.L1"]
    assert [line.title for line in programme.rubric.all()] == ["People", "Result", "Listening"]
    text = shown(staff, "run-programme", uid=programme.uid)
    assert 'value="COM.2.L2" checked' in text


def test_what_is_wrong_is_named_at_its_place_and_nothing_is_stored(cast: Cast, staff: Client) -> None:
    half = [*LINES[:2], LINES[2] | {"words_3": ""}]
    wrong = programme_data(cast, title="", attend_least="9", capstone_task="", **block("rubric", half))
    answer = staff.post(at("run-programme-new"), wrong)
    assert answer.status_code == 422
    text = answer.content.decode()
    for complaint in ("Give it a name.", "There are not that many sessions.", "Say what the capstone is.",
                      "Fill this in, or empty the whole block."):  # fmt: skip
        assert complaint in text, complaint
    assert not Programme.objects.exists()
    short = staff.post(at("run-programme-new"), programme_data(cast, **block("rubric", LINES[:2])))
    assert "A capstone is read against 3 to 6 lines." in said(short)


def test_a_program_of_another_state_is_not_made(cast: Cast, staff: Client) -> None:
    answer = staff.post(at("run-programme-new"), programme_data(cast, unit=str(cast.unit("Tamarack").uid)))
    assert answer.status_code == 422
    assert not Programme.objects.exists()


def test_a_call_is_written_opened_and_taken_back(cast: Cast, staff: Client) -> None:
    programme = stages.programme(cast)
    answer = staff.post(at("run-call-new", uid=programme.uid), call_data())
    call = Call.objects.get()
    assert answer.headers["Location"] == at("run-call", uid=call.uid)
    assert list(call.questions.values_list("text", "limit")) == [("What did you change?", 300), ("What next?", 200)]
    assert list(call.criteria.values_list("title", "weight")) == [("People", 2), ("Result", 2), ("Listening", 2)]
    changed = staff.post(at("run-call-edit", uid=call.uid), call_data(title="Autumn", more="1"))
    assert changed.headers["Location"] == at("run-call-edit", uid=call.uid)
    staff.post(at("run-call-open", uid=call.uid))
    call.refresh_from_db()
    assert (call.title, call.status) == ("Autumn", "open")
    assert "Make it a draft again" in shown(staff, "run-call", uid=call.uid)
    staff.post(at("run-call-take-back", uid=call.uid))
    call.refresh_from_db()
    assert call.status == "draft"


def test_days_in_the_wrong_order_are_named(cast: Cast, staff: Client) -> None:
    programme = stages.programme(cast)
    answer = staff.post(at("run-call-new", uid=programme.uid), call_data(closes_on=stages.day(-2)))
    assert answer.status_code == 422
    assert "It cannot close before it opens." in answer.content.decode()


def test_a_new_call_begins_as_the_last_one_was(cast: Cast, staff: Client) -> None:
    call = stages.drafted(cast)
    text = shown(staff, "run-call-new", uid=call.programme.uid)
    assert "What did you change?" in text
    assert 'value="Spring"' not in text


def test_closing_asks_first_and_counts_what_is_left(cast: Cast, staff: Client) -> None:
    call = stages.opened(cast)
    stages.sent(cast, call=call)
    stages.begun(cast, "coached", call)
    text = shown(staff, "run-call-close", uid=call.uid)
    assert "One application has come in." in text
    assert "One is begun and not sent" in text
    staff.post(at("run-call-close", uid=call.uid))
    call.refresh_from_db()
    assert call.status == "closed"


def test_an_open_call_gets_more_time(cast: Cast, staff: Client) -> None:
    call = stages.opened(cast)
    data = {"closes_on": stages.day(30).isoformat(), "decide_on": stages.day(40).isoformat(), "places": "4"}
    assert staff.post(at("run-call-days", uid=call.uid), data).status_code == 302
    assert staff.post(at("run-call-days", uid=call.uid), data | {"closes_on": stages.day(-3)}).status_code == 422
    call.refresh_from_db()
    assert (call.closes_on, call.places) == (stages.day(30), 4)


def test_readers_are_found_by_name_named_and_taken_off(cast: Cast, staff: Client) -> None:
    call = stages.opened(cast)
    found = staff.get(at("run-readers", uid=call.uid), {"q": "treas"}).content.decode()
    assert "Treasurer Cast" in found
    staff.post(at("run-readers-add", uid=call.uid), {"person": str(cast.treasurer.uid)})
    reader = CallReader.objects.get()
    assert "0 of 0 read" in shown(staff, "run-readers", uid=call.uid)
    refused = staff.post(at("run-readers-add", uid=call.uid), {"person": str(cast.state_staff.uid)}, follow=True)
    assert "cannot read blind" in said(refused)
    staff.post(at("run-reader-remove", uid=reader.uid))
    reader.refresh_from_db()
    assert reader.left_at is not None


def test_giving_out_says_when_readers_are_missing(cast: Cast, staff: Client) -> None:
    call = stages.opened(cast)
    stages.endorsed(cast, call=call)
    staff.post(at("run-readers-add", uid=call.uid), {"person": str(cast.coach.uid)})
    staff.post(at("run-call-close", uid=call.uid))
    answer = staff.post(at("run-draw", uid=call.uid), follow=True)
    assert "One reading could not be given out" in said(answer)
    assert BlindReading.objects.count() == 1


def test_the_selection_names_nobody_and_gathers_in_bands(cast: Cast, staff: Client) -> None:
    call = stages.closed(cast, ("own", "coached"))
    own = call.applications.get(person=cast.own)
    stages.send(cast, stages.reading_of(cast, own, "coach"), 3, 3)
    stages.send(cast, stages.reading_of(cast, own, "treasurer"), 1, 3)
    text = shown(staff, "run-selection", uid=call.uid)
    for there in (own.code, "readers differ", "Mostly shows it", "Not read yet", "Counts below 10 stay hidden"):
        assert there in text, there
    for name in ("Own Cast", "Coached Cast"):
        assert name not in text
    one = shown(staff, "run-select", uid=own.uid)
    assert "A further reading may help." in one
    assert "Own Cast" not in one
    assert "Own Cast" in shown(staff, "run-application", uid=own.uid)


def test_a_decision_is_taken_changed_and_taken_back(cast: Cast, staff: Client) -> None:
    call = stages.closed(cast)
    stages.read(cast, call)
    own = call.applications.get()
    without = staff.post(at("run-select", uid=own.uid), {"outcome": "offer", "reason": ""})
    assert without.status_code == 422
    staff.post(at("run-select", uid=own.uid), {"outcome": "offer", "reason": "Clear."})
    own.refresh_from_db()
    assert own.outcome == Outcome.OFFER
    staff.post(at("run-select-undo", uid=own.uid))
    own.refresh_from_db()
    assert own.outcome == Outcome.OPEN


def test_everybody_is_told_from_the_page_of_the_offers(cast: Cast, staff: Client) -> None:
    call = stages.closed(cast, ("own", "coached", "private"), places=1)
    stages.read(cast, call)
    for name, outcome in (("own", "offer"), ("coached", "waiting"), ("private", "waiting")):
        uid = call.applications.get(person=cast.viewer(name)).uid
        assert "Tell everybody now" not in shown(staff, "run-offers", uid=call.uid)
        staff.post(at("run-select", uid=uid), {"outcome": outcome, "reason": "So."})
    staff.post(at("run-waiting-up", uid=call.applications.get(person=cast.private).uid))
    text = shown(staff, "run-offers", uid=call.uid)
    assert text.index("Private Cast") < text.index("Coached Cast")
    late = staff.post(at("run-offers", uid=call.uid), {"answer_by": stages.day(0).isoformat()})
    assert late.status_code == 422
    staff.post(at("run-offers", uid=call.uid), {"answer_by": stages.day(7).isoformat()})
    assert "Everybody was told" in shown(staff, "run-offers", uid=call.uid)


def test_a_cohort_is_made_and_gets_its_sessions(cast: Cast, staff: Client) -> None:
    call = stages.told(cast)
    stages.answer_offer(stages.offer_of(cast, call), accepts=True, by=cast.own)
    days = {"starts_on": stages.day(3).isoformat(), "ends_on": stages.day(90).isoformat()}
    staff.post(at("run-cohort-start", uid=call.uid), {"title": "Spring", **days})
    cohort = Cohort.objects.get()
    plan = {"title": "Power", "day": stages.day(9), "starts": "09:00", "ends": "12:00", "zone": "America/Denver"}
    wrong = staff.post(at("run-session-add", uid=cohort.uid), plan | {"ends": "08:00"})
    assert wrong.status_code == 422
    staff.post(at("run-session-add", uid=cohort.uid), plan | {"place": "Room 2"})
    linked = offerings.session(cast, "Alder")
    assert "Listening first" in shown(staff, "run-session-add", uid=cohort.uid)
    staff.post(at("run-session-add", uid=cohort.uid), {"session": str(linked.uid)})
    text = shown(staff, "run-cohort", uid=cohort.uid)
    assert "Power" in text
    assert "Room 2" in text
    assert "Own Cast" in text
    staff.post(at("run-session-drop", uid=CohortSession.objects.get(session=linked).uid))
    assert CohortSession.objects.count() == 1


def test_a_session_of_another_state_is_not_taken_in(cast: Cast, staff: Client) -> None:
    cohort, other = stages.cohort(cast), offerings.session(cast, "Tamarack")
    answer = staff.post(at("run-session-add", uid=cohort.uid), {"session": str(other.uid)})
    assert answer.status_code == 404


def test_who_came_is_marked_on_a_list(cast: Cast, staff: Client) -> None:
    cohort = stages.cohort(cast, ("own", "coached"))
    found = stages.session_in(cast, cohort, -1)
    rows = {row.person_id: row for row in SignUp.objects.filter(session=found.session)}
    data = {f"m-{rows[cast.own.pk].uid}": "yes", f"m-{rows[cast.coached.pk].uid}": "no"}
    staff.post(at("run-attendance", uid=found.uid), data)
    assert {row.person_id: row.came for row in SignUp.objects.filter(session=found.session)} == {
        cast.own.pk: True, cast.coached.pk: False,
    }  # fmt: skip
    staff.post(at("run-attendance", uid=found.uid), {f"m-{rows[cast.own.pk].uid}": ""})
    assert set(SignUp.objects.filter(session=found.session).values_list("came", flat=True)) == {None}


def test_a_session_that_lies_ahead_is_not_marked(cast: Cast, staff: Client) -> None:
    cohort = stages.cohort(cast)
    found = stages.session_in(cast, cohort, 3)
    row = SignUp.objects.get(session=found.session)
    answer = staff.post(at("run-attendance", uid=found.uid), {f"m-{row.uid}": "yes"}, follow=True)
    assert "half an hour before" in said(answer)


def test_readers_and_mentors_are_chosen_on_a_members_page(cast: Cast, staff: Client) -> None:
    cohort = stages.cohort(cast)
    found = stages.capstone(cast, cohort, ("coach",))
    member = stages.member_of(cast, cohort)
    listed = staff.get(at("run-member", uid=member.uid), {"q": "treas"}).content.decode()
    assert "Let them read the capstone" in listed
    for name in ("treasurer", "neighbour"):
        staff.post(at("run-member-person", uid=member.uid), {"as": "reader", "person": str(cast.viewer(name).uid)})
    # Two at the most: the first of those who have not read it makes room.
    assert {one.reader for one in found.readings.all()} == {cast.coach, cast.neighbour}
    staff.post(at("run-member-person", uid=member.uid), {"as": "mentor", "person": str(cast.coach.uid)})
    member.refresh_from_db()
    assert member.mentor == cast.coach


def test_a_member_completes_once_rule_and_capstone_are_met(cast: Cast, staff: Client) -> None:
    cohort = stages.cohort(cast)
    member = stages.member_of(cast, cohort)
    refused = staff.post(at("run-member-complete", uid=member.uid), follow=True)
    assert "not met yet" in said(refused)
    stages.attended(cast, cohort, True, True)
    stages.passed(cast, cohort)
    assert "One member has met the rule" in shown(staff, "run-cohort", uid=cohort.uid)
    staff.post(at("run-member-complete", uid=member.uid))
    assert CohortMember.objects.get().completed_on == stages.day(0)
    assert "1 of 1 completed" in shown(staff, "run-cohort", uid=cohort.uid)


def test_an_exception_is_asked_by_one_and_agreed_to_by_another(cast: Cast, browser: Browser, staff: Client) -> None:
    stages.second_staff(cast)
    member = stages.member_of(cast, stages.cohort(cast))
    staff.post(at("run-member-exception", uid=member.uid), {"reason": "Was ill."})
    assert "Agree, and complete" not in shown(staff, "run-member", uid=member.uid)
    other = browser("steward")
    assert "Agree, and complete" in shown(other, "run-member", uid=member.uid)
    other.post(at("run-member-exception", uid=member.uid), {"refuse": "1"})
    staff.post(at("run-member-exception", uid=member.uid), {"reason": "Was ill, see our notes."})
    other.post(at("run-member-complete", uid=member.uid))
    assert "By an exception:" in shown(staff, "run-member", uid=member.uid)


def test_who_leaves_is_listed_apart_and_may_come_back(cast: Cast, staff: Client) -> None:
    cohort = stages.cohort(cast)
    member = stages.member_of(cast, cohort)
    staff.post(at("run-member-leave", uid=member.uid), {"leaves": "1"})
    assert "Left:" in shown(staff, "run-cohort", uid=cohort.uid)
    staff.post(at("run-member-leave", uid=member.uid), {"leaves": "0"})
    assert "Left:" not in shown(staff, "run-cohort", uid=cohort.uid)


def test_running_costs_few_queries_however_much_there_is(
    cast: Cast, staff: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    names = ("own", "coached", "private", "representative")
    cohort = stages.cohort(cast, names)
    stages.attended(cast, cohort, True, False, True)
    for name in names:
        stages.capstone(cast, cohort, name=name)
    call = stages.closed(cast, names)
    stages.read(cast, call)
    for _ in range(3):
        stages.drafted(cast)
    pages = [at("run"), at("run-cohort", uid=cohort.uid), at("run-call", uid=call.uid), at("run-readers", uid=call.uid)]
    pages += [
        at("run-selection", uid=call.uid),
        at("run-offers", uid=call.uid),
        at("run-programme", uid=call.programme.uid),
    ]
    for page in pages:
        with django_assert_max_num_queries(16):
            staff.get(page)
    member = Application.objects.filter(call=call)[0]
    with django_assert_max_num_queries(25):
        staff.get(at("run-select", uid=member.uid))
