"""The interface for programs asks for a token and for nothing else; tokens are one's own, webhooks a unit's staff's."""

from typing import Any

from tests.cast import Cast
from tests.pages.matrix import EVERYONE, OWN, SIGNED_IN, Row
from trellis.exchange.api.token_actions import make_token
from trellis.exchange.models import Event
from trellis.exchange.webhooks.actions import add_webhook

STAFF = frozenset({"president", "sibling_president", "other_state_president", "state_staff"})
OF_RIVERSIDE = frozenset({"president", "state_staff"})


def _own_token(cast: Cast) -> dict[str, Any]:
    """A token of `own`."""
    return {"uid": make_token(label="Our site", scopes=["plan"], days=30, by=cast.own).token.uid}


def _webhook(cast: Cast) -> dict[str, Any]:
    """An address that Riverside has told of completions."""
    told = add_webhook(
        unit=cast.unit("Riverside"), url="https://lms.example.org/", events=[Event.SESSION_ATTENDED], by=cast.president
    )
    return {"uid": told.webhook.uid}


def _by_token(**args: str) -> tuple[Row, ...]:
    """A session in a browser means nothing here: who they are makes no difference."""
    return (Row(EVERYONE, args=lambda cast: args, yes=401),)


UID = "00000000-0000-4000-8000-000000000000"
EDITION = {"framework": "nea-lcf", "edition": "2020"}
ROWS: dict[str, tuple[Row, ...]] = {
    # for everybody
    "api:openapi-json": (Row(EVERYONE),),
    "api:start": (Row(EVERYONE, yes=404),),
    "api:nothing": (Row(EVERYONE, args=lambda cast: {"rest": "nowhere"}, yes=404),),
    "api:editions": (Row(EVERYONE),),
    "api:edition": (Row(EVERYONE, args=lambda cast: EDITION),),
    "api:cell": (Row(EVERYONE, args=lambda cast: EDITION | {"code": "ORG.5.L2"}),),
    # for who shows a token
    "api:standing": _by_token(),
    "api:plan": _by_token(),
    "api:offerings": _by_token(),
    "api:offering": _by_token(uid=UID),
    "api:sessions": _by_token(),
    "api:session": _by_token(uid=UID),
    "api:units": _by_token(),
    "api:all_releases": _by_token(),
    "api:released": _by_token(wave="fall", question="standing"),
    # one's own tokens
    "programs_access:tokens": (Row(SIGNED_IN),),
    "programs_access:make": (
        Row(SIGNED_IN, "post", yes=422),
        Row(SIGNED_IN, "post", data={"label": "Our site", "scopes": "plan", "days": "30"}, of="filled in"),
    ),
    "programs_access:remove": (Row(OWN, "post", _own_token, yes=302),),
    # webhooks: for who arranges or runs programs in the unit
    "programs_access:webhooks": (Row(STAFF),),
    "programs_access:webhook-add": (Row(STAFF, "post", yes=422),),
    "programs_access:webhook": (Row(OF_RIVERSIDE, args=_webhook),),
    "programs_access:webhook-secret": (Row(OF_RIVERSIDE, "post", _webhook),),
    "programs_access:webhook-test": (Row(OF_RIVERSIDE, "post", _webhook, yes=302),),
    "programs_access:webhook-on": (Row(OF_RIVERSIDE, "post", _webhook, yes=302),),
    "programs_access:webhook-off": (Row(OF_RIVERSIDE, "post", _webhook, yes=302),),
    "programs_access:webhook-remove": (Row(OF_RIVERSIDE, "post", _webhook, yes=302),),
}
