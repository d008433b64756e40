"""Who may open what joins learning with growth: what fits, the questions before and after, effects, coverage."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from tests.cast import Cast
from tests.growth.learning.rooms import DAY, a_session, seat
from tests.pages.areas.catalogue import ALL_ARRANGERS, ARRANGERS
from tests.pages.matrix import NOBODY, OWN, SIGNED_IN, Row
from trellis.framework.queries import main_tree
from trellis.learning.models import Session


def _session(cast: Cast, starts: dt.timedelta) -> Session:
    tree = main_tree()
    assert tree is not None
    found = a_session(cast, tree, starts=starts)
    seat(found, cast.own)
    return found


def a_seat(starts: dt.timedelta) -> Callable[[Cast], Mapping[str, Any]]:
    """A session in which only `own` has a seat."""
    return lambda cast: {"uid": _session(cast, starts).uid}


def an_offering(cast: Cast) -> dict[str, Any]:
    """An offering of the catalogue."""
    return {"uid": _session(cast, DAY).offering.uid}


def the_unit(name: str) -> Callable[[Cast], Mapping[str, Any]]:
    """A unit of the cast's association."""
    return lambda cast: {"uid": cast.unit(name).uid}


ROWS = {
    "growth:for-you": (Row(SIGNED_IN),),
    "growth:not-for-me": (Row(SIGNED_IN, "post", an_offering, yes=302),),
    "growth:coverages": (Row(ALL_ARRANGERS, yes=302),),
    "growth:coverage": (
        Row(ARRANGERS, args=the_unit("Riverside")),
        Row(frozenset({"state_staff"}), args=the_unit("Alder"), of="their state"),
        Row(NOBODY, args=the_unit("Lincoln"), of="too small a unit"),
    ),
    "growth:effects": (Row(ALL_ARRANGERS),),
    "growth:evaluation-before": (
        Row(OWN, args=a_seat(DAY)),
        Row(frozenset(), args=a_seat(-DAY), of="over"),
        Row(OWN, "post", a_seat(DAY), {"nothing": "1"}, yes=422, of="empty"),
    ),
    "growth:evaluation-after": (
        Row(OWN, args=a_seat(-DAY)),
        Row(frozenset(), args=a_seat(DAY), of="not begun"),
        Row(OWN, "post", a_seat(-DAY), {"nothing": "1"}, yes=422, of="empty"),
    ),
}
