"""The tree of units as arrays: for each unit its state, local and worksite, found once for all persons."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trellis.insight.facts import layout
from trellis.insight.facts.reading import Reader, whole
from trellis.people.models import Unit, UnitKind

Ints = NDArray[np.int64]

# The smaller the part of the association, the more it is a home; a committee is where one helps, not where one belongs.
_NEARNESS = (UnitKind.WORKSITE, UnitKind.LOCAL, UnitKind.STATE, UnitKind.NATIONAL, UnitKind.COMMITTEE)
_FIELDS = ("pk", "kind", "tree_id", "lft", "rgt", "name")
_READ = pa.schema(
    [("unit", pa.int64()), ("kind", pa.string()), ("tree", pa.int64()), ("lft", pa.int64()), ("rgt", pa.int64()),
     ("name", pa.string())]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tree:
    """Units sorted by key, each with what it lies in (0 for none), and how near a home it is (0 is nearest)."""

    table: pa.Table
    unit: Ints
    state: Ints
    local: Ints
    worksite: Ints
    nearness: Ints

    def rows(self, units: Ints) -> Ints:
        """Return where these units stand; raises KeyError for one that does not exist."""
        places = np.searchsorted(self.unit, units).clip(max=max(0, len(self.unit) - 1))
        if len(units) and (not len(self.unit) or (self.unit[places] != units).any()):
            raise KeyError("a unit that is not in the tree")
        return places


def read_tree(reader: Reader) -> Tree:
    """Read all units; one query."""
    found = whole(reader, Unit.objects.order_by("tree_id", "lft").values_list(*_FIELDS), _READ)
    kinds, units = found["kind"].to_pylist(), found["unit"].to_numpy()
    trees, left, right = (found[name].to_pylist() for name in ("tree", "lft", "rgt"))
    inside: dict[str, list[int]] = {name: [] for name in ("parent", "state", "local", "worksite")}
    open_units: list[tuple[int, int, str, int]] = []  # tree, right end, kind, key: those that the walk is inside of
    for tree, lft, rgt, kind, unit in zip(trees, left, right, kinds, units.tolist(), strict=True):
        while open_units and (open_units[-1][0] != tree or open_units[-1][1] < lft):
            open_units.pop()
        inside["parent"].append(open_units[-1][3] if open_units else layout.NOWHERE)
        open_units.append((tree, rgt, kind, unit))
        nearest = {kind_above: key for _, _, kind_above, key in open_units}
        for name in (UnitKind.STATE, UnitKind.LOCAL, UnitKind.WORKSITE):
            inside[name.value].append(nearest.get(name.value, layout.NOWHERE))
    columns = {name: found[name] for name in found.schema.names} | {
        name: inside[name] for name in ("parent", "state", "local")
    }
    order = np.argsort(units)
    nearness = np.array([_NEARNESS.index(UnitKind(kind)) for kind in kinds], np.int64)
    table = pa.table({name: columns[name] for name in layout.UNITS_SCHEMA.names}).cast(layout.UNITS_SCHEMA)
    places = {name: np.array(inside[name], np.int64)[order] for name in ("state", "local", "worksite")}
    return Tree(table, units[order], **places, nearness=nearness[order])
