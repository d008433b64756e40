"""Finds what has changed in a wave since the generation before: only blocks whose marks differ are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from django.db.models import Case, Value, When
from numpy.typing import NDArray

from trellis.insight.attributes import Attribute
from trellis.insight.facts.arranging import column
from trellis.insight.facts.building import Added
from trellis.insight.facts.keys import Keyed, Keys, among, found_rows
from trellis.insight.facts.layout import RELATIONS
from trellis.insight.facts.manifest import WaveFacts
from trellis.insight.facts.marks import RESPONSES, finished
from trellis.insight.facts.people import BLOCK, Span, members, spans
from trellis.insight.facts.reading import Reader, numbers, whole
from trellis.insight.facts.tree import Tree
from trellis.people.models import Person

Ints = NDArray[np.int64]
_READ = numbers("id", "subject", "relation", "turn", "edition")


@dataclass(frozen=True, slots=True)
class Source:
    """Where changes are looked for: the database of one moment, and the keys of the facts."""

    reader: Reader
    tree: Tree
    keyed: Keyed
    attributes: Sequence[Attribute]


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a wave that need a look: of persons, and of responses."""

    persons: Sequence[int]
    responses: Sequence[int]


def members_changed(
    source: Source, wave: WaveFacts, persons: Sequence[int], before: pa.Table, *, replanted: bool
) -> tuple[pa.Table, Keys, list[Span]]:
    """Return the members of an open wave now, the keys of those who are new, gone, elsewhere or in another group.

    Last come the spans of persons in which somebody is new: they may have answered before they were a member.

    `before` are its members in the facts; only persons of these blocks are asked for. `replanted` says that the tree of
    units is another than before, so that everybody's place is looked up in it.
    """
    known, found, entered = column(before, "person"), [before.schema.empty_table()], []
    for span in spans(persons):
        here = members(source.reader, span, wave, tree=source.tree, keyed=source.keyed, attributes=source.attributes)
        found.append(here)
        if not among(column(here, "person"), known).all():
            entered.append(span)
    asked, fresh = _keys_of(source, persons), pa.concat_tables(found)
    staying = before.filter(pa.array(~among(column(before, "person"), asked)))
    looked_up = _replanted(staying, source.tree) if replanted else staying
    touched = [
        _different(before.filter(pa.array(among(column(before, "person"), asked))), fresh),
        _different(staying, looked_up) if replanted else np.array([], np.int64),
    ]
    return pa.concat_tables([looked_up, fresh]), np.unique(np.concatenate(touched)), entered


def members_gone(source: Source, persons: Sequence[int], before: pa.Table) -> tuple[pa.Table, Keys]:
    """Return the members of a closed wave who still exist, and the keys of those who do not any more."""
    gone = [np.array([], np.int64)]
    for span in spans(persons):
        rows = Person.objects.filter(pk__gte=span.first, pk__lt=span.end).values_list("pk")
        alive = whole(source.reader, rows, numbers("person"))["person"].to_numpy()
        gone.append(source.keyed.persons(np.setdiff1d(span.ids, alive)))
    key = column(before, "person")
    lost = among(key, np.concatenate(gone))
    return before.filter(pa.array(~lost)), key[lost].astype(np.int64)


def responses_changed(
    source: Source, wave: WaveFacts, blocks: Sequence[int], kept: dict[str, Ints], entered: Sequence[Span] = ()
) -> tuple[Added, Keys]:
    """Return the responses of these blocks that the facts do not hold, and the keys of those held that are gone.

    One that is about somebody else than before is gone and added. Of who has `entered`, all are looked at.
    """
    here = [_read(source, wave, pk__gte=block * RESPONSES, pk__lt=(block + 1) * RESPONSES) for block in sorted(blocks)]
    now = _together(here)
    at, there = found_rows(kept["response"], now.response)
    there[there] = kept["person"][at[there]] == now.person[there]
    # Which of those held may stand in these blocks, and do not any more.
    ids = [np.arange(block * RESPONSES, (block + 1) * RESPONSES) for block in blocks if len(kept["response"])]
    possible = source.keyed.responses(np.concatenate([np.array([], np.int64), *ids]))
    held = kept["response"][among(kept["response"], possible)]
    removed = held[~among(held, now.response[there])]
    came = [now.only(~there)]
    for span in entered:
        now = _read(source, wave, subject__gte=span.first, subject__lt=span.end)
        came.append(now.only(~among(now.response, kept["response"])))
    added = _together(came)
    return added.only(np.unique(added.ids, return_index=True)[1]), removed


def _together(parts: Sequence[Added]) -> Added:
    """Return the rows of all parts."""
    every = [nothing_added(), *parts]
    return Added(*(np.concatenate([getattr(one, name) for one in every]) for name in Added.__slots__))


def nothing_added() -> Added:
    """Return no responses."""
    return Added(*(np.array([], np.int64) for _ in Added.__slots__))


def _read(source: Source, wave: WaveFacts, **which: int) -> Added:
    relation = Case(*(When(relation=name, then=Value(code)) for name, code in RELATIONS.items()), default=Value(-1))
    rows = finished(wave).filter(**which).order_by("pk")
    found = whole(
        source.reader, rows.values_list("pk", "subject_id", relation, "wave", "instrument__edition_id"), _READ
    )
    ids, subject, *others = (found[name].to_numpy() for name in _READ.names)
    return Added(ids, source.keyed.responses(ids), source.keyed.persons(subject), *others)


def _keys_of(source: Source, blocks: Sequence[int]) -> Keys:
    """Return the keys of everybody who may be in these blocks."""
    ids = [np.arange(block * BLOCK, (block + 1) * BLOCK) for block in blocks]
    return source.keyed.persons(np.concatenate([np.array([], np.int64), *ids]))


def _replanted(rows: pa.Table, tree: Tree) -> pa.Table:
    """Return members with the place that their home has in the tree of today."""
    at = tree.rows(column(rows, "home").astype(np.int64))
    for name, values in (("state", tree.state), ("local", tree.local), ("worksite", tree.worksite)):
        place = rows.schema.get_field_index(name)
        field = rows.schema.field(place)
        rows = rows.set_column(place, field, pa.array(values[at], field.type))
    return rows


def _different(before: pa.Table, now: pa.Table) -> Keys:
    """Return the persons who are on one side only, or not the same on both."""
    old, new = column(before, "person").astype(np.int64), column(now, "person").astype(np.int64)
    at, there = found_rows(new, old)
    same = there.copy()
    for name in before.schema.names:
        same[there] &= column(before, name)[there] == column(now, name)[at[there]]
    return np.concatenate([old[~same], new[~among(new, old)]])
