"""Directories are kept by who keeps the members of a unit; what they ask of SCIM takes a token and no session."""

from typing import Any

from tests.cast import Cast
from tests.pages.matrix import EVERYONE, OWN, SIGNED_IN, Row
from trellis.exchange.directory.actions import make_token, set_up
from trellis.exchange.sign_in.access import own_links
from trellis.exchange.sign_in.actions import link, set_sign_in

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


def _open(cast: Cast) -> dict[str, Any]:
    """The directory of Alder, through which its people can sign in."""
    directory = set_up(cast.unit("Alder"), by=cast.steward)
    set_sign_in(directory, by=cast.steward, **ON)
    return {"uid": directory.uid}


def _link(cast: Cast) -> dict[str, Any]:
    """The link of `own` to an account there."""
    directory = set_up(cast.unit("Alder"), by=cast.steward)
    link(directory, cast.own, number="7", by=None)
    return {"pk": own_links(cast.own).get().pk}


def _provider(uid: str) -> Any:
    return lambda cast: {"provider_id": uid}


UID = "00000000-0000-4000-8000-000000000000"
ON: dict[str, Any] = {
    "issuer": "https://sso.alder.example", "client": "trellis", "secret": "s", "is_on": True, "lets_in": False,
}  # fmt: skip
SIGN_IN = {"issuer": "https://sso.alder.example", "client": "trellis", "secret": "s", "is_on": "on"}
# Everybody in it today; who has left, or belongs to Tamarack or to the whole, is none of them.
OF_ALDER = SIGNED_IN - {"gone", "other_state_president", "steward"}
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
    "directories:sign-in": (
        Row(KEEPERS, args=_of_alder),
        Row(KEEPERS, "post", _of_alder, yes=422),
        Row(KEEPERS, "post", _of_alder, data=SIGN_IN, yes=302, of="filled in"),
        Row(STEWARD, "post", _of_tamarack, yes=422, of="of another state"),
    ),
    "directories:token-make": (
        Row(KEEPERS, "post", _of_alder, yes=422),
        Row(KEEPERS, "post", _of_alder, data={"label": "Entra", "days": "30"}, of="filled in"),
        Row(STEWARD, "post", _of_tamarack, yes=422, of="of another state"),
    ),
    "directories:token-renew": (Row(KEEPERS, "post", _token),),
    "directories:token-remove": (Row(KEEPERS, "post", _token, yes=302),),
    # the sign-in through a directory
    "sign_in:choose": (Row(EVERYONE),),
    "sign_in:refused": (Row(EVERYONE, args=lambda cast: {"why": "unknown"}, yes=403),),
    "sign_in:nothing": (Row(EVERYONE, args=lambda cast: {"rest": "signup/"}, yes=404),),
    "sign_in:link": (Row(OF_ALDER, "post", _open, of="of the own state"),),
    "sign_in:unlink": (Row(OWN, "post", _link, yes=302),),
    "directory_login": (Row(EVERYONE, args=_provider(UID), yes=404),),
    "directory_callback": (Row(EVERYONE, args=_provider(UID), yes=404),),
}
