"""Facts about a few people, as a snapshot on disk: each person is written down, so that a test can count by itself."""

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from trellis.insight import engine
from trellis.insight.facts import layout
from trellis.insight.facts.arranging import cube_in_order, cube_rows, in_order
from trellis.insight.facts.generations import Snapshot, Store
from trellis.insight.facts.manifest import AttributeColumn, Manifest, ThemeColumn, WaveFacts
from trellis.insight.gate.questions import Questions

THEMES = ("aa_1", "aa_2")
OFFICE = AttributeColumn("office", ("office", "none"), "local")
IDENTITY = AttributeColumn("identity", ("ash", "birch", "cedar"), "state")
ATTRIBUTES = (OFFICE, IDENTITY)
ROLES = {1: "local-president", 2: "treasurer"}
PROFILES = {"local-president": {"aa_1": 2, "aa_2": 1}}
TOP = 1


@dataclass(frozen=True)
class Someone:
    """A member of one wave: where, in which groups, with which answers (None has not answered; -1 is no answer)."""

    person: int
    state: int
    local: int
    groups: Mapping[str, int] = field(default_factory=dict)
    answers: Sequence[int] | None = None
    seen: Sequence[Sequence[int]] = ()
    role: int = 0
    wave: int = 1
    edition: int = 1


def wave_of(number: int) -> WaveFacts:
    """Return a closed wave of a year."""
    first, last = dt.date(2020 + number, 10, 1), dt.date(2020 + number, 11, 15)
    return WaveFacts(number, f"fall-{2020 + number}", f"Fall {2020 + number}", first, last, last, frozen=True)


def drawn(folder: Path, people: Sequence[Someone], attributes: Sequence[AttributeColumn] = ATTRIBUTES) -> Snapshot:
    """Write the facts about these people and return them as a snapshot."""
    store, names = Store(folder), [one.code for one in attributes]
    waves = sorted({one.wave for one in people})
    with store.building() as aside:
        for wave in waves:
            cubes = []
            here = [one for one in people if one.wave == wave]
            for state in sorted({one.state for one in here} | {layout.NOWHERE}):
                inside = [one for one in here if one.state == state]
                table = in_order(_facts(inside, names), THEMES)
                layout.write(table, layout.part(aside, layout.FACTS, wave, state))
                layout.write(_members(inside, names), layout.part(aside, layout.MEMBERS, wave, state))
                cubes.append(cube_rows(table, state, attributes, THEMES))
            layout.write(cube_in_order(cubes), layout.part(aside, layout.CUBE, wave))
            layout.write(_terms(here, names, wave_of(wave)), layout.part(aside, layout.TERMS, wave))
            layout.write(layout.UNITS_SCHEMA.empty_table(), layout.part(aside, layout.UNITS, wave))
            layout.write(_supply(wave), layout.part(aside, layout.SUPPLY, wave))
        manifest = Manifest(
            generation=store.next_number(),
            made_at="2026-01-01T00:00:00+00:00",
            key_mark="drawn",
            waves=tuple(wave_of(wave) for wave in waves),
            themes=tuple(ThemeColumn(name, name.upper().replace("_", "."), name, "AA") for name in THEMES),
            attributes=tuple(attributes),
            roles=ROLES,
        )
        return store.publish(aside, manifest)


@contextmanager
def asked(folder: Path, people: Sequence[Someone], wave: int = 1, threshold: int = 10) -> Iterator[Questions]:
    """Open the questions about one wave of these people."""
    snapshot = drawn(folder, people)
    waves = {one.key: one for one in snapshot.manifest.waves}
    with engine.opened(snapshot, threads=1) as tables:
        yield Questions(tables, snapshot.manifest, waves[wave], waves.get(wave - 1), PROFILES, threshold)


