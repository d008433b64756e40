"""The coach's side, and the pages of the rated person while it runs: no page says who has answered, or how many."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.assessment.three_sixty.lists import named, opened, released, started, with_coach
from tests.cast import Cast
from trellis.assessment.answering import save_letter
from trellis.assessment.form import Point
from trellis.assessment.models import Rater, RaterState, ThreeSixty, ThreeSixtyState
from trellis.assessment.nominating import send_to_coach
from trellis.assessment.sealed import new_secret
from trellis.assessment.three_sixty_queries import tree_of
from trellis.core.models import AuditEntry
from trellis.framework.models import Edition
from trellis.people.actions import end_term
from trellis.people.models import Term


@pytest.fixture
def coach(cast: Cast, framework: Edition) -> Client:
    """The coach's browser."""
    client = Client()
    client.force_login(cast.coach)
    return client


@pytest.fixture
def member(cast: Cast, framework: Edition) -> Client:
    """The rated person's browser."""
    client = Client()
    client.force_login(cast.own)
    return client


def one(found: ThreeSixty, name: str = "three-sixty-coach-one") -> str:
    return reverse(f"assessment:{name}", kwargs={"uid": found.uid})


def answer(found: ThreeSixty, count: int) -> None:
    theme = tree_of(found).themes[0].id
    for rater in found.raters.filter(state=RaterState.INVITED).order_by("pk")[:count]:
        save_letter(rater, new_secret(), answers={Point("theme", theme): 2}, remarks={}, final=True)


def test_the_coach_finds_the_list_on_the_home_page_and_sees_no_address(cast: Cast, coach: Client) -> None:
    found = with_coach(cast.own, cast.coach)
    assert "1 list to look at" in coach.get("/").content.decode()
    assert cast.own.name in coach.get(reverse("assessment:three-sixty-coach")).content.decode()
    page = coach.get(one(found)).content.decode()
    assert "peer0" in page
    assert "peer0@example.net" not in page


def test_agreeing_sends_the_links_and_the_coach_loses_the_list(cast: Cast, coach: Client) -> None:
    found = with_coach(cast.own, cast.coach)
    coach.post(one(found), {"approve": "1"})
    found.refresh_from_db()
    assert found.state == ThreeSixtyState.OPEN
    assert AuditEntry.objects.filter(action="three_sixty.open", actor=str(cast.coach.uid)).exists()
    assert coach.get(one(found)).status_code == 404
    assert cast.own.name in coach.get(reverse("assessment:three-sixty-coach")).content.decode()


def test_a_flagged_rater_is_asked_only_when_ticked(cast: Cast, coach: Client, member: Client) -> None:
    found = named(started(cast.own, cast.coach), cast.own)
    named(found, cast.own, ["tom@x.k12.or.us", "ida@x.k12.or.us"])
    send_to_coach(found, by=cast.own)
    page = coach.get(one(found)).content.decode()
    assert page.count('name="confirm"') == 2
    tom = found.raters.get(name="tom")
    coach.post(one(found), {"approve": "1", "confirm": [str(tom.uid), "nonsense"]})
    assert set(found.raters.filter(name__in=["tom", "ida"]).values_list("name", "state")) == {
        ("tom", "invited"),
        ("ida", "nominated"),
    }
    shown = member.get(one(found, "three-sixty")).content.decode()
    assert re.search(r"looks like a school.*s:\s+ida", shown)


def test_giving_back_needs_a_note(cast: Cast, coach: Client) -> None:
    found = with_coach(cast.own, cast.coach)
    refused = coach.post(one(found), {"return": "1", "note": " "})
    assert refused.status_code == 422
    assert "Say in a sentence what should change." in refused.content.decode()
    found.refresh_from_db()
    assert found.state == ThreeSixtyState.WITH_COACH


def test_a_coach_whose_term_is_over_sees_nothing(cast: Cast, coach: Client) -> None:
    found = with_coach(cast.own, cast.coach)
    term = Term.objects.get(person=cast.coach)
    end_term(term, last_day=term.starts, by=None)
    assert coach.get(one(found)).status_code == 404
    assert coach.get(reverse("assessment:three-sixty-coach")).status_code == 404


def test_outside_of_the_demo_a_coach_needs_a_second_step(cast: Cast, coach: Client, settings: Any) -> None:
    found = with_coach(cast.own, cast.coach)
    settings.TRELLIS_DEMO = False
    for address in (one(found), reverse("assessment:three-sixty-coach")):
        assert coach.get(address).headers["Location"] == reverse("mfa_index")


def _without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_while_it_runs_pages_change_only_when_five_have_answered(cast: Cast, member: Client, coach: Client) -> None:
    found = opened(cast.own, cast.coach)
    addresses = [one(found, "three-sixty"), one(found, "three-sixty-close"), reverse("assessment:three-sixties")]
    seen: list[list[str]] = []
    for _ in range(6):
        seen.append([_without_token(member.get(address).content.decode()) for address in addresses])
        answer(found, 1)
    assert seen[0] == seen[1] == seen[2] == seen[3] == seen[4]
    assert seen[5][0] != seen[4][0]
    assert "enough to show something" in seen[5][0]
    assert not any(f"peer{number}" in page for number in range(6) for page in seen[5])


def test_a_refusal_changes_no_page(cast: Cast, member: Client) -> None:
    found = opened(cast.own, cast.coach)
    before = _without_token(member.get(one(found, "three-sixty")).content.decode())
    Rater.objects.filter(pk=found.raters.order_by("pk")[0].pk).update(state=RaterState.REFUSED)
    assert _without_token(member.get(one(found, "three-sixty")).content.decode()) == before


def test_closing_by_hand_leads_to_the_report(cast: Cast, member: Client) -> None:
    found = opened(cast.own, cast.coach)
    answer(found, 4)
    before = member.get(one(found, "three-sixty-close")).content.decode()
    assert "Fewer than 5 have answered" in before
    answer(found, 5)
    assert "Enough have answered" in member.get(one(found, "three-sixty-close")).content.decode()
    member.post(one(found, "three-sixty-close"))
    there = member.get(one(found, "three-sixty"))
    assert there.headers["Location"] == reverse("growth:feedback", kwargs={"uid": found.uid})
    assert "Your 360 report is ready" in member.get("/").content.decode()


def test_closed_is_closed(cast: Cast, member: Client, framework: Edition) -> None:
    found = released(cast.own, cast.coach)
    for name in ("three-sixty-close", "three-sixty-cancel", "three-sixty-send"):
        assert member.post(one(found, name)).status_code == 404


def test_cancelling_by_hand_asks_first(cast: Cast, member: Client) -> None:
    found = opened(cast.own, cast.coach)
    assert "all answers so far are deleted" in member.get(one(found, "three-sixty-cancel")).content.decode()
    member.post(one(found, "three-sixty-cancel"))
    found.refresh_from_db()
    assert found.state == ThreeSixtyState.CANCELLED
    assert "Cancelled" in member.get(reverse("assessment:three-sixties")).content.decode()
