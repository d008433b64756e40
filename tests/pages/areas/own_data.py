"""One's own data is one's own; people who have left are for who keeps the association's data."""

from typing import Any

from tests.cast import Cast
from tests.pages.matrix import KEEPERS, NOBODY, OWN, SIGNED_IN, Row
from trellis.exchange.own_data.asking import ask_erasure


def _asked(cast: Cast) -> dict[str, Any]:
    """`own` has asked to be erased."""
    ask_erasure(cast.own, by=cast.own)
    return {}


def _gone(cast: Cast) -> dict[str, Any]:
    """Somebody who has left."""
    return {"uid": cast.gone.uid}


def _asked_for(cast: Cast) -> dict[str, Any]:
    """Somebody who has left, and whom the steward has asked to erase."""
    ask_erasure(cast.gone, by=cast.steward)
    return {"uid": cast.gone.uid}


ROWS: dict[str, tuple[Row, ...]] = {
    "own_data:page": (Row(SIGNED_IN),),
    "own_data:file": (
        Row(SIGNED_IN, args=lambda cast: {"ending": "json"}),
        Row(NOBODY, args=lambda cast: {"ending": "exe"}, of="of another kind"),
    ),
    "own_data:ask": (Row(SIGNED_IN, "post", yes=422), Row(SIGNED_IN, "post", data={"sure": "1"}, yes=302, of="sure")),
    "own_data:keep": (Row(OWN, "post", _asked, yes=302),),
    "own_data:departed": (Row(KEEPERS),),
    "own_data:ask-for": (
        Row(KEEPERS, "post", _gone, yes=302),
        Row(NOBODY, "post", lambda cast: {"uid": cast.own.uid}, of="of a member"),
    ),
    "own_data:keep-for": (
        Row(KEEPERS, "post", _asked_for, yes=302),
        Row(NOBODY, "post", _gone, of="not asked for"),
    ),
}
