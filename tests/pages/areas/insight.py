"""Who may open figures about groups: whoever a term gives the unit, or one that it is inside of."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.cast import Cast
from tests.pages.matrix import NOBODY, Row

OF_RIVERSIDE = frozenset({"president", "coach", "state_staff", "steward"})
OF_ALDER = frozenset({"state_staff", "steward"})
OF_HARROW = frozenset({"other_state_president", "steward"})
ALL = OF_RIVERSIDE | OF_HARROW | {"sibling_president"}


def of(name: str, **more: str) -> Callable[[Cast], Mapping[str, Any]]:
    """A unit of the cast's association."""
    return lambda cast: {"uid": cast.unit(name).uid, **more}


def about_units(**more: str) -> tuple[Row, ...]:
    """Rows of a page about one unit: it opens for who has the unit, before anything is released too."""
    return (
        Row(OF_RIVERSIDE, args=of("Riverside", **more), of="local"),
        Row(OF_ALDER, args=of("Alder", **more), of="state"),
        Row(OF_HARROW, args=of("Harrow", **more), of="other state's local"),
        Row(frozenset({"steward"}), args=of("Common Ground", **more), of="association"),
        Row(NOBODY, args=of("Lincoln", **more), of="too small a unit"),
        Row(NOBODY, args=of("Riverside board", **more), of="committee"),
    )


ROWS = {
    "insight:home": (Row(ALL, yes=302),),
    "insight:stand": about_units(),
    "insight:unit": about_units(),
    "insight:growth": about_units(),
}
