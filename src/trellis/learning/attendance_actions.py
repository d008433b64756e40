"""Who came to a session: marked by who runs it, or by each with the code in the room. Atomic, with an audit row."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.learning.models import MarkedBy, Session, SignUp, SignUpStatus
from trellis.people.models import Person

_NAMES = {True: "came", False: "not", None: "unmarked"}


@transaction.atomic
def mark_attendance(session: Session, marks: Mapping[int, bool | None], *, by: audit.Actor | None) -> int:
    """Mark sign-ups (by key) of a session as came, did not come, or not marked; returns how many changed.

    What is marked as it was stays as it is, also who marked it. Raises ValidationError for a cancelled session, and
    before people can be there.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    _may_be_marked(session)
    changed: dict[str, str] = {}
    rows = SignUp.objects.select_for_update().filter(session=session, pk__in=marks).exclude(status=SignUpStatus.LEFT)
    for found in rows.order_by("pk"):
        came = marks[found.pk]
        if found.came == came:
            continue
        changed[str(found.uid)] = _NAMES[came]
        if came is not True and found.status == SignUpStatus.WALK_IN:
            found.delete()  # the row says nothing but that they came
        else:
            _set(found, came, MarkedBy.LIST)
    if changed:
        _note(session, "list", by=by, marks=changed)
    return len(changed)


@transaction.atomic
def check_in(session: Session, *, by: Person) -> SignUp:
    """Mark a person as present who holds the code of the room, with or without a seat; a second time changes nothing.

    Raises ValidationError when the session is cancelled, or it is too early or too late for the code.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    _may_check_in(session)
    found = SignUp.objects.filter(session=session, person=by).first()
    if found is None or found.status == SignUpStatus.LEFT:
        found = found or SignUp(session=session, person=by)
        found.status, found.since = SignUpStatus.WALK_IN, clock.now()
    if found.came is not True:
        _set(found, True, MarkedBy.CODE)
        _note(session, "code", by=by)
    return found


@transaction.atomic
def undo_check_in(session: Session, *, by: Person) -> None:
    """Take back that a person marked themselves as present, while the code still works; else nothing changes."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    _may_check_in(session)
    found = SignUp.objects.filter(session=session, person=by, came=True, marked_by=MarkedBy.CODE).first()
    if found is None:
        return
    _note(session, "undo", by=by)
    if found.status == SignUpStatus.WALK_IN:
        found.delete()
    else:
        _set(found, None, MarkedBy.CODE)


def _set(sign_up: SignUp, came: bool | None, how: MarkedBy) -> None:
    sign_up.came, sign_up.came_at = came, clock.now() if came else None
    sign_up.marked_by = "" if came is None else how
    sign_up.save()


def _may_be_marked(session: Session) -> None:
    if session.is_cancelled:
        raise ValidationError(_("This session is cancelled."))
    if clock.now() < session.check_in_opens_at:
        raise ValidationError(_("You can mark who came from half an hour before the start."))


def _may_check_in(session: Session) -> None:
    if session.is_cancelled:
        raise ValidationError(_("This session is cancelled."), code="cancelled")
    if clock.now() < session.check_in_opens_at:
        raise ValidationError(_("It is too early: the code works from half an hour before the start."), code="early")
    if not session.check_in_is_open:
        raise ValidationError(_("This session is over, and its code with it."), code="late")


def _note(session: Session, what: str, *, by: audit.Actor | None, **detail: object) -> None:
    audit.record(by=by, action=f"learning.attendance.{what}", target=f"session:{session.uid}", detail=detail)
