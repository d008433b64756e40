"""Draws a national association that does not exist, as large as one likes: for benchmarks that anybody can repeat."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trellis.insight.facts import layout
from trellis.insight.facts.arranging import cube_in_order, cube_rows, in_order
from trellis.insight.facts.generations import Snapshot, Store
from trellis.insight.facts.manifest import AttributeColumn, Manifest, ThemeColumn, WaveFacts

STATES, LOCALS = 50, 14_000
# How people behave: who answers, who is rated by others, by how many, and who cannot say.
_ANSWERS, _RATED, _RATERS, _CANNOT_SAY = 0.85, 0.1, (5, 8), 0.05
_KINDS = (layout.PEER, layout.PEER, layout.FOLLOWER, layout.FOLLOWER, layout.LEAD, layout.MENTOR, layout.COACH)
_WORKSITE = 30  # persons
_ROLES = {1: "building-representative", 2: "local-president", 3: "local-treasurer", 4: "state-leadership-staff"}
_HOLDS_OFFICE = 0.06
_JOINS_LATER = 0.04  # of all, in each wave after the first
_GROWS = 0.35  # half-steps from wave to wave

Ints = NDArray[np.int64]
Rows = dict[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is drawn: how many persons and waves, from which seed, with which themes (by domain) and attributes."""

    people: int
    waves: int
    seed: int
    themes: tuple[ThemeColumn, ...]
    attributes: tuple[AttributeColumn, ...]

    def source(self, *key: int) -> np.random.Generator:
        """Return a source of its own for every part, so that each is the same whatever else is drawn."""
        return np.random.default_rng([self.seed, *key])


def make(recipe: Recipe, store: Store, *, said: Callable[[int, int], None] = lambda done, of: None) -> Snapshot:
    """Write the association as the store's next generation and return it; `said` hears how far it is.

    Holds one state at a time. The same recipe gives the same files.
    """
    with store.building() as aside:
        places = _Places(recipe)
        waves = tuple(_wave(number) for number in range(1, recipe.waves + 1))
        rows, done = 0, 0
        cubes: dict[int, list[pa.Table]] = {wave.key: [] for wave in waves}
        terms: dict[int, list[pa.Table]] = {wave.key: [] for wave in waves}
        for state in range(STATES + 1):
            people = _People(recipe, places, state)
            for wave in waves:
                table = people.facts(wave.key)
                members = people.members(wave.key)
                rows += table.num_rows
                layout.write(table, layout.part(aside, layout.FACTS, wave.key, people.unit))
                layout.write(members, layout.part(aside, layout.MEMBERS, wave.key, people.unit))
                counts = cube_rows(table, people.unit, recipe.attributes, [one.column for one in recipe.themes])
                cubes[wave.key].append(counts)
                terms[wave.key].append(people.terms(wave))
                done += 1
                said(done, (STATES + 1) * len(waves))
        for wave in waves:
            layout.write(cube_in_order(cubes[wave.key]), layout.part(aside, layout.CUBE, wave.key))
            layout.write(pa.concat_tables(terms[wave.key]), layout.part(aside, layout.TERMS, wave.key))
            layout.write(places.units(), layout.part(aside, layout.UNITS, wave.key))
            layout.write(places.supply(recipe, wave), layout.part(aside, layout.SUPPLY, wave.key))
        return store.publish(
            aside,
            Manifest(
                generation=store.next_number(),
                made_at=f"seed {recipe.seed}",
                key_mark="synthetic",
                waves=waves,
                themes=recipe.themes,
                attributes=recipe.attributes,
                roles=_ROLES,
                rows=rows,
                synthetic=True,
            ),
        )


def _wave(number: int) -> WaveFacts:
    year = 2020 + number
    closes = date(year, 11, 15)
    return WaveFacts(number, f"fall-{year}", f"Fall {year}", date(year, 10, 1), closes, closes, frozen=True)


