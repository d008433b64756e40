"""What a member does: sign up for a session, say what they need, leave. Each is atomic and leaves an audit row."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.learning.models import Session, SignUp, SignUpStatus
from trellis.learning.waiting_list import fill_seats, seats_free
from trellis.people.models import Person

MOST_CHILDREN = 9
_HELD = (SignUpStatus.SEAT, SignUpStatus.WAITING)


@transaction.atomic
def sign_up(session: Session, *, person: Person, by: audit.Actor | None, needs: str = "", children: int = 0) -> SignUp:
    """Give a person a seat, or a place on the waiting list when none is free; `needs` is in their own words.

    However many ask at the same moment, no seat is given twice. Raises ValidationError when the session is cancelled,
    sign-up is over, or the person is signed up already.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.is_cancelled:
        raise ValidationError(_("This session is cancelled."), code="cancelled")
    if not session.takes_sign_ups:
        raise ValidationError(_("Sign-up for this session is over."), code="over")
    found = SignUp.objects.filter(session=session, person=person).first() or SignUp(session=session, person=person)
    if found.pk is not None and found.status in _HELD:
        raise ValidationError(_("You are signed up already."), code="twice")
    waits = seats_free(session) == 0 or session.sign_ups.filter(status=SignUpStatus.WAITING).exists()
    found.status = SignUpStatus.WAITING if waits else SignUpStatus.SEAT
    found.since, found.reminded_at = clock.now(), None
    _say(found, needs, children)
    found.save()
    _note(session, "sign_up", by=by, person=person, status=str(found.status))
    return found


@transaction.atomic
def change_needs(sign_up: SignUp, *, needs: str, children: int, by: audit.Actor | None) -> SignUp:
    """Say anew what a person needs; raises ValidationError when they have no place any more or the session is over."""
    found = SignUp.objects.select_for_update(of=("self",)).select_related("session", "person").get(pk=sign_up.pk)
    if found.status not in _HELD or found.session.is_over or found.session.is_cancelled:
        raise ValidationError(_("There is no place to say this for any more."))
    _say(found, needs, children)
    found.save(update_fields=["needs", "children"])
    _note(found.session, "needs", by=by, person=found.person)
    return found


@transaction.atomic
def leave(sign_up: SignUp, *, by: audit.Actor | None) -> SignUp:
    """Give a seat or a waiting place back: what was needed is forgotten, and who waits longest gets the seat.

    Raises ValidationError once the session has begun. Leaving twice changes nothing.
    """
    session = Session.objects.select_for_update().get(pk=sign_up.session_id)
    found = SignUp.objects.select_for_update(of=("self",)).select_related("person").get(pk=sign_up.pk)
    if found.status not in _HELD:
        return found
    if session.has_begun:
        raise ValidationError(_("This session has begun already."))
    found.status, found.needs, found.children = SignUpStatus.LEFT, "", 0
    found.save(update_fields=["status", "needs", "children"])
    _note(session, "leave", by=by, person=found.person)
    fill_seats(session)
    return found


def _say(sign_up: SignUp, needs: str, children: int) -> None:
    sign_up.needs, sign_up.children = needs.strip(), children
    if children > MOST_CHILDREN:
        raise ValidationError({"children": _("Please write to us about more than nine children.")})
    sign_up.full_clean(exclude=["session", "person"])


def _note(session: Session, what: str, *, by: audit.Actor | None, person: Person, **detail: str) -> None:
    # Who acts is who it is about, but for an import or a programme that signs somebody up.
    about = {} if by is not None and by.uid == person.uid else {"person": str(person.uid)}
    audit.record(by=by, action=f"learning.{what}", target=f"session:{session.uid}", detail=detail | about)
