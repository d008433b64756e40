"""Who may open which page of the catalogue, and of those who arrange."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tests.cast import Cast
from tests.growth.evidence_pieces import PDF, upload
from tests.learning import offerings
from tests.pages.matrix import NOBODY, OWN, SIGNED_IN, Row
from trellis.core import clock
from trellis.learning.actions import add_material, change_session, sign_up
from trellis.learning.models import Audience, Offering, Session

# Who arranges for Riverside: its president, and the staff of the state that it belongs to.
ARRANGERS = frozenset({"president", "state_staff"})
# Who arranges for any unit.
ALL_ARRANGERS = ARRANGERS | {"sibling_president", "other_state_president"}
# Who runs the session of these rows: its arrangers, and the colleague who leads it.
RUNNERS = ARRANGERS | {"colleague"}
_OFFERING = {"title": "Listening first", "format": "online", "language": "en", "hours": "1.5"}
_LINK = {"title": "A page", "link": "https://example.org", "audience": "seats"}
_SESSION = {"day": "2031-03-04", "start": "18:00", "end": "19:30", "zone": "America/Denver"}


def an_offering(cast: Cast) -> dict[str, Any]:
    """What is in the catalogue."""
    return {"uid": offerings.offering(cast).uid}


def a_draft(cast: Cast) -> dict[str, Any]:
    """What is not in it yet."""
    return {"uid": offerings.offering(cast, listed=False).uid}


def a_session(cast: Cast) -> dict[str, Any]:
    """A session that comes, led by a colleague."""
    return {"uid": offerings.session(cast, leads=(cast.colleague,)).uid}


def a_session_of_a_draft(cast: Cast) -> dict[str, Any]:
    """A session of what is not in the catalogue yet."""
    return {"uid": offerings.session(cast, of=offerings.offering(cast, listed=False)).uid}


def a_session_with_a_seat(cast: Cast) -> dict[str, Any]:
    """A session in which `own` has a seat."""
    found = offerings.session(cast)
    sign_up(found, person=cast.own, by=cast.own)
    return {"uid": found.uid}


def _going_on(cast: Cast) -> Session:
    session = offerings.session(cast)
    starts = clock.now() - dt.timedelta(minutes=5)
    return change_session(session, offerings.between(starts, starts + dt.timedelta(hours=2)), by=None)


def a_room(cast: Cast) -> dict[str, Any]:
    """The code on the wall of a session that goes on."""
    return {"key": _going_on(cast).attendance_key}


def no_room(cast: Cast) -> dict[str, Any]:
    """A code that no wall shows."""
    return {"key": "made-up"}


def _file(cast: Cast, audience: Audience, offering: Offering) -> dict[str, Any]:
    made = add_material(offering, title="Slides", audience=audience, upload=upload("slides.pdf", PDF), by=None)
    return {"uid": made.uid}


def a_file_for_everybody(cast: Cast) -> dict[str, Any]:
    """A material for everybody."""
    return _file(cast, Audience.EVERYBODY, offerings.offering(cast))


def a_file_for_seats(cast: Cast) -> dict[str, Any]:
    """A material for who has a seat, as `own` has."""
    session = Session.objects.get(uid=a_session_with_a_seat(cast)["uid"])
    return _file(cast, Audience.SEATS, session.offering)


def _arranging(
    args: Any, who: frozenset[str] = ARRANGERS, *, data: Mapping[str, str] | None = None, yes: int = 302
) -> tuple[Row, ...]:
    """A page with a form: shown to these, and taken from them; without data the form comes back with its faults."""
    return (Row(who, args=args), Row(who, "post", args, data or {}, yes=yes))


def _only_post(args: Any, who: frozenset[str] = ARRANGERS) -> tuple[Row, ...]:
    return (Row(who, "post", args, yes=302),)


ROWS: dict[str, tuple[Row, ...]] = {
    # what everybody signed in may do
    "learning:catalogue": (Row(SIGNED_IN),),
    "learning:mine": (Row(SIGNED_IN),),
    "learning:offering": (Row(SIGNED_IN, args=an_offering), Row(ARRANGERS, args=a_draft, of="draft")),
    "learning:session": (Row(SIGNED_IN, args=a_session), Row(ARRANGERS, args=a_session_of_a_draft, of="draft")),
    "learning:sign-up": (
        Row(SIGNED_IN, "post", a_session, yes=302),
        Row(ARRANGERS, "post", a_session_of_a_draft, yes=302, of="draft"),
    ),
    "learning:needs-change": (Row(OWN, "post", a_session_with_a_seat, yes=302),),
    "learning:leave": (Row(OWN, "post", a_session_with_a_seat, yes=302),),
    "learning:here": (
        Row(SIGNED_IN, args=a_room),
        Row(SIGNED_IN, "post", a_room, yes=302),
        Row(NOBODY, args=no_room, of="made up"),
    ),
    "learning:material": (
        Row(SIGNED_IN, args=a_file_for_everybody),
        Row(ARRANGERS | OWN, args=a_file_for_seats, of="for seats"),
    ),
    # arranging, within the unit and the term
    "learning:arrange": (Row(ALL_ARRANGERS),),
    "learning:arranged": (Row(ALL_ARRANGERS),),
    "learning:offering-add": (Row(ALL_ARRANGERS), Row(ALL_ARRANGERS, "post", data=_OFFERING, yes=422)),
    "learning:offering-change": _arranging(an_offering, data=_OFFERING, yes=422),
    "learning:offering-list": _only_post(a_draft),
    "learning:offering-retire": _only_post(an_offering),
    "learning:offering-discard": _arranging(a_draft),
    "learning:materials": _arranging(an_offering, data=_LINK),
    "learning:material-remove": _only_post(a_file_for_everybody),
    # who arranges may hold what others offer
    "learning:session-plan": _arranging(an_offering, ALL_ARRANGERS, data=_SESSION, yes=422),
    "learning:session-change": _arranging(a_session, data=_SESSION, yes=422),
    "learning:session-copy": _arranging(a_session, data=_SESSION, yes=422),
    "learning:session-cancel": _arranging(a_session),
    # who comes: for who arranges and who leads, whatever their role
    "learning:people": _arranging(a_session, RUNNERS),
    "learning:people-needs": (Row(RUNNERS, args=a_session),),
    "learning:room": (Row(RUNNERS, args=a_session),),
    "learning:new-code": _only_post(a_session, RUNNERS),
}
