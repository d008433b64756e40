"""Badges: what is public is everybody's, and one person's is theirs until they make it public."""

from collections.abc import Callable
from typing import Any

from tests.cast import Cast
from tests.exchange.badges.badges import issued
from tests.pages.matrix import EVERYONE, NOBODY, OWN, Row
from trellis.growth.credential_actions import show_credential


def _badge(*, public: bool, **more: Any) -> Callable[[Cast], dict[str, Any]]:
    """The badge of `own`, kept or shown to everybody."""

    def args(cast: Cast) -> dict[str, Any]:
        badge = issued(cast)
        show_credential(badge, public=public, name="nobody", outcome=False, by=cast.own)
        return {"uid": badge.uid, **more}

    return args


def _a_list(cast: Cast) -> dict[str, Any]:
    """The first status list, which the first badge begins."""
    issued(cast)
    return {"number": 1}


def _cell(code: str) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: {"framework": "nea-lcf", "edition": "2020", "code": code}


_DOCUMENT = (
    Row(EVERYONE, args=_badge(public=True), of="public"),
    Row(OWN, args=_badge(public=False), visitor=404, of="kept"),
)
ROWS: dict[str, tuple[Row, ...]] = {
    "badges:did": (Row(EVERYONE),),
    "badges:issuer": (Row(EVERYONE),),
    "badges:status": (
        Row(EVERYONE, args=_a_list),
        Row(NOBODY, args=lambda cast: {"number": 7}, visitor=404, of="nothing"),
    ),
    "badges:achievement": (
        Row(EVERYONE, args=_cell("ORG.5.L1")),
        Row(NOBODY, args=_cell("ORG.5.L9"), visitor=404, of="nothing"),
    ),
    "badges:credential": _DOCUMENT,
    "badges:credential-json": _DOCUMENT,
    "badges:credential-jwt": _DOCUMENT,
}
