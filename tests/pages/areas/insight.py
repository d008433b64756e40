"""Who may open figures about groups: whoever a term gives the unit, or one that it is inside of."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.cast import Cast
from tests.insight.made import a_release
from tests.pages.matrix import NOBODY, Row
from trellis.framework.queries import main_tree
from trellis.insight.view_actions import delete_view, save_view

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


def released(name: str, **more: str) -> Callable[[Cast], Mapping[str, Any]]:
    """A unit of the cast's association after a release."""

    def args(cast: Cast) -> Mapping[str, Any]:
        tree = main_tree()
        assert tree is not None
        a_release(tree)
        return of(name, **more)(cast)

    return args


def a_view(name: str, *, deleted: bool = False) -> Callable[[Cast], Mapping[str, Any]]:
    """A view that the president has saved of a unit."""

    def args(cast: Cast) -> Mapping[str, Any]:
        view = save_view("Ours", page="growth", unit=cast.unit(name), wave="", level=2, attribute="", by=cast.president)
        if deleted:
            delete_view(view, by=cast.president)
        return {"uid": view.uid}

    return args


def files_of_units(**more: str) -> tuple[Row, ...]:
    """Rows of a file about one unit: there is none before a release."""
    return (
        Row(OF_RIVERSIDE, args=released("Riverside", **more), of="local"),
        Row(OF_ALDER, args=released("Alder", **more), of="state"),
        Row(NOBODY, args=released("Lincoln", **more), of="too small a unit"),
        Row(NOBODY, args=of("Riverside", **more), of="before a release"),
    )


PRESIDENT = frozenset({"president"})
ROWS = {
    "insight:home": (Row(ALL, yes=302),),
    "insight:equity": about_units(),
    "insight:succession": about_units(),
    "insight:supply": about_units(),
    "insight:effects": about_units(),
    "insight:stand": (*about_units(), Row(OF_RIVERSIDE, args=released("Riverside"), yes=302, of="released local")),
    "insight:unit": (*about_units(), Row(OF_RIVERSIDE, args=released("Riverside"), of="released local")),
    "insight:growth": (*about_units(), Row(OF_RIVERSIDE, args=released("Riverside"), of="released local")),
    "insight:report": files_of_units(),
    "insight:tables": files_of_units(),
    "insight:table": (
        *files_of_units(question="standing"),
        Row(NOBODY, args=released("Riverside", question="names"), of="no such question"),
    ),
    # saved views: the list is one's own; whoever has a link sees what their own scope allows
    "insight:saved": (Row(ALL),),
    "insight:view-save": (Row(NOBODY, "post", of="of nothing"),),
    "insight:view": (
        Row(OF_RIVERSIDE, args=a_view("Riverside"), yes=302),
        Row(OF_HARROW, args=a_view("Harrow"), yes=302, of="out of its owner's scope"),
        Row(NOBODY, args=a_view("Riverside", deleted=True), of="deleted"),
    ),
    "insight:view-rename": (
        Row(PRESIDENT, args=a_view("Riverside")),
        Row(PRESIDENT, "post", a_view("Riverside"), {"name": "Other"}, yes=302),
    ),
    "insight:view-delete": (Row(PRESIDENT, "post", a_view("Riverside"), yes=302),),
    "insight:view-restore": (
        Row(PRESIDENT, "post", a_view("Riverside", deleted=True), yes=302),
        Row(NOBODY, "post", a_view("Riverside"), of="not deleted"),
    ),
}
