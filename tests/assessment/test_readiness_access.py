"""Who sees a unit's readiness, who may meet with it, and that access ends with the term."""

import datetime as dt

import pytest
from django.test import Client

from tests.assessment.readiness_meetings import closed, opened
from tests.cast import NAMES, Cast
from trellis.assessment.readiness_access import run_units, visible_meetings, visible_readiness_units
from trellis.core import clock
from trellis.people.models import Membership, Role, Term

RIVERSIDE = {"Riverside", "Lincoln", "Harbor"}
SEES = {
    "own": {"Lincoln", "Riverside"},
    "coached": {"Lincoln", "Riverside"},
    "private": {"Lincoln", "Riverside"},
    "colleague": {"Lincoln", "Riverside"},
    "representative": {"Lincoln", "Riverside"},
    "treasurer": RIVERSIDE,
    "president": RIVERSIDE,
    "former_president": {"Lincoln", "Riverside"},
    "coach": RIVERSIDE,
    "neighbour": {"Orchard", "Millbrook"},
    "sibling_president": {"Orchard", "Millbrook"},
    "state_staff": {*RIVERSIDE, "Millbrook", "Orchard"},
    "other_state_president": {"Driftwood", "Harrow"},
    "steward": {*RIVERSIDE, "Millbrook", "Orchard", "Harrow", "Driftwood"},
}
RUNS = {
    "representative": {"Lincoln"},
    "treasurer": {"Riverside"},
    "president": RIVERSIDE,
    "coach": {"Riverside"},
    "sibling_president": {"Millbrook", "Orchard"},
    "other_state_president": {"Harrow", "Driftwood"},
}


@pytest.mark.parametrize("name", NAMES)
def test_each_of_the_cast_sees_their_units_and_no_other(cast: Cast, name: str) -> None:
    viewer = cast.viewer(name)
    assert {unit.name for unit in visible_readiness_units(viewer)} == SEES.get(name, set())


@pytest.mark.parametrize("name", NAMES)
def test_each_of_the_cast_meets_with_what_they_lead_or_hold_a_term_in(cast: Cast, name: str) -> None:
    viewer = cast.viewer(name)
    assert {unit.name for unit in run_units(viewer)} == RUNS.get(name, set())


@pytest.mark.parametrize("name", NAMES)
def test_a_meeting_is_for_those_who_may_run_it(cast: Cast, name: str) -> None:
    meetings = {unit: opened(cast, unit) for unit in ("Riverside", "Lincoln", "Millbrook")}
    seen = set(visible_meetings(cast.viewer(name)))
    assert seen == {meeting for unit, meeting in meetings.items() if unit in RUNS.get(name, set())}


def test_a_member_of_the_bargaining_team_may_meet_until_the_term_ends(cast: Cast) -> None:
    role = Role.objects.get(code="bargaining-team-member")
    today = clock.today()
    term = Term.objects.create(person=cast.own, role=role, unit=cast.unit("Riverside"), starts=today, ends=today)
    meeting = opened(cast)
    assert meeting in visible_meetings(cast.own)
    term.starts, term.ends = today - dt.timedelta(days=9), today - dt.timedelta(days=1)
    term.save()
    assert meeting not in visible_meetings(cast.own)


def test_who_leaves_the_local_no_longer_sees_its_readiness(cast: Cast) -> None:
    assert cast.unit("Riverside") in visible_readiness_units(cast.own)
    Membership.objects.filter(person=cast.own).update(until=clock.today() - dt.timedelta(days=1))
    assert not visible_readiness_units(cast.own).exists()


@pytest.mark.parametrize("path", ["", "open/"])
def test_a_sibling_local_is_not_found(cast: Cast, client: Client, path: str) -> None:
    client.force_login(cast.president)
    address = f"/readiness/{cast.unit('Millbrook').uid}/{path}"
    assert (client.post if path else client.get)(address).status_code == 404


@pytest.mark.parametrize("name", ["own", "sibling_president", "former_president", "state_staff", "steward"])
def test_the_wall_and_all_its_parts_are_not_found_by_others(cast: Cast, client: Client, name: str) -> None:
    meeting = closed(cast, 1)
    client.force_login(cast.viewer(name))
    base = f"/readiness/meeting/{meeting.uid}/"
    assert [client.get(base + part).status_code for part in ("", "live/", "SCB.1.1/")] == [404] * 3
    assert client.post(f"{base}close/").status_code == 404
    assert client.post(f"{base}SCB.1.1/", {"status": "in-place"}).status_code == 404


def test_who_leads_needs_a_second_step_for_the_wall_outside_of_the_demo(cast: Cast, client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    settings.TRELLIS_DEMO = False
    settings.SECURE_SSL_REDIRECT = False
    meeting = opened(cast)
    client.force_login(cast.president)
    answer = client.get(f"/readiness/meeting/{meeting.uid}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/2fa/")
    assert client.get(f"/readiness/{cast.unit('Riverside').uid}/").status_code == 200
