"""Who came: by the code in the room, or by the list."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests.cast import Cast
from tests.learning import offerings
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.learning.actions import cancel_session, check_in, leave, mark_attendance, sign_up, undo_check_in
from trellis.learning.models import Session, SignUp

pytestmark = pytest.mark.usefixtures("framework")


@pytest.fixture
def session(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session in whose middle we are; Own has the only seat, and Coached waits."""
    found = offerings.session(cast, seats=1)
    for person in (cast.own, cast.coached):
        sign_up(found, person=person, by=person)
    monkeypatch.setattr(clock, "now", lambda: found.starts_at + dt.timedelta(minutes=20))
    return found


def marks(session: Session) -> dict[str, tuple[str, bool | None, str]]:
    rows = session.sign_ups.select_related("person")
    return {one.person.given_name: (one.status, one.came, one.marked_by) for one in rows}


def test_whoever_is_in_the_room_is_marked_with_or_without_a_seat(cast: Cast, session: Session) -> None:
    for person in (cast.own, cast.coached, cast.neighbour):
        assert check_in(session, by=person).came
    assert marks(session) == {
        "Own": ("seat", True, "code"),
        "Coached": ("waiting", True, "code"),
        "Neighbour": ("walk-in", True, "code"),
    }


def test_the_second_time_changes_nothing(cast: Cast, session: Session) -> None:
    first = check_in(session, by=cast.own)
    assert check_in(session, by=cast.own).came_at == first.came_at
    assert AuditEntry.objects.filter(action="learning.attendance.code").count() == 1


def test_it_can_be_taken_back_and_leaves_what_was_there_before(cast: Cast, session: Session) -> None:
    for person in (cast.own, cast.neighbour):
        check_in(session, by=person)
        undo_check_in(session, by=person)
    assert marks(session) == {"Own": ("seat", None, ""), "Coached": ("waiting", None, "")}


def test_what_the_list_says_is_not_undone_by_the_person(cast: Cast, session: Session) -> None:
    own = SignUp.objects.get(person=cast.own)
    mark_attendance(session, {own.pk: True}, by=cast.president)
    undo_check_in(session, by=cast.own)
    assert marks(session)["Own"] == ("seat", True, "list")


@pytest.mark.parametrize(
    ("minutes", "code"), [(-31, "early"), (-30, ""), (0, ""), (120 + 240, ""), (120 + 241, "late")]
)
def test_the_code_works_from_half_an_hour_before_to_four_hours_after(
    cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch, minutes: int, code: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: session.starts_at + dt.timedelta(minutes=minutes))
    if not code:
        assert check_in(session, by=cast.own).came
        return
    with pytest.raises(ValidationError) as refusal:
        check_in(session, by=cast.own)
    assert refusal.value.code == code


def test_the_list_marks_unmarks_and_says_who_did_not_come(cast: Cast, session: Session) -> None:
    own, coached = session.sign_ups.order_by("pk")
    assert mark_attendance(session, {own.pk: True, coached.pk: False}, by=cast.president) == 2
    assert mark_attendance(session, {own.pk: True, coached.pk: None}, by=cast.president) == 1
    assert marks(session) == {"Own": ("seat", True, "list"), "Coached": ("waiting", None, "")}
    details = AuditEntry.objects.filter(action="learning.attendance.list").order_by("pk").values_list("detail")
    assert [detail[0]["marks"] for detail in details] == [
        {str(own.uid): "came", str(coached.uid): "not"},
        {str(coached.uid): "unmarked"},
    ]


def test_the_list_marks_only_those_of_its_session(
    cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    other = offerings.session(cast)
    stranger = sign_up(other, person=cast.own, by=cast.own)
    gone = leave(sign_up(session, person=cast.private, by=cast.private), by=cast.private)
    monkeypatch.setattr(clock, "now", lambda: session.starts_at)
    assert mark_attendance(session, {stranger.pk: True, gone.pk: True}, by=cast.president) == 0


def test_nobody_is_marked_too_early_or_in_what_is_cancelled(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    early, off = offerings.session(cast), cancel_session(offerings.session(cast), by=None)
    with pytest.raises(ValidationError, match="half an hour"):
        mark_attendance(early, {}, by=None)
    monkeypatch.setattr(clock, "now", lambda: off.starts_at)
    for mark in (lambda: mark_attendance(off, {}, by=None), lambda: check_in(off, by=cast.own)):
        with pytest.raises(ValidationError, match="cancelled"):
            mark()
