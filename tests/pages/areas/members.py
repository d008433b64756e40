"""Lists of members: for who keeps the members of a unit; an import is seen by who began it, and by nobody else."""

from typing import Any

from tests.cast import Cast
from tests.exchange.people.rosters import ANA, BEN, uploaded, with_
from tests.pages.matrix import Row
from trellis.exchange.people.plan import plan_of

# Who keeps the members of some unit: the staff of Alder, and the steward of the whole.
KEEPERS = frozenset({"state_staff", "steward"})
MAKER = frozenset({"state_staff"})


def _an_import(cast: Cast) -> dict[str, Any]:
    """A list that waits, with a place that nobody knows."""
    return {"uid": uploaded(cast, [ANA, with_(BEN, worksite="Harbour")]).uid}


def _one_in_doubt(cast: Cast) -> dict[str, Any]:
    """A list with somebody who may be here already."""
    found = uploaded(cast, [with_(ANA, first_name="Colleagu", last_name="Cast")])
    assert plan_of(found).codes["asked"]
    return {"uid": found.uid}


ROWS: dict[str, tuple[Row, ...]] = {
    "members:import": (Row(KEEPERS), Row(KEEPERS, "post", yes=422)),
    "members:page": (
        Row(MAKER, args=_an_import),
        Row(MAKER, "post", args=_an_import, data={"cancel": "1"}, yes=302),
    ),
    "members:columns": (
        Row(MAKER, args=_an_import),
        Row(MAKER, "post", args=_an_import, data={"column-0": "number", "column-1": "name"}, yes=302),
    ),
    "members:places": (
        Row(MAKER, args=_an_import),
        Row(MAKER, "post", args=_an_import, data={"place-0": "out"}, yes=302),
    ),
    "members:doubts": (
        Row(MAKER, args=_one_in_doubt),
        Row(MAKER, "post", args=_one_in_doubt, data={"row-2": "new"}, yes=302),
    ),
    "members:refused": (Row(MAKER, args=_an_import),),
}
