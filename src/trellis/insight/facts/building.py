"""Builds the parts of one wave: what nobody has touched is linked from the generation before, the rest is written."""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from trellis.insight.facts import layout
from trellis.insight.facts.answers import Answers
from trellis.insight.facts.arranging import column, cube_in_order, cube_rows, in_order, without_together
from trellis.insight.facts.keys import Keys, among, found_rows
from trellis.insight.facts.manifest import AttributeColumn

_DIGEST = b"trellis.digest"
_PLACE = ("state", "local", "worksite", "home")
Said = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Added:
    """Responses that the facts do not hold yet, one row each: their keys in the database and in the facts."""

    ids: NDArray[np.int64]
    response: Keys
    person: Keys
    relation: NDArray[np.int64]
    turn: NDArray[np.int64]
    edition: NDArray[np.int64]

    def only(self, rows: NDArray[np.generic]) -> "Added":
        """Return some of the rows."""
        return Added(*(getattr(self, name)[rows] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed in a wave since the generation before.

    `members` are all of them now, with their state; `touched` the persons who are new, gone, elsewhere or in another
    group; `removed` the responses that are gone.
    """

    members: pa.Table
    touched: Keys
    added: Added
    removed: Keys


class WaveParts:
    """The parts of one wave in `aside`, where `before` is the generation before it (None for none)."""

    def __init__(
        self, wave: int, before: Path | None, aside: Path, attributes: Sequence[AttributeColumn], themes: Sequence[str]
    ) -> None:
        self._wave, self._before, self._aside = wave, before, aside
        self._attributes, self._themes = attributes, list(themes)
        names = [one.code for one in attributes]
        self._facts, self._members = layout.facts_schema(names, themes), layout.members_schema(names)
        self._found: dict[str, list[tuple[int, Path]]] = {}
        self.paths: set[Path] = set()
        self.written = self.responses = 0

    @cached_property
    def members_before(self) -> pa.Table:
        """The members that the generation before holds, with their state."""
        return _with_states(self._members, ((state, layout.read(path)) for state, path in self._parts(layout.MEMBERS)))

    def responses_before(self) -> dict[str, NDArray[np.int64]]:
        """Return the keys of the responses that the generation before holds, of their persons, and their states."""
        schema = pa.schema([self._facts.field(name) for name in ("response", "person", "relation")])
        tables = ((state, layout.read(path, schema.names)) for state, path in self._parts(layout.FACTS))
        found = _with_states(schema, tables)
        found = found.filter(pa.array(column(found, "relation") != layout.TOGETHER))
        return {name: column(found, name).astype(np.int64) for name in ("response", "person", "state")}

    def count_before(self) -> int:
        """Return how many responses the generation before holds."""
        held = (layout.read(path, ["relation"]) for _state, path in self._parts(layout.FACTS))
        return sum(int((column(table, "relation") != layout.TOGETHER).sum()) for table in held)

    def link(self, tables: Iterable[str]) -> None:
        """Take these tables over as they are."""
        for table in tables:
            for state, path in self._parts(table):
                self._link(path, table, state)

    def write(self, table: str, content: pa.Table) -> None:
        """Write a table that has one part a wave; where it is as it was, it is taken over."""
        self._store(content, table, None)

    def read_before(self, table: str) -> pa.Table | None:
        """Return a table that has one part a wave as the generation before holds it, or None."""
        parts = self._parts(table)
        return layout.read(parts[0][1]) if parts else None

    def build(self, change: Change, kept: dict[str, NDArray[np.int64]], answers: Answers, said: Said) -> None:
        """Write or take over members, facts and cube; `kept` are the responses before (`responses_before`)."""
        held = self.members_before
        left = column(held, "state")[among(column(held, "person"), change.touched)]
        of_member = column(change.members, "state")
        entered = of_member[among(column(change.members, "person"), change.touched)]
        self._build_members(change.members, of_member, {*left.tolist(), *entered.tolist()})
        incoming = pa.concat_tables(
            [self._moved(left, change), self._placed(self._new(change.added, answers), change.added.person, change)]
        )
        of_incoming = column(incoming, "state")
        gone = kept["state"][among(kept["response"], change.removed)]
        # Whose rows all count anew: a person's last response may be another one now.
        known = among(column(incoming, "person"), kept["person"]) if len(kept["person"]) else slice(None)
        changed = {*left.tolist(), *gone.tolist(), *of_incoming[known].tolist()}
        touched = {*changed, *of_incoming.tolist()}
        # Where people have only come, their counts are added: counting all again takes longer than all else.
        came = in_order(incoming.filter(pa.array(~np.isin(of_incoming, list(changed)))), self._themes)
        states_of = column(came, "state").astype(np.int64)
        cubes = [self._cube_before(changed), cube_rows(came, states_of, self._attributes, self._themes)]
        before = dict(self._parts(layout.FACTS))
        states = sorted({*touched, *before})
        for number, state in enumerate(states, 1):
            if state in touched:
                arriving = incoming.filter(pa.array(of_incoming == state)).select(self._facts.names)
                table = in_order(pa.concat_tables([self._staying(state, change), arriving]), self._themes)
                if table.num_rows:
                    self._store(table, layout.FACTS, state, is_new=arriving.num_rows > 0)
                    if state in changed:
                        cubes.append(cube_rows(table, state, self._attributes, self._themes))
                    self.responses += int((column(table, "relation") != layout.TOGETHER).sum())
            else:
                self._link(before[state], layout.FACTS, state)
                self.responses += int((kept["state"] == state).sum())
            said(number, len(states))
        self._store(cube_in_order(cubes), layout.CUBE, None)
        for table, schema in ((layout.FACTS, self._facts), (layout.MEMBERS, self._members)):
            if not any(path.is_relative_to(self._aside / table / f"wave={self._wave}") for path in self.paths):
                self._store(schema.empty_table(), table, layout.NOWHERE)

    def _build_members(self, members: pa.Table, states: NDArray[np.int64], touched: set[int]) -> None:
        for state in sorted({*np.unique(states).tolist(), *(state for state, _ in self._parts(layout.MEMBERS))}):
            path = layout.part(self._before or self._aside, layout.MEMBERS, self._wave, state)
            if state not in touched and self._before is not None and path.exists():
                self._link(path, layout.MEMBERS, state)
            elif (here := members.filter(pa.array(states == state))).num_rows:
                order = np.lexsort((column(here, "person"), column(here, "local")))
                self._store(here.take(pa.array(order)).select(self._members.names), layout.MEMBERS, state)

    def _moved(self, states: NDArray[np.int64], change: Change) -> pa.Table:
        """Return the rows of touched persons, where they belong now."""
        found = [self._facts.empty_table()]
        for state in np.unique(states).tolist():
            table = self._held(state)
            found.append(table.filter(pa.array(among(column(table, "person"), change.touched))))
        rows = pa.concat_tables(found)
        rows = rows.filter(pa.array(~among(column(rows, "response"), change.removed)))
        return self._placed(rows, column(rows, "person"), change)

    def _staying(self, state: int, change: Change) -> pa.Table:
        """Return the rows of a state that are as they were."""
        table = self._held(state)
        if not (len(change.touched) or len(change.removed)):
            return table
        touched = among(column(table, "person"), change.touched)
        return table.filter(pa.array(~(touched | among(column(table, "response"), change.removed))))

    def _held(self, state: int) -> pa.Table:
        """Return the responses of a state before, without the rows derived from them."""
        path = layout.part(self._before, layout.FACTS, self._wave, state) if self._before else None
        if path is None or not path.exists():
            return self._facts.empty_table()
        return without_together(layout.read(path))

    def _new(self, added: Added, answers: Answers) -> pa.Table:
        """Return the added responses with their answers; where they belong is still to be said."""
        values = answers.rows(added.ids)
        columns = {name: getattr(added, name) for name in ("response", "person", "relation", "turn", "edition")}
        columns |= {theme: values[:, place] for place, theme in enumerate(self._themes)} if len(added.ids) else {}
        nothing = np.zeros(len(added.ids), np.int8)
        arrays = [pa.array(columns.get(field.name, nothing), field.type) for field in self._facts]
        return pa.Table.from_arrays(arrays, schema=self._facts)

    def _placed(self, rows: pa.Table, person: Keys, change: Change) -> pa.Table:
        """Return these rows with their state, each where its person belongs now; who is no member is left out."""
        at, there = found_rows(column(change.members, "person"), person)
        rows, at = rows.filter(pa.array(there)), at[there]
        for name in (*_PLACE, *(one.code for one in self._attributes)):
            values = change.members.column(name).take(pa.array(at))
            field = change.members.schema.field(name)
            if name == "state":
                rows = rows.append_column(field, values)
            else:
                rows = rows.set_column(rows.schema.get_field_index(name), field, values)
        return rows

    def _cube_before(self, touched: set[int]) -> pa.Table:
        schema = layout.cube_schema(self._themes)
        found = self.read_before(layout.CUBE)
        if found is None:
            return schema.empty_table()
        return found.filter(pa.array(~np.isin(column(found, "state"), list(touched)))).cast(schema)

    def _parts(self, table: str) -> list[tuple[int, Path]]:
        """Return the parts of a table before, each with its state (0 for a table that has one part a wave)."""
        if self._before is None:
            return []
        if table not in self._found:
            self._found[table] = self._look_for(table, self._before)
        return self._found[table]

    def _look_for(self, table: str, before: Path) -> list[tuple[int, Path]]:
        if table in layout.BY_WAVE:
            path = layout.part(before, table, self._wave)
            return [(layout.NOWHERE, path)] if path.exists() else []
        folder = before / table / f"wave={self._wave}"
        return sorted((int(path.parent.name.partition("=")[2]), path) for path in folder.glob("state=*/part.parquet"))

    def _path(self, table: str, state: int | None) -> Path:
        path = layout.part(self._aside, table, self._wave, None if table in layout.BY_WAVE else state)
        self.paths.add(path)
        return path

    def _store(self, table: pa.Table, name: str, state: int | None, *, is_new: bool = False) -> None:
        """Write a part, unless the very same was there before, or a run that was killed has written it.

        `is_new` says that it cannot have been there before.
        """
        path, digest = self._path(name, state), _digest(table)
        earlier = None if is_new else dict(self._parts(name)).get(layout.NOWHERE if state is None else state)
        if earlier is not None and _digest_of(earlier) == digest:
            self._link(earlier, name, state or layout.NOWHERE)
        elif _digest_of(path) != digest:
            layout.write(table.replace_schema_metadata({_DIGEST: digest}), path)
            self.written += 1

    def _link(self, source: Path, table: str, state: int) -> None:
        target = self._path(table, state)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        try:
            os.link(source, target)
        except OSError:  # a file system that knows no second name for a file
            aside = target.with_suffix(".aside")
            shutil.copyfile(source, aside)
            aside.replace(target)


def _with_states(schema: pa.Schema, tables: Iterable[tuple[int, pa.Table]]) -> pa.Table:
    whole = pa.schema([pa.field("state", pa.int32(), nullable=False), *schema])
    found = [whole.empty_table()]
    for state, table in tables:
        states = pa.array(np.full(table.num_rows, state, np.int32))
        found.append(pa.Table.from_arrays([states, *table.columns], schema=whole))
    return pa.concat_tables(found)


def _digest(table: pa.Table) -> bytes:
    """Return a digest of all that is in a table."""
    whole = hashlib.blake2b(digest_size=16)
    for name in table.schema.names:
        values = table.column(name)
        plain = pa.types.is_integer(values.type)
        whole.update(values.to_numpy().tobytes() if plain else repr(values.to_pylist()).encode())
    return whole.hexdigest().encode()


def _digest_of(path: Path) -> bytes | None:
    with contextlib.suppress(FileNotFoundError, pa.ArrowInvalid):
        metadata: dict[bytes, bytes] = pq.read_schema(path).metadata or {}
        return metadata.get(_DIGEST)
    return None
