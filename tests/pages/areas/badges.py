"""Badges: what is public is everybody's, and one person's is theirs until they make it public."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.cast import Cast
from tests.exchange.badges.badges import issued
from tests.growth.credentials.awards import place_in_cohort
from tests.growth.evidence_pieces import attested, send
from tests.pages.matrix import EVERYONE, KEEPERS, NOBODY, OWN, SIGNED_IN, Row
from trellis.growth.credential_actions import show_credential

Args = Callable[[Cast], Mapping[str, Any]]


def _badge(*, public: bool) -> Args:
    """The badge of `own`, kept or shown to everybody."""

    def args(cast: Cast) -> dict[str, Any]:
        badge = issued(cast)
        show_credential(badge, public=public, name="nobody", outcome=False, by=cast.own)
        return {"uid": badge.uid}

    return args


def _ready(cast: Cast) -> dict[str, Any]:
    """Evidence of `own` that a badge could stand on."""
    return {"uid": attested(cast.own, cast.coach).uid}


def _not_ready(cast: Cast) -> dict[str, Any]:
    """Evidence that nobody has read."""
    return {"uid": send(cast.own, to=cast.coach).uid}


def _completed(cast: Cast) -> dict[str, Any]:
    """The place of `own` in a cohort, completed."""
    return {"uid": place_in_cohort(cast, cast.own).uid}


def _programme(cast: Cast) -> dict[str, Any]:
    """A programme that somebody has completed."""
    return {"uid": place_in_cohort(cast, cast.own).cohort.programme.uid}


def _part(cast: Cast) -> dict[str, Any]:
    """The first part of a transcript, of which `own` alone has one."""
    issued(cast)
    return {"part": 1}


def _with_a_badge(cast: Cast) -> dict[str, Any]:
    """For an address that names nothing, but needs a badge of `own`."""
    issued(cast)
    return {}


def _a_list(cast: Cast) -> dict[str, Any]:
    """The first status list, which the first badge begins."""
    issued(cast)
    return {"number": 1}


def _cell(code: str) -> Args:
    return lambda cast: {"framework": "nea-lcf", "edition": "2020", "code": code}


_CELL = (Row(EVERYONE, args=_cell("ORG.5.L1")), Row(NOBODY, args=_cell("ORG.5.L9"), visitor=404, of="nothing"))
_PROGRAMME = (Row(EVERYONE, args=_programme),)
_DOCUMENT = (
    Row(EVERYONE, args=_badge(public=True), of="public"),
    Row(OWN, args=_badge(public=False), visitor=404, of="kept"),
)
ROWS: dict[str, tuple[Row, ...]] = {
    # what stands in signed documents: for everybody, as far as the holder allows
    "badges:did": (Row(EVERYONE),),
    "badges:issuer": (Row(EVERYONE),),
    "badges:status": (
        Row(EVERYONE, args=_a_list),
        Row(NOBODY, args=lambda cast: {"number": 7}, visitor=404, of="nothing"),
    ),
    "badges:achievement": _CELL,
    "badges:achievement-png": _CELL,
    "badges:achievement-svg": _CELL,
    "badges:programme": _PROGRAMME,
    "badges:programme-png": _PROGRAMME,
    "badges:programme-svg": _PROGRAMME,
    "badges:credential": _DOCUMENT,
    "badges:credential-json": _DOCUMENT,
    "badges:credential-jwt": _DOCUMENT,
    "badges:credential-png": _DOCUMENT,
    "badges:credential-svg": _DOCUMENT,
    "badges:check": (Row(EVERYONE), Row(EVERYONE, "post", yes=422)),
    # one's own
    "badges:wallet": (Row(SIGNED_IN),),
    "badges:ask": (
        Row(OWN, args=_ready),
        Row(OWN, "post", _ready, yes=302),
        Row(NOBODY, "post", _not_ready, of="not ready"),
    ),
    "badges:ask-programme": (Row(OWN, args=_completed), Row(OWN, "post", _completed, yes=302)),
    "badges:own": (
        Row(OWN, args=_badge(public=True), of="public"),
        Row(OWN, "post", _badge(public=False), {"name": "nobody"}, yes=302),
    ),
    "badges:revoke": (Row(OWN, args=_badge(public=True)), Row(OWN, "post", _badge(public=True), yes=302)),
    "badges:transcript": (Row(OWN, "post", _part),),
    "badges:transcript-pdf": (Row(OWN, args=_with_a_badge),),
    # for the association
    "badges:take-back": (Row(KEEPERS), Row(KEEPERS, "post", yes=422)),
}
