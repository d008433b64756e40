"""Who is taken out of a directory can no longer come in, from that moment; what they have done stays."""

import datetime as dt

import pytest
from django.test import Client

from tests.cast import Cast
from tests.exchange.api.callers import caller as program_of
from tests.exchange.scim.caller import Caller, directory_of
from trellis.core import clock
from trellis.core.models import AuditEntry, BrowserSession
from trellis.exchange.calendar.actions import open_feed
from trellis.exchange.models import DirectoryEntry
from trellis.growth.models import Focus
from trellis.people.models import Membership, Person, Term


def _delete(caller: Caller, uid: str) -> None:
    assert caller.ask("delete", f"/Users/{uid}").status_code == 204


def _switch_off(caller: Caller, uid: str) -> None:
    assert caller.switch(uid, active=False)["active"] is False


@pytest.mark.parametrize("leave", [_delete, _switch_off])
def test_a_living_session_a_token_and_a_calendar_end_at_once(cast: Cast, leave: object) -> None:
    president, riverside = cast.president, directory_of(cast, "Riverside")
    browser, program = Client(), program_of(president)
    browser.force_login(president)
    feed = f"/calendar/{open_feed(unit=None, is_plain=False, by=president).token}.ics"
    assert browser.get("/me/programs/").status_code == 200
    assert program.ask("/me/plan").status_code == 200
    assert Client().get(feed).status_code == 200
    leave(riverside, str(president.uid))  # type: ignore[operator]
    assert browser.get("/me/programs/").status_code == 302
    assert program.ask("/me/plan").status_code == 401
    assert Client().get(feed).status_code == 404
    assert not BrowserSession.objects.exists()
    term = Term.objects.get(person=president)
    assert (term.ends, cast.president.grants) == (clock.today(), frozenset())


def test_history_stays(cast: Cast) -> None:
    Focus.objects.create(person=cast.own)
    rows = AuditEntry.objects.count()
    _delete(directory_of(cast, "Riverside"), str(cast.own.uid))
    assert Focus.objects.filter(person=cast.own).exists()
    assert Membership.objects.get(person=cast.own).until == clock.today()
    assert AuditEntry.objects.count() > rows


def test_who_is_taken_out_is_not_found_and_who_is_switched_off_is(cast: Cast) -> None:
    riverside = directory_of(cast, "Riverside")
    _switch_off(riverside, str(cast.own.uid))
    assert riverside.found('userName eq "own@example.org"') == ["own@example.org"]
    _delete(riverside, str(cast.own.uid))
    assert riverside.refused("get", f"/Users/{cast.own.uid}") == (404, "")
    assert riverside.found('userName eq "own@example.org"') == []


def test_who_comes_back_within_a_month_finds_all_as_it_was(cast: Cast) -> None:
    riverside, uid = directory_of(cast, "Riverside"), str(cast.president.uid)
    before = cast.president.grants
    _switch_off(riverside, uid)
    riverside.switch(uid, active=True)
    assert (cast.president.is_active, cast.president.grants) == (True, before)
    assert Membership.objects.get(person=cast.president).until is None
    _delete(riverside, uid)
    assert riverside.add("president@example.org")["id"] == uid
    assert cast.president.grants == before


def test_who_comes_back_later_is_a_member_and_holds_no_office(cast: Cast) -> None:
    riverside, uid = directory_of(cast, "Riverside"), str(cast.president.uid)
    _switch_off(riverside, uid)
    month = dt.timedelta(days=31)
    DirectoryEntry.objects.update(ended_at=clock.now() - month)
    Membership.objects.filter(person=cast.president).update(until=clock.today() - month)
    Term.objects.filter(person=cast.president).update(ends=clock.today() - month)
    riverside.switch(uid, active=True)
    assert (cast.president.is_active, cast.president.grants) == (True, frozenset())
    fresh = Membership.objects.get(person=cast.president, until=None)
    assert (fresh.unit, fresh.since) == (cast.unit("Riverside"), clock.today())


def test_who_belongs_to_another_affiliate_too_keeps_that_and_loses_this_at_once(cast: Cast) -> None:
    Membership.objects.create(person=cast.president, unit=cast.unit("Driftwood"), since=clock.today())
    riverside = directory_of(cast, "Riverside")
    _switch_off(riverside, str(cast.president.uid))
    assert (cast.president.is_active, cast.president.grants) == (True, frozenset())
    active = Membership.objects.active(clock.today()).filter(person=cast.president)
    assert [held.unit.name for held in active] == ["Driftwood"]
    riverside.switch(cast.president.uid, active=True)
    assert "leads" in cast.president.grants


def test_a_directory_does_not_let_in_whom_the_association_has_suspended(cast: Cast) -> None:
    riverside, uid = directory_of(cast, "Riverside"), str(cast.suspended.uid)
    riverside.switch(uid, active=True)
    assert not cast.suspended.is_active
    _switch_off(riverside, uid)
    riverside.switch(uid, active=True)
    assert not cast.suspended.is_active


def test_saying_nothing_of_activity_changes_nothing(cast: Cast) -> None:
    riverside, uid = directory_of(cast, "Riverside"), str(cast.own.uid)
    _switch_off(riverside, uid)
    riverside.done("put", f"/Users/{uid}", {"schemas": [], "userName": "own"}, status=200)
    assert not Person.objects.get(uid=uid).is_active
