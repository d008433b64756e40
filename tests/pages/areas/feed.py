"""The feed of public sessions is everybody's; that of a unit is there only when it has something public."""

from typing import Any

from tests.cast import Cast
from tests.learning import offerings
from tests.pages.matrix import EVERYONE, NOBODY, Row


def _public(cast: Cast) -> dict[str, Any]:
    """A unit with a public session."""
    offerings.session(cast, of=offerings.offering(cast, is_public=True))
    return {"uid": cast.unit("Riverside").uid}


def _not_public(cast: Cast) -> dict[str, Any]:
    """A unit with a session for members."""
    offerings.session(cast)
    return {"uid": cast.unit("Riverside").uid}


ROWS: dict[str, tuple[Row, ...]] = {
    "feed:all": (Row(EVERYONE),),
    "feed:unit": (
        Row(EVERYONE, args=_public),
        Row(NOBODY, args=_not_public, visitor=404, of="of a unit without any"),
    ),
}
