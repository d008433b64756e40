"""The catalogue as files, and calendars: bringing in is for who arranges, a feed for who holds its address."""

from typing import Any

from tests.cast import Cast
from tests.learning import offerings
from tests.pages.matrix import EVERYONE, NOBODY, OWN, SIGNED_IN, Row
from trellis.exchange.calendar.actions import open_feed
from trellis.learning.actions import sign_up

ARRANGERS = frozenset({"president", "sibling_president", "other_state_president", "state_staff"})


def _own_feed(cast: Cast) -> dict[str, Any]:
    """A calendar of `own`."""
    return {"uid": open_feed(unit=None, is_plain=False, by=cast.own).feed.uid}


def _address(cast: Cast) -> dict[str, Any]:
    """The address of it."""
    return {"token": open_feed(unit=None, is_plain=False, by=cast.own).token}


def _unit_address(cast: Cast) -> dict[str, Any]:
    """The address of a calendar of a unit."""
    return {"token": open_feed(unit=cast.unit("Riverside"), is_plain=True, by=cast.own).token}


def _session(cast: Cast) -> dict[str, Any]:
    """A session that is listed, and to which `own` comes."""
    session = offerings.session(cast, leads=(cast.colleague,))
    sign_up(session, person=cast.own, by=cast.own, needs="Large print")
    return {"uid": session.uid}


def _draft_session(cast: Cast) -> dict[str, Any]:
    """A session of a draft."""
    return {"uid": offerings.session(cast, of=offerings.offering(cast, listed=False)).uid}


def _file(ending: str, **more: str) -> Any:
    return lambda cast: {"ending": ending, **more}


ROWS: dict[str, tuple[Row, ...]] = {
    # files in: for who arranges in a unit
    "catalogue_files:import": (Row(ARRANGERS), Row(ARRANGERS, "post", yes=422)),
    # nobody of them has uploaded a file, so that it leads back
    "catalogue_files:plan": (Row(ARRANGERS, yes=302), Row(ARRANGERS, "post", data={"run": "1"}, yes=302)),
    "catalogue_files:refused": (Row(NOBODY),),
    "catalogue_files:example": (
        Row(ARRANGERS, args=_file("csv")),
        Row(ARRANGERS, args=_file("xlsx"), of="for Excel"),
        Row(NOBODY, args=_file("exe"), of="of another kind"),
    ),
    # files out: what everybody may see in the catalogue
    "catalogue_files:export": (
        Row(SIGNED_IN, args=_file("csv", what="offerings")),
        Row(SIGNED_IN, args=_file("xlsx", what="sessions"), of="sessions"),
        Row(NOBODY, args=_file("csv", what="people"), of="people"),
        Row(NOBODY, args=_file("exe", what="offerings"), of="of another kind"),
    ),
    # who comes: for who arranges it or leads it
    "catalogue_files:people": (
        Row(
            frozenset({"president", "state_staff", "colleague"}),
            args=lambda cast: _session(cast) | {"ending": "csv"},
        ),
        Row(NOBODY, args=lambda cast: _session(cast) | {"ending": "exe"}, of="of another kind"),
    ),
    # calendars: one's own, and for who holds the address, whoever that is
    "calendar:page": (Row(SIGNED_IN),),
    "calendar:open": (
        Row(SIGNED_IN, "post", data={"what": "own", "titles": "plain"}),
        Row(NOBODY, "post", data={"what": "x", "titles": "plain"}, no=422, of="nothing"),
    ),
    "calendar:titles": (Row(OWN, "post", _own_feed, {"titles": "plain"}, yes=302),),
    "calendar:remove": (Row(OWN, "post", _own_feed, yes=302),),
    "calendar:feed": (
        Row(EVERYONE, args=_address),
        Row(EVERYONE, args=_unit_address, of="of a unit"),
        Row(NOBODY, args=lambda cast: {"token": "made-up"}, visitor=404, of="made up"),
    ),
    "calendar:session": (
        Row(SIGNED_IN, args=_session),
        Row(frozenset({"president", "state_staff"}), args=_draft_session, of="draft"),
    ),
}
