"""Planning, changing and cancelling sessions, and who is told."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.cast import Cast
from tests.learning import offerings
from trellis.core import clock
from trellis.learning.actions import (
    SessionContent,
    cancel_session,
    change_session,
    plan_session,
    rotate_attendance_key,
    sign_up,
)
from trellis.learning.models import Session, SignUp

pytestmark = pytest.mark.usefixtures("framework")
Committed = DjangoCaptureOnCommitCallbacks


def content_of(session: Session, **more: object) -> SessionContent:
    names = ("starts_at", "ends_at", "zone", "place", "link", "seats", "sign_up_until", "note", "key")
    return replace(SessionContent(**{name: getattr(session, name) for name in names}), **more)  # type: ignore[arg-type]


def told(subject: str) -> Counter[str]:
    return Counter(letter.to[0] for letter in mail.outbox if subject in letter.subject)


def test_a_session_is_planned_with_who_leads_it(cast: Cast) -> None:
    session = offerings.session(cast, leads=(cast.colleague, cast.coach), seats=12)
    assert (session.status, session.revision, session.seats) == ("planned", 0, 12)
    assert {lead.person for lead in session.leads.all()} == {cast.colleague, cast.coach}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("ends_at", {"hours": 0}),
        ("zone", {"zone": "America/Riverside"}),
        ("seats", {"seats": 0}),
        ("sign_up_until", {"sign_up_until": dt.datetime(2100, 1, 1, tzinfo=dt.UTC)}),
    ],
)
def test_what_does_not_hold_together_is_named_by_its_field(cast: Cast, field: str, wrong: dict[str, object]) -> None:
    hours = {"hours": wrong.pop("hours")} if "hours" in wrong else {}
    content = replace(offerings.moments(**hours), **wrong)  # type: ignore[arg-type]
    with pytest.raises(ValidationError) as refusal:
        plan_session(offerings.offering(cast), content, unit=cast.unit("Riverside"), by=None)
    assert field in refusal.value.message_dict
    assert not Session.objects.exists()


def test_a_change_raises_the_revision_and_tells_of_time_and_place(
    cast: Cast, django_capture_on_commit_callbacks: Committed
) -> None:
    session = offerings.session(cast, seats=1)
    for person in (cast.own, cast.coached):
        sign_up(session, person=person, by=person)
    with django_capture_on_commit_callbacks(execute=True):
        session = change_session(session, content_of(session, note="Bring a pen."), by=cast.president)
    assert (session.revision, mail.outbox) == (1, [])
    with django_capture_on_commit_callbacks(execute=True):
        session = change_session(session, content_of(session, place="Room 4"), by=cast.president)
    assert session.revision == 2
    assert told("has changed") == {"own@example.org": 1, "coached@example.org": 1}
    assert all("Room 4" not in letter.body for letter in mail.outbox)
    with django_capture_on_commit_callbacks(execute=True):
        session = change_session(session, content_of(session), by=cast.president)
    assert (session.revision, len(mail.outbox)) == (2, 2)


def test_a_new_day_brings_a_new_reminder(cast: Cast) -> None:
    session = offerings.session(cast)
    own = sign_up(session, person=cast.own, by=cast.own)
    SignUp.objects.update(reminded_at=clock.now())
    later = dt.timedelta(days=3)
    change_session(
        session, content_of(session, starts_at=session.starts_at + later, ends_at=session.ends_at + later), by=None
    )
    own.refresh_from_db()
    assert own.reminded_at is None


def test_there_cannot_be_fewer_seats_than_people_who_have_one(cast: Cast) -> None:
    session = offerings.session(cast, seats=3)
    for person in (cast.own, cast.coached):
        sign_up(session, person=person, by=person)
    with pytest.raises(ValidationError, match="2 people"):
        change_session(session, content_of(session, seats=1), by=None)
    assert change_session(session, content_of(session, seats=2), by=None).seats == 2


def test_a_cancelled_session_tells_everybody_once_and_stays_cancelled(
    cast: Cast, django_capture_on_commit_callbacks: Committed
) -> None:
    session = offerings.session(cast, seats=1)
    sign_up(session, person=cast.own, by=cast.own, needs="A ramp", children=1)
    sign_up(session, person=cast.coached, by=cast.coached)
    with django_capture_on_commit_callbacks(execute=True):
        session = cancel_session(session, by=cast.president)
    assert (session.status, session.revision) == ("cancelled", 1)
    assert told("is cancelled") == {"own@example.org": 1, "coached@example.org": 1}
    assert set(SignUp.objects.values_list("needs", "children")) == {("", 0)}
    with pytest.raises(ValidationError, match="cancelled already"):
        cancel_session(session, by=None)
    with pytest.raises(ValidationError, match="Plan it anew"):
        change_session(session, content_of(session), by=None)


def test_what_has_begun_cannot_be_cancelled(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    session = offerings.session(cast)
    monkeypatch.setattr(clock, "now", lambda: session.starts_at)
    with pytest.raises(ValidationError, match="has begun"):
        cancel_session(session, by=None)


def test_a_new_code_replaces_the_old_one(cast: Cast) -> None:
    session = offerings.session(cast)
    before = session.attendance_key
    assert rotate_attendance_key(session, by=cast.president).attendance_key != before
