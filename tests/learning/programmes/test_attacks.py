"""Attacks on programmes: names, own readings and scores of others, terms that have ended, ids swapped; and looks."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.learning.programmes import stages
from trellis.learning.models import Application, BlindReading, CallReader, CohortMember, Outcome, Score
from trellis.people.actions import grant_term
from trellis.people.models import Look, Role

pytestmark = pytest.mark.usefixtures("framework")
Browser = Callable[[str], Client]


def page(client: Client, name: str, **kwargs: object) -> HttpResponse:
    return client.get(reverse(f"programmes:{name}", kwargs=kwargs))


def press(client: Client, name: str, data: dict[str, str] | None = None, **kwargs: object) -> HttpResponse:
    return client.post(reverse(f"programmes:{name}", kwargs=kwargs), data or {})


# what a reader tries


def test_nothing_on_a_readers_pages_says_whose_it_is(cast: Cast, browser: Browser) -> None:
    text = "I am Own Cast of Lincoln in Riverside, write to own@example.org."
    call = stages.opened(cast, needs_endorsement=False)
    application = stages.sent(cast, call=call, text=text)
    reader = CallReader.objects.create(call=call, person=cast.coach)
    reading = BlindReading.objects.create(application=application, reader=reader)
    call.status, call.closed_at = "closed", call.programme.created_at
    call.save()
    for answer in (page(browser("coach"), "reading", uid=reading.uid), page(browser("coach"), "readings")):
        shown = answer.content.decode()
        assert application.code in shown
        for secret in ("Own", "own@", "Lincoln", "Riverside", str(application.uid), str(cast.own.uid)):
            assert not re.search(rf"\b{re.escape(secret)}\b", shown), secret


def test_no_reader_comes_to_the_named_page_or_the_selection(cast: Cast, browser: Browser) -> None:
    call = stages.closed(cast)
    application = call.applications.get()
    for name, uid in (("run-application", application.uid), ("run-select", application.uid),
                      ("application", application.uid), ("endorsement", application.uid),
                      ("run-selection", call.uid), ("run-call", call.uid), ("run-readers", call.uid)):  # fmt: skip
        assert page(browser("coach"), name, uid=uid).status_code == 404, name


def test_a_reader_never_gets_their_own_even_when_a_row_says_so(cast: Cast, browser: Browser) -> None:
    call = stages.closed(cast, ("own", "coached"), readers=("treasurer", "coach"))
    own = call.applications.get(person=cast.own)
    reader = CallReader.objects.create(call=call, person=cast.own)
    forged = BlindReading.objects.create(application=own, reader=reader)
    assert page(browser("own"), "reading", uid=forged.uid).status_code == 404
    assert press(browser("own"), "reading", uid=forged.uid).status_code == 404
    assert not Score.objects.exists()


def test_others_scores_are_hidden_until_ones_own_are_sent(cast: Cast, browser: Browser) -> None:
    call = stages.closed(cast)
    application = call.applications.get()
    stages.send(cast, stages.reading_of(cast, application, "treasurer"), 3, 0, comment="Only for staff.")
    own = stages.reading_of(cast, application, "coach")
    before = page(browser("coach"), "reading", uid=own.uid)
    assert before.context["found"] == []
    assert "What readers found" not in before.content.decode()
    theirs = stages.reading_of(cast, application, "treasurer")
    assert page(browser("coach"), "reading", uid=theirs.uid).status_code == 404
    first, second = call.criteria.all()
    answer = press(browser("coach"), "reading", {f"c-{first.pk}": "1", f"c-{second.pk}": "0"}, uid=own.uid)
    assert answer.status_code == 302
    after = page(browser("coach"), "reading", uid=own.uid)
    steps = [[(step["count"], step["own"]) for step in one["steps"]] for one in after.context["found"]]
    assert steps == [
        [(0, False), (1, True), (0, False), (1, False)],
        [(2, True), (0, False), (0, False), (0, False)],
    ]  # fmt: skip
    assert "Only for staff." not in after.content.decode()
    assert "Treasurer" not in after.content.decode()


def test_a_reading_that_was_sent_cannot_be_sent_again(cast: Cast, browser: Browser) -> None:
    call = stages.closed(cast)
    own = stages.reading_of(cast, call.applications.get(), "coach")
    stages.send(cast, own, 1, 1)
    first, second = call.criteria.all()
    press(browser("coach"), "reading", {f"c-{first.pk}": "3", f"c-{second.pk}": "3"}, uid=own.uid)
    assert [score.value for score in own.scores.all()] == [1, 1]


def test_a_criterion_of_another_call_is_no_way_in(cast: Cast, browser: Browser) -> None:
    call, other = stages.closed(cast), stages.drafted(cast)
    own = stages.reading_of(cast, call.applications.get(), "coach")
    wrong = {f"c-{criterion.pk}": "2" for criterion in other.criteria.all()}
    assert press(browser("coach"), "reading", wrong, uid=own.uid).status_code == 422
    assert not Score.objects.exists()


def test_who_was_taken_off_or_runs_the_call_reads_nothing(cast: Cast, browser: Browser) -> None:
    call = stages.closed(cast)
    own = stages.reading_of(cast, call.applications.get(), "coach")
    CallReader.objects.filter(person=cast.coach).update(left_at=call.closed_at)
    assert page(browser("coach"), "reading", uid=own.uid).status_code == 404
    CallReader.objects.update(left_at=None)
    role = Role.objects.get(code="state-leadership-staff")
    grant_term(person=cast.coach, role=role, unit=cast.unit("Alder"), starts=stages.day(0), by=None)
    assert page(browser("coach"), "reading", uid=own.uid).status_code == 404


# what a term no longer grants, or never did


@pytest.mark.parametrize("name", ["former_president", "sibling_president", "other_state_president", "suspended"])
def test_no_other_president_sees_or_endorses(cast: Cast, browser: Browser, name: str) -> None:
    application = stages.sent(cast)
    data = {"endorses": "1", "words": "I say so."}
    assert page(browser(name), "endorsement", uid=application.uid).status_code in (302, 404)
    assert press(browser(name), "endorsement", data, uid=application.uid).status_code in (302, 404)
    assert not application.endorsements.exists()


def test_staff_of_another_state_and_of_a_local_see_nothing_of_it(cast: Cast, browser: Browser) -> None:
    role = Role.objects.get(code="state-leadership-staff")
    for name, unit in (("other_state_president", "Tamarack"), ("treasurer", "Riverside")):
        grant_term(person=cast.viewer(name), role=role, unit=cast.unit(unit), starts=stages.day(-9), by=None)
    call = stages.told(cast, readers=("coach", "neighbour"))
    application = call.applications.get()
    for name in ("other_state_president", "treasurer"):
        client = browser(name)
        assert page(client, "run").status_code == 200
        for view, uid in (("run-programme", call.programme.uid), ("run-call", call.uid), ("run-offers", call.uid),
                          ("run-application", application.uid), ("run-select", application.uid)):  # fmt: skip
            assert page(client, view, uid=uid).status_code == 404, (name, view)
        shown = page(client, "run").content.decode()
        assert "Emerging Leaders" not in shown


def test_staff_whose_term_has_ended_do_nothing_more(cast: Cast, browser: Browser) -> None:
    call = stages.drafted(cast)
    cast.state_staff.terms.update(ends=stages.day(-1))
    client = browser("state_staff")
    assert page(client, "run").status_code == 404
    assert press(client, "run-call-open", uid=call.uid).status_code == 404
    call.refresh_from_db()
    assert call.status == "draft"


def test_who_runs_a_call_and_applies_in_it_decides_nothing_about_themselves(cast: Cast, browser: Browser) -> None:
    call = stages.opened(cast, needs_endorsement=False)
    application = stages.sent(cast, "state_staff", call)
    client = browser("state_staff")
    for view in ("run-application", "run-select"):
        assert page(client, view, uid=application.uid).status_code == 404
    shown = page(client, "run-call", uid=call.uid).content.decode()
    assert str(application.uid) not in shown


# ids swapped


def test_an_offer_of_somebody_else_is_not_answered(cast: Cast, browser: Browser) -> None:
    call = stages.told(cast, {"own": Outcome.OFFER, "coached": Outcome.OFFER})
    offer = stages.offer_of(cast, call)
    assert press(browser("coached"), "offer", {"answer": "decline"}, uid=offer.uid).status_code == 404
    offer.refresh_from_db()
    assert offer.answer == ""


def test_an_answer_lands_in_ones_own_application_only(cast: Cast, browser: Browser) -> None:
    application = stages.begun(cast)
    client = browser("colleague")
    for headers in ({}, {"X-Trellis-Outbox": "1"}):
        url = reverse("programmes:question", kwargs={"uid": application.uid, "number": 1})
        assert client.post(url, {"text": "Overwritten"}, headers=headers).status_code == 404
    assert application.answers.get().text == stages.ANSWER


def test_a_member_of_one_cohort_sees_and_changes_nothing_of_another(cast: Cast, browser: Browser) -> None:
    mine = stages.cohort(cast)
    other = stages.cohort(cast, ("coached",))
    client = browser("own")
    assert page(client, "cohort", uid=mine.uid).status_code == 200
    for view in ("cohort", "capstone"):
        assert page(client, view, uid=other.uid).status_code == 404
    press(client, "sharing", {"shares_plan": "steps", "shows_name": "1"}, uid=other.uid)
    assert set(CohortMember.objects.values_list("shares_plan", flat=True)) == {"nothing"}


def test_a_capstone_reading_of_somebody_else_is_not_opened(cast: Cast, browser: Browser) -> None:
    reading = stages.capstone(cast, stages.cohort(cast)).readings.get()
    for name in ("treasurer", "own", "state_staff"):
        assert page(browser(name), "capstone-read", uid=reading.uid).status_code == 404, name


def test_a_reader_from_outside_the_unit_is_not_named(cast: Cast, browser: Browser) -> None:
    call = stages.opened(cast)
    for value in (str(cast.other_state_president.uid), str(cast.gone.uid), "nonsense", ""):
        assert press(browser("state_staff"), "run-readers-add", {"person": value}, uid=call.uid).status_code == 404
    assert not CallReader.objects.exists()


# looks


def test_every_look_at_an_application_is_written_down_for_its_owner(cast: Cast, browser: Browser) -> None:
    call = stages.closed(cast)
    application = Application.objects.get()
    page(browser("president"), "endorsement", uid=application.uid)
    page(browser("state_staff"), "run-application", uid=application.uid)
    page(browser("state_staff"), "run-select", uid=application.uid)
    page(browser("coach"), "reading", uid=stages.reading_of(cast, application, "coach").uid)
    page(browser("state_staff"), "run-call", uid=call.uid)
    looks = Look.objects.filter(person=cast.own).order_by("pk").values_list("by__given_name", "what")
    assert list(looks) == [
        ("President", "application"), ("State Staff", "application"), ("State Staff", "application"),
        ("Coach", "application"),
    ]  # fmt: skip


def test_a_reader_without_a_second_step_is_sent_to_set_one_up(cast: Cast, browser: Browser, settings: object) -> None:
    settings.TRELLIS_DEMO = False  # type: ignore[attr-defined]
    call = stages.closed(cast)
    reading = stages.reading_of(cast, call.applications.get(), "treasurer")
    answer = page(browser("treasurer"), "reading", uid=reading.uid)
    assert answer.status_code == 302
    assert "2fa" in answer.headers["Location"]
    assert not Look.objects.exists()
