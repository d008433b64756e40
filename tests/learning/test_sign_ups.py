"""Seats and the waiting list: who gets in, who waits, and how the list moves by itself."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.cast import Cast
from tests.learning import offerings
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.learning.actions import cancel_session, change_needs, change_session, leave, sign_up
from trellis.learning.models import Session, SignUp
from trellis.learning.queries import care_of, place_in_line
from trellis.people.models import Person

pytestmark = pytest.mark.usefixtures("framework")
Committed = DjangoCaptureOnCommitCallbacks


def comes(session: Session, person: Person, **more: object) -> SignUp:
    return sign_up(session, person=person, by=person, **more)  # type: ignore[arg-type]


def states(session: Session) -> dict[str, str]:
    return {one.person.given_name: one.status for one in session.sign_ups.select_related("person")}


def test_seats_go_to_the_first_and_the_others_wait_in_order(cast: Cast) -> None:
    session = offerings.session(cast, seats=2)
    people = [cast.own, cast.coached, cast.private, cast.colleague]
    made = [comes(session, person) for person in people]
    assert [one.status for one in made] == ["seat", "seat", "waiting", "waiting"]
    assert [place_in_line(one) for one in made] == [0, 0, 1, 2]


def test_without_a_number_of_seats_everybody_gets_in(cast: Cast) -> None:
    session = offerings.session(cast)
    assert {comes(session, person).status for person in (cast.own, cast.coached)} == {"seat"}


def test_a_seat_that_is_given_back_goes_to_who_waits_longest(
    cast: Cast, django_capture_on_commit_callbacks: Committed
) -> None:
    session = offerings.session(cast, seats=1)
    first, second, third = (comes(session, person) for person in (cast.own, cast.coached, cast.private))
    with django_capture_on_commit_callbacks(execute=True):
        leave(first, by=cast.own)
    assert states(session) == {"Own": "left", "Coached": "seat", "Private": "waiting"}
    third.refresh_from_db()
    assert place_in_line(third) == 1
    assert [letter.to for letter in mail.outbox] == [[second.person.email]]
    assert f"/learn/session/{session.uid}/" in mail.outbox[0].body
    for told in ("Own", "Listening", "Riverside"):
        assert told not in mail.outbox[0].body + mail.outbox[0].subject


def test_who_leaves_the_waiting_list_moves_nobody_in(cast: Cast) -> None:
    session = offerings.session(cast, seats=1)
    _, second, _ = (comes(session, person) for person in (cast.own, cast.coached, cast.private))
    leave(second, by=cast.coached)
    assert states(session) == {"Own": "seat", "Coached": "left", "Private": "waiting"}


def test_who_comes_back_stands_at_the_end_of_the_line(cast: Cast) -> None:
    session = offerings.session(cast, seats=1)
    first, _, _ = (comes(session, person) for person in (cast.own, cast.coached, cast.private))
    leave(first, by=cast.own)
    back = comes(session, cast.own)
    assert (back.pk, back.status, place_in_line(back)) == (first.pk, "waiting", 2)


def test_more_seats_let_those_who_wait_in(cast: Cast, django_capture_on_commit_callbacks: Committed) -> None:
    session = offerings.session(cast, seats=1)
    for person in (cast.own, cast.coached, cast.private):
        comes(session, person)
    with django_capture_on_commit_callbacks(execute=True):
        change_session(session, replace(offerings.moments(), seats=2), by=None)
    assert states(session) == {"Own": "seat", "Coached": "seat", "Private": "waiting"}
    subjects = {(letter.to[0], letter.subject) for letter in mail.outbox}
    assert ("coached@example.org", "You have a seat now") in subjects


def test_nobody_signs_up_twice_too_late_or_for_what_is_cancelled(cast: Cast) -> None:
    session, soon = offerings.session(cast), offerings.session(cast, sign_up_until=clock.now() - dt.timedelta(hours=1))
    cancelled = cancel_session(offerings.session(cast), by=None)
    comes(session, cast.own)
    for refused, code in ((session, "twice"), (soon, "over"), (cancelled, "cancelled")):
        with pytest.raises(ValidationError) as refusal:
            comes(refused, cast.own)
        assert refusal.value.code == code
    assert SignUp.objects.count() == 1


def test_once_it_has_begun_nobody_signs_up_or_leaves(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    session = offerings.session(cast)
    own = comes(session, cast.own)
    monkeypatch.setattr(clock, "now", lambda: session.starts_at)
    with pytest.raises(ValidationError, match="over"):
        comes(session, cast.coached)
    with pytest.raises(ValidationError, match="begun"):
        leave(own, by=cast.own)


def test_what_somebody_needs_is_kept_changed_and_forgotten_on_leaving(cast: Cast) -> None:
    session = offerings.session(cast)
    own = comes(session, cast.own, needs="  A ramp, please ", children=2)
    assert (own.needs, own.children, care_of(session)) == ("A ramp, please", 2, (1, 2))
    own = change_needs(own, needs="A ramp and captions", children=1, by=cast.own)
    assert care_of(session) == (1, 1)
    own = leave(own, by=cast.own)
    assert (own.needs, own.children, care_of(session)) == ("", 0, (0, 0))
    with pytest.raises(ValidationError):
        change_needs(own, needs="A ramp", children=0, by=cast.own)


def test_too_long_a_need_and_too_many_children_are_refused(cast: Cast) -> None:
    session = offerings.session(cast)
    for wrong in ({"needs": "x" * 501}, {"children": 10}):
        with pytest.raises(ValidationError):
            comes(session, cast.own, **wrong)
    assert not SignUp.objects.exists()


def test_the_audit_trail_says_who_did_it_and_never_what_they_need(cast: Cast) -> None:
    session = offerings.session(cast)
    comes(session, cast.own, needs="A ramp", children=2)
    sign_up(session, person=cast.coached, by=cast.president)
    rows = AuditEntry.objects.filter(action="learning.sign_up").order_by("pk").values_list("actor", "target", "detail")
    target = f"session:{session.uid}"
    assert list(rows) == [
        (str(cast.own.uid), target, {"status": "seat"}),
        (str(cast.president.uid), target, {"status": "seat", "person": str(cast.coached.uid)}),
    ]