def crowd(seed: int, waves: int = 1) -> list[Someone]:
    """Draw an association with every nasty case: tiny locals, staff of a state, ties, no answers, people who move."""
    rng = random.Random(seed)
    found: list[Someone] = []
    person = 0
    for state in (2, 3, 4):
        for local in range(rng.randint(2, 6)):
            for _ in range(rng.choice((1, 4, 9, 10, 14, 25, 40))):
                person += 1
                found += _years(rng, person, state, 100 * state + local, waves)
        for _ in range(rng.choice((0, 2, 12))):
            person += 1
            found += _years(rng, person, state, layout.NOWHERE, waves)
    for _ in range(rng.choice((0, 1))):
        person += 1
        found += _years(rng, person, layout.NOWHERE, layout.NOWHERE, waves)
    return found


def _years(rng: random.Random, person: int, state: int, local: int, waves: int) -> Iterator[Someone]:
    identity = rng.choice((0, 1, 1, 1, 1, 2, 2, 3))
    office, lean = rng.choice((1, 2, 2)), rng.choice((0, 2, 4, 6))
    for wave in range(1, waves + 1):
        if wave > 1 and rng.random() < 0.1:
            continue  # has left, or not come yet
        moved = local and wave > 1 and rng.random() < 0.1
        yield Someone(
            person,
            state,
            100 * state if moved else local,
            {"office": office, "identity": identity},
            [_answer(rng, lean) for _ in THEMES] if rng.random() < 0.8 else None,
            [[_answer(rng, lean) for _ in THEMES] for _ in range(5)] if rng.random() < 0.4 else (),
            rng.choice((0, 0, 0, 1, 2)),
            wave,
        )


def _answer(rng: random.Random, lean: int) -> int:
    return rng.choice((-1, lean, lean, max(0, lean - 1), min(6, lean + 1)))


def _facts(people: Sequence[Someone], names: Sequence[str]) -> pa.Table:
    rows = []
    for one in people:
        given = [(layout.SELF, one.answers)] if one.answers is not None else []
        for relation, answers in [*given, *((layout.PEER, seen) for seen in one.seen)]:
            rows.append(
                {
                    "response": len(rows) + 1_000_000 * one.wave + 10_000_000 * one.state,
                    "person": one.person,
                    "local": one.local,
                    "worksite": 0,
                    "home": one.local or one.state or TOP,
                    "relation": relation,
                    "turn": one.wave,
                    "edition": one.edition,
                    **{name: one.groups.get(name, 0) for name in names},
                    **dict(zip(THEMES, answers, strict=True)),
                }
            )
    return pa.Table.from_pylist(rows, schema=layout.facts_schema(names, THEMES))


def _members(people: Sequence[Someone], names: Sequence[str]) -> pa.Table:
    rows = [
        {
            "person": one.person,
            "local": one.local,
            "worksite": 0,
            "home": one.local or one.state or TOP,
            **{name: one.groups.get(name, 0) for name in names},
        }
        for one in people
    ]
    return pa.Table.from_pylist(rows, schema=layout.members_schema(names))


def _supply(wave: int) -> pa.Table:
    """Return sessions for everybody, in a state, in a local, and without a limit."""
    rows = [(0, 0, "aa_1", 1, 30), (2, 0, "aa_1", 1, 0), (2, 201, "aa_2", 2, 12), (2, 201, "aa_2", 2, 12)][: 2 * wave]
    return pa.Table.from_pylist(
        [dict(zip(layout.SUPPLY_SCHEMA.names, row, strict=True)) for row in rows], schema=layout.SUPPLY_SCHEMA
    )


def _terms(people: Sequence[Someone], names: Sequence[str], wave: WaveFacts) -> pa.Table:
    day = (wave.on - dt.date(1970, 1, 1)).days
    rows = [
        {
            "person": one.person,
            "role": one.role,
            "unit": one.local or one.state or TOP,
            "state": one.state,
            "local": one.local,
            "starts": day - 100,
            "ends": day + (100 if one.person % 2 else 900),
            **{name: one.groups.get(name, 0) for name in names},
        }
        for one in people
        if one.role
    ]
    return pa.Table.from_pylist(rows, schema=layout.terms_schema(names))


def halves(people: Sequence[Someone], theme: int) -> np.ndarray:
    """Return the answers of those who gave one in a theme."""
    return np.array([one.answers[theme] for one in people if one.answers is not None and one.answers[theme] >= 0])
