"""Directories are kept by who keeps the members of a unit; what they ask of SCIM takes a token and no session."""

from typing import Any

from tests.cast import Cast
from tests.pages.matrix import EVERYONE, Row
from trellis.exchange.directory.actions import make_token, set_up

KEEPERS = frozenset({"state_staff", "steward"})


def _of_alder(cast: Cast) -> dict[str, Any]:
    """The directory of Alder, of which both keep the members."""
    return {"uid": set_up(cast.unit("Alder"), by=cast.steward).uid}


def _of_tamarack(cast: Cast) -> dict[str, Any]:
    """The directory of another state."""
    return {"uid": set_up(cast.unit("Tamarack"), by=cast.steward).uid}


def _token(cast: Cast) -> dict[str, Any]:
    """A token of Alder's."""
    made = make_token(set_up(cast.unit("Alder"), by=cast.steward), label="Entra", days=90, by=cast.steward)
    return {"uid": made.token.uid}


STEWARD = frozenset({"steward"})
ROWS: dict[str, tuple[Row, ...]] = {
    "scim:start": (Row(EVERYONE, yes=401),),
    "scim:asked": (
        Row(EVERYONE, args=lambda cast: {"rest": "Users"}, yes=401),
        Row(EVERYONE, args=lambda cast: {"rest": "ServiceProviderConfig"}, of="what it offers"),
        Row(EVERYONE, "post", lambda cast: {"rest": "Users"}, yes=401, of="a new user"),
    ),
    "directories:list": (Row(KEEPERS),),
    "directories:add": (Row(KEEPERS, "post", yes=422),),
    "directories:one": (Row(KEEPERS, args=_of_alder), Row(STEWARD, args=_of_tamarack, of="of another state")),
    "directories:remove": (Row(KEEPERS, "post", _of_alder, yes=302),),
    "directories:token-make": (
        Row(KEEPERS, "post", _of_alder, yes=422),
        Row(KEEPERS, "post", _of_alder, data={"label": "Entra", "days": "30"}, of="filled in"),
        Row(STEWARD, "post", _of_tamarack, yes=422, of="of another state"),
    ),
    "directories:token-renew": (Row(KEEPERS, "post", _token),),
    "directories:token-remove": (Row(KEEPERS, "post", _token, yes=302),),
}
