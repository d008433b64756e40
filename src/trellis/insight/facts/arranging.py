"""Puts rows of facts in their order, says which self-assessment of a wave is the last, and counts them for the cube."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trellis.insight.facts import layout
from trellis.insight.facts.manifest import AttributeColumn

Counts = NDArray[np.int64]
# Five counts are added up as two whole numbers: who answered, stands at level 1 or above, and at level 2; the sum of
# half-steps, and who stands at level 3. Two million people in one place would be too many for this; no state has them.
_BITS, _MASK, _HALF = 21, (1 << 21) - 1, (1 << 32) - 1
_ANSWERS = np.arange(-1, 7)
_FIRST = (_ANSWERS >= 0) + ((_ANSWERS >= 2).astype(np.int64) << _BITS) + ((_ANSWERS >= 4).astype(np.int64) << 2 * _BITS)
_SECOND = _ANSWERS.clip(0) + ((_ANSWERS >= 6).astype(np.int64) << 32)


def in_order(table: pa.Table, themes: Sequence[str]) -> pa.Table:
    """Return a part of the facts sorted by relation, local, person and turn, with its derived rows made anew.

    The last self-assessment of each person comes first; rows that hold what others say together are added. All rows
    about a person in a wave lie in one part, so that both are known from it alone.
    """
    table = without_together(table)
    relation = column(table, "relation").copy()
    relation[relation == layout.EARLIER] = layout.SELF
    keys = [column(table, name) for name in ("response", "turn", "person", "local")]
    order = np.lexsort((*keys, relation))
    person, in_turn = keys[2][order], relation[order]
    followed = (person[1:] == person[:-1]) & (in_turn[1:] == layout.SELF) & (in_turn[:-1] == layout.SELF)
    relation[order[:-1][followed]] = layout.EARLIER
    table = _with(table, {"relation": relation})
    others = order[(in_turn >= layout.PEER) & (in_turn <= layout.OTHER)]
    if len(others) or followed.any():
        table = pa.concat_tables([table, _together(table.take(pa.array(others)), themes)])
        keys = [column(table, name) for name in ("response", "turn", "person", "local", "relation")]
        order = np.lexsort(keys)
    return table.take(pa.array(order))


def without_together(table: pa.Table) -> pa.Table:
    """Return the responses of a part, without the rows that are made from them."""
    derived = column(table, "relation") == layout.TOGETHER
    return table.filter(pa.array(~derived)) if derived.any() else table


def _together(others: pa.Table, themes: Sequence[str]) -> pa.Table:
    """Return a row for each person that others rated: the mean of their answers in each theme, in parts."""
    order = np.argsort(column(others, "person"), kind="stable")
    person = column(others, "person")[order]
    first = np.flatnonzero(np.diff(person, prepend=person[:1] - 1) != 0) if len(person) else order
    found = others.take(pa.array(order[first]))
    means: dict[str, NDArray[np.generic]] = {"relation": np.full(len(first), layout.TOGETHER)}
    for theme in themes if len(first) else ():
        answers = column(others, theme)[order].astype(np.int32)
        said = np.add.reduceat((answers >= 0).astype(np.int32), first)
        whole = np.add.reduceat(answers.clip(0), first)
        rounded = (2 * layout.PARTS * whole + said) // np.maximum(2 * said, 1)
        means[theme] = np.where(said > 0, rounded, layout.MISSING)
    none = np.zeros(len(first), np.int64)
    return _with(found, means | {"response": none, "turn": none})


def _with(table: pa.Table, columns: Mapping[str, NDArray[np.generic]]) -> pa.Table:
    """Return a table with these columns in the place of its own."""
    for name, values in columns.items():
        place = table.schema.get_field_index(name)
        table = table.set_column(place, table.schema.field(place), pa.array(values, table.schema.field(place).type))
    return table


def column(table: pa.Table, name: str) -> NDArray[Any]:
    """Return a column without missing values as an array."""
    found: NDArray[Any] = table.column(name).to_numpy()
    return found


def cube_rows(
    table: pa.Table, states: int | Counts, attributes: Sequence[AttributeColumn], themes: Sequence[str]
) -> pa.Table:
    """Return the counts of states' last self-assessments: by state and local, and by group of each attribute.

    `states` are those of the rows, or the one of all. A state as a whole is local WHOLE_STATE; only what locals may be
    broken down by is counted in them.
    """
    rows = column(table, "relation") == layout.SELF
    state = np.broadcast_to(states, table.num_rows)[rows]
    local = column(table, "local")[rows].astype(np.int64)
    whole, none = np.full_like(local, layout.WHOLE_STATE), np.zeros_like(local)
    values = np.array([column(table, theme)[rows] for theme in themes])
    blocks = [_Block.of("", state, whole, none, values), _Block.of("", state, local, none, values)]
    for attribute in attributes:
        group = column(table, attribute.code)[rows].astype(np.int64)
        blocks.append(_Block.of(attribute.code, state, whole, group, values))
        if attribute.lowest == "local":
            blocks.append(_Block.of(attribute.code, state, local, group, values))
    schema = layout.cube_schema(themes)
    names = np.repeat([block.attribute for block in blocks], [len(block.place) for block in blocks])
    keys = [
        np.concatenate([getattr(block, name) for block in blocks]) for name in ("state", "place", "group", "people")
    ]
    counts = np.concatenate([block.counts for block in blocks], axis=1)
    columns = [*keys[:2], names, *keys[2:], *counts]
    arrays = [pa.array(found, kind) for found, kind in zip(columns, schema.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


@dataclass(frozen=True, slots=True)
class _Block:
    """The counts by one attribute: of every state, place and group how many people, and every theme's measures."""

    attribute: str
    state: Counts
    place: Counts
    group: Counts
    people: Counts
    counts: NDArray[np.int32]  # (themes x measures) x (places and groups)

    @classmethod
    def of(cls, attribute: str, state: Counts, place: Counts, group: Counts, values: NDArray[np.int8]) -> "_Block":
        order = np.lexsort((group, place, state))
        keys = [key[order] for key in (state, place, group)]
        new = np.flatnonzero(np.logical_or.reduce([np.diff(key, prepend=np.int64(-2)) != 0 for key in keys]))
        counts = np.zeros((len(values), len(layout.MEASURES), len(new)), np.int32)
        for theme, found in zip(values if len(new) else (), counts, strict=False):
            answers = theme[order] + 1
            first, second = (np.add.reduceat(packed[answers], new) for packed in (_FIRST, _SECOND))
            found[0], found[2], found[3] = first & _MASK, (first >> _BITS) & _MASK, first >> 2 * _BITS
            found[1], found[4] = second & _HALF, second >> 32
        return cls(
            attribute,
            keys[0][new],
            keys[1][new],
            keys[2][new],
            np.diff(new, append=len(order)),
            counts.reshape(counts.shape[0] * counts.shape[1], len(new)),
        )


def cube_in_order(parts: Sequence[pa.Table]) -> pa.Table:
    """Return the cube of a wave: by attribute, whole states before locals: most questions read few rows.

    Counts of the same place and group, where parts have them both, are added.
    """
    order = [(name, "ascending") for name in ("attribute", "local", "state", "grp")]
    whole = pa.concat_tables(parts).sort_by(order)
    keys = [whole.column(name).to_numpy() for name in ("attribute", "local", "state", "grp")]
    first = np.flatnonzero(np.logical_or.reduce([key[1:] != key[:-1] for key in keys]))
    starts = np.concatenate([[0], first + 1]) if whole.num_rows else np.array([], np.intp)
    if len(starts) == whole.num_rows:
        return whole
    found = whole.take(pa.array(starts))
    counts = whole.schema.names[whole.schema.get_field_index("people") :]
    return _with(found, {name: np.add.reduceat(column(whole, name), starts) for name in counts})