class _Places:
    """The tree: who many persons and locals each state has. State 0 is national staff, local 0 the staff of a state."""

    def __init__(self, recipe: Recipe) -> None:
        rng = recipe.source(0)
        weights = rng.lognormal(0, 0.9, STATES)
        self.persons = np.concatenate([[max(1, recipe.people // 5000)], _shared(recipe.people, weights)])
        count = min(LOCALS, max(STATES, recipe.people // 20))
        self.locals = np.concatenate([[0], np.maximum(1, _shared(count, weights))])
        self.first = np.concatenate([[0], np.cumsum(self.locals)[:-1]]) + STATES + 2

    def homes(self, state: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
        """Return local and worksite of each person of a state, sorted."""
        persons, count = int(self.persons[state]), int(self.locals[state])
        if not count:
            return np.zeros(persons, np.int64), np.zeros(persons, np.int64)
        staff = min(persons, 3)
        sizes = rng.multinomial(persons - staff, _part_of_one(rng.lognormal(0, 0.8, count)))
        local = np.repeat(np.arange(count) + self.first[state], sizes)
        inside = np.arange(len(local)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        worksite = 10_000_000 + local * 1000 + inside // _WORKSITE
        none = np.zeros(staff, np.int64)
        return np.concatenate([none, local]), np.concatenate([none, worksite])

    def units(self) -> pa.Table:
        """Return the national unit, the states and their locals, numbered as nested sets."""
        rows = [(1, "national", 0, 1, 2 * (1 + STATES + int(self.locals.sum())), 0, 0, "National")]
        left = 2
        for state in range(1, STATES + 1):
            count = int(self.locals[state])
            rows.append((state + 1, "state", 1, left, left + 2 * count + 1, state + 1, 0, f"State {state}"))
            for place in range(count):
                local = int(self.first[state]) + place
                at = left + 1 + 2 * place
                rows.append((local, "local", state + 1, at, at + 1, state + 1, local, f"Local {local}"))
            left += 2 * count + 2
        unit, kind, parent, lft, rgt, of_state, of_local, name = zip(*rows, strict=True)
        columns = [unit, kind, parent, [1] * len(rows), lft, rgt, of_state, of_local, name]
        return pa.Table.from_arrays([pa.array(column) for column in columns], names=layout.UNITS_SCHEMA.names).cast(
            layout.UNITS_SCHEMA
        )

    def supply(self, recipe: Recipe, wave: WaveFacts) -> pa.Table:
        """Return sessions in the year after a wave, more of them where more people are."""
        rng = recipe.source(3, wave.key)
        count = max(STATES, recipe.people // 400)
        state = rng.choice(STATES, count, p=_part_of_one(self.persons[1:].astype(np.float64))) + 1
        theme = rng.integers(0, len(recipe.themes), count)
        columns = {
            "state": state + 1,
            "local": np.where(rng.random(count) < 0.5, 0, self.first[state]),
            "theme": np.array([one.column for one in recipe.themes])[theme],
            "level": rng.integers(1, 4, count),
            "seats": rng.integers(1, 6, count) * 10,
        }
        return pa.table(columns).cast(layout.SUPPLY_SCHEMA)


class _People:
    """The persons of one state: where they are, what they are, and how far they are in each theme."""

    def __init__(self, recipe: Recipe, places: _Places, state: int) -> None:
        rng = recipe.source(1, state)
        self.recipe, self.state = recipe, state
        self.unit = state + 1 if state else layout.NOWHERE  # 1 is the association itself
        self.local, self.worksite = places.homes(state, rng)
        count = len(self.local)
        self.person = rng.integers(np.iinfo(np.int64).min, np.iinfo(np.int64).max, count)
        order = np.lexsort((self.person, self.local))
        self.local, self.worksite, self.person = self.local[order], self.worksite[order], self.person[order]
        self.since = np.where(
            rng.random(count) < _JOINS_LATER * (recipe.waves - 1), rng.integers(1, recipe.waves + 1, count), 1
        )
        self.groups = {one.code: _groups(one, rng, count).astype(np.int8) for one in recipe.attributes}
        self.role = np.where(rng.random(count) < _HOLDS_OFFICE, rng.integers(1, 4, count), 0)
        self.role[: min(3, count)] = 4
        if "office" in self.groups:
            self.groups["office"] = np.where(self.role > 0, 1, 2).astype(np.int8)
        self.ends = rng.integers(200, 1200, count)
        # What a person is like, what a domain of theirs is like, and how hard the theme is: in half-steps.
        domains = list(dict.fromkeys(theme.domain for theme in recipe.themes))
        of_domain = np.array([domains.index(theme.domain) for theme in recipe.themes])
        hardness = recipe.source(2).normal(0, 0.6, len(recipe.themes)).astype(np.float32)
        general = rng.standard_normal((count, 1), dtype=np.float32) * 0.9
        in_domain = rng.standard_normal((count, len(domains)), dtype=np.float32) * 0.6
        self.level = 2.4 + hardness + general + in_domain[:, of_domain]

    def here(self, wave: int) -> Ints:
        """Return who is a member at a wave."""
        return np.flatnonzero(self.since <= wave)

    def members(self, wave: int) -> pa.Table:
        """Return the members at a wave."""
        here = self.here(wave)
        schema = layout.members_schema([one.code for one in self.recipe.attributes])
        return pa.table(self._keys(here) | self._groups(here)).select(schema.names).cast(schema)

    def terms(self, wave: WaveFacts) -> pa.Table:
        """Return the terms that hold at a wave."""
        here = self.here(wave.key)
        here = here[self.role[here] > 0]
        day = (wave.on - date(1970, 1, 1)).days
        schema = layout.terms_schema([one.code for one in self.recipe.attributes])
        local = np.where(self.role[here] == 4, 0, self.local[here])
        columns = {
            "person": self.person[here],
            "role": self.role[here],
            "unit": np.where(local > 0, local, max(self.unit, 1)),
            "state": np.full(len(here), self.unit),
            "local": local,
            "starts": np.full(len(here), day - 400),
            "ends": day + self.ends[here],
        }
        return pa.table(columns | self._groups(here)).select(schema.names).cast(schema)

    def facts(self, wave: int) -> pa.Table:
        """Return the responses of a wave, in the order of the facts."""
        rng = self.recipe.source(4, self.state, wave)
        here = self.here(wave)
        selves = here[rng.random(len(here)) < _ANSWERS]
        rated = selves[rng.random(len(selves)) < _RATED]
        raters = rng.integers(_RATERS[0], _RATERS[1] + 1, len(rated))
        about = np.concatenate([selves, np.repeat(rated, raters)])
        others = len(about) - len(selves)
        relation = np.concatenate([np.zeros(len(selves), np.int8), rng.choice(_KINDS, others).astype(np.int8)])
        noise = rng.standard_normal((len(about), len(self.recipe.themes)), dtype=np.float32)
        values = np.rint(self.level[about] + np.float32(_GROWS * (wave - 1)) + noise).clip(0, 6).astype(np.int8)
        values[rng.random(values.shape, dtype=np.float32) < _CANNOT_SAY] = layout.MISSING
        columns = {theme.column: values[:, place] for place, theme in enumerate(self.recipe.themes)}
        rest = {
            "response": rng.integers(np.iinfo(np.int64).min, np.iinfo(np.int64).max, len(about)),
            "relation": relation,
            "turn": np.full(len(about), wave, np.int16),
            "edition": np.ones(len(about), np.int32),
        }
        schema = layout.facts_schema([one.code for one in self.recipe.attributes], list(columns))
        table = pa.table(self._keys(about) | rest | self._groups(about) | columns).select(schema.names).cast(schema)
        return in_order(table, list(columns))

    def _keys(self, rows: Ints) -> Rows:
        local, worksite = self.local[rows], self.worksite[rows]
        home = np.where(worksite > 0, worksite, np.where(local > 0, local, self.unit))
        return {"person": self.person[rows], "local": local, "worksite": worksite, "home": home}

    def _groups(self, rows: Ints) -> Rows:
        return {code: groups[rows] for code, groups in self.groups.items()}


def _groups(attribute: AttributeColumn, rng: np.random.Generator, count: int) -> Ints:
    """Draw a group for each: the first is the largest; own groups have a tenth who have not said."""
    weights = np.power(0.5, np.arange(len(attribute.groups)), dtype=np.float64)
    drawn = rng.choice(len(attribute.groups), count, p=_part_of_one(weights)) + 1
    return np.where(rng.random(count) < 0.1, 0, drawn) if attribute.lowest == "state" else drawn


def _part_of_one(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    share: NDArray[np.float64] = weights / weights.sum()
    return share


def _shared(whole: int, weights: NDArray[np.float64]) -> Ints:
    """Divide a whole number by weights, to the last one."""
    bounds = np.rint(np.concatenate([[0], np.cumsum(_part_of_one(weights))]) * whole).astype(np.int64)
    parts: Ints = np.diff(bounds)
    return parts
