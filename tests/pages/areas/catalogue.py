"""Who may open which page of the catalogue."""

from typing import Any

from tests.cast import Cast
from tests.learning import offerings
from tests.pages.matrix import OWN, SIGNED_IN, Row
from trellis.learning.actions import sign_up

# Who arranges for Riverside: its president, and the staff of the state that it belongs to.
ARRANGERS = frozenset({"president", "state_staff"})


def an_offering(cast: Cast) -> dict[str, Any]:
    """What is in the catalogue."""
    return {"uid": offerings.offering(cast).uid}


def a_draft(cast: Cast) -> dict[str, Any]:
    """What is not in it yet."""
    return {"uid": offerings.offering(cast, listed=False).uid}


def a_session(cast: Cast) -> dict[str, Any]:
    """A session that comes."""
    return {"uid": offerings.session(cast).uid}


def a_session_of_a_draft(cast: Cast) -> dict[str, Any]:
    """A session of what is not in the catalogue yet."""
    return {"uid": offerings.session(cast, of=offerings.offering(cast, listed=False)).uid}


def a_session_with_a_seat(cast: Cast) -> dict[str, Any]:
    """A session in which `own` has a seat."""
    found = offerings.session(cast)
    sign_up(found, person=cast.own, by=cast.own)
    return {"uid": found.uid}


ROWS: dict[str, tuple[Row, ...]] = {
    "learning:catalogue": (Row(SIGNED_IN),),
    "learning:mine": (Row(SIGNED_IN),),
    "learning:offering": (Row(SIGNED_IN, args=an_offering), Row(ARRANGERS, args=a_draft, of="draft")),
    "learning:session": (Row(SIGNED_IN, args=a_session), Row(ARRANGERS, args=a_session_of_a_draft, of="draft")),
    "learning:sign-up": (
        Row(SIGNED_IN, "post", a_session, yes=302),
        Row(ARRANGERS, "post", a_session_of_a_draft, yes=302, of="draft"),
    ),
    "learning:leave": (Row(OWN, "post", a_session_with_a_seat, yes=302),),
}
