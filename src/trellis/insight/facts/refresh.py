"""Brings the facts up to date: a new generation beside the current one, of which only what has changed is written."""

import dataclasses
import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings

from trellis.core import clock
from trellis.insight.attributes import attributes
from trellis.insight.facts import answers, keys, layout, marks, offices, themes
from trellis.insight.facts.building import Change, WaveParts
from trellis.insight.facts.changes import (
    Blocks,
    Source,
    members_changed,
    members_gone,
    nothing_added,
    responses_changed,
)
from trellis.insight.facts.generations import NoFactsError, Snapshot, Store
from trellis.insight.facts.manifest import AttributeColumn, Manifest, WaveFacts
from trellis.insight.facts.reading import Reader, reading
from trellis.insight.facts.tree import read_tree
from trellis.insight.models import SnapshotState, Wave
from trellis.people.models import Role

# What is being done, how far it is, and of how much.
Said = Callable[[str, int, int], None]
FOLDER = "insight"
_RESPONSES, _PERSONS, _ON = "responses", "persons", "on"


class NoWavesError(LookupError):
    """There is no wave that facts could belong to."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a refresh did: rows and persons in numbers, and how many files it wrote."""

    snapshot: Snapshot
    added: int
    removed: int
    touched: int
    written: int

    def __str__(self) -> str:
        return (
            f"{self.snapshot.manifest.rows:,} responses: {self.added:,} added, {self.removed:,} removed,"
            f" {self.touched:,} persons new or changed; {self.written} files written"
        )


def store() -> Store:
    """Return where the facts of this site lie."""
    return Store(settings.TRELLIS_DATA / FOLDER)


def refresh(*, said: Said = lambda what, done, of: None) -> Report:
    """Make the next generation from the database and publish it.

    Killed at any moment, the current generation stays; run again, it takes over what the killed run has written. Raises
    NoWavesError, RefreshGoingOnError, and what `themes_in_use` raises.
    """
    today = clock.today()
    waves = list(Wave.objects.filter(opens_on__lte=today).order_by("opens_on"))
    if not waves:
        raise NoWavesError("there is no wave yet: run `trellis wave open` first")
    kept = store()
    with kept.building() as aside, reading() as reader:
        made_at = clock.now()
        building = _Building(aside, reader, _before(kept), said)
        built = [building.wave(wave, today) for wave in waves]
        shutil.rmtree(aside / "answers", ignore_errors=True)
        _remove_others(aside, building.paths)
        found = Manifest(
            generation=kept.next_number(),
            made_at=made_at.isoformat(),
            key_mark=building.keyed.mark,
            waves=tuple(built),
            themes=building.themes.columns,
            attributes=building.columns,
            roles=dict(Role.objects.values_list("pk", "code")),
            comparable=building.themes.comparable,
            rows=building.rows,
            marks={_ON: today.isoformat(), _RESPONSES: building.responses, _PERSONS: building.persons},
        )
        snapshot = kept.publish(aside, found)
    SnapshotState.objects.filter(pk=SnapshotState.ONLY).update(
        generation=found.generation, made_at=made_at, responses=found.rows
    )
    return Report(snapshot, building.added, building.removed, building.touched, building.written)


def _before(kept: Store) -> Snapshot | None:
    try:
        return kept.current()
    except NoFactsError:
        return None


def _remove_others(aside: Path, paths: set[Path]) -> None:
    """Remove what a killed run has left and nobody needs any more."""
    for path in aside.rglob("*"):
        if path.is_file() and path not in paths:
            path.unlink()


class _Building:
    """One run: what it found in the database, and what it has done so far."""

    def __init__(self, aside: Path, reader: Reader, before: Snapshot | None, said: Said) -> None:
        self.aside, self.reader, self.said = aside, reader, said
        self.keyed = keys.kept_or_new()
        self.themes = themes.themes_in_use()
        known = attributes()
        self.columns = tuple(
            AttributeColumn(one.code, tuple(group.code for group in one.groups), one.lowest.value) for one in known
        )
        self.before = before if before is not None and self._continues(before.manifest) else None
        self.source = Source(reader, read_tree(reader), self.keyed, known)
        today = clock.today()
        held = self.before.manifest.marks.get(_PERSONS, {}) if self.before is not None else {}
        self.persons = marks.person_marks(reader, today, known, held)
        self.responses: marks.Marks = {}
        self.paths: set[Path] = set()
        self.rows = self.added = self.removed = self.touched = self.written = 0

    def _continues(self, before: Manifest) -> bool:
        """Whether the generation before has the same keys and columns; else all is made anew."""
        return (before.key_mark, before.themes, before.attributes) == (
            self.keyed.mark, self.themes.columns, self.columns,
        )  # fmt: skip

    def wave(self, wave: Wave, today: dt.date) -> WaveFacts:
        """Build the parts of a wave; returns what the manifest says of it."""
        found = WaveFacts(
            key=wave.pk,
            code=wave.code,
            name=wave.name,
            opens_on=wave.opens_on,
            closes_on=wave.closes_on,
            on=min(wave.closes_on, today),
            frozen=wave.is_closed,
        )
        earlier = self._earlier(found)
        parts = WaveParts(
            found.key,
            self.before.folder if self.before is not None and earlier is not None else None,
            self.aside,
            self.columns,
            [one.column for one in self.themes.columns],
        )
        blocks = self._blocks(found, earlier)
        if earlier is not None and earlier.frozen:
            self._frozen(parts, found, earlier, blocks)
        else:
            self._open(parts, found, earlier, blocks)
        self.paths |= parts.paths
        self.written += parts.written
        self.rows += parts.responses
        return dataclasses.replace(found, responses=parts.responses)

    def _earlier(self, wave: WaveFacts) -> WaveFacts | None:
        """The same wave in the generation before, unless its days were changed since."""
        held = self.before.manifest.waves if self.before is not None else ()
        same = (
            one for one in held if (one.key, one.opens_on, one.closes_on) == (wave.key, wave.opens_on, wave.closes_on)
        )
        return next(same, None)

    def _held(self, marks_of: str, earlier: WaveFacts | None) -> marks.Marks:
        """The marks that the generation before keeps, where it has the wave."""
        return dict(self.before.manifest.marks.get(marks_of, {})) if self.before is not None and earlier else {}

    def _blocks(self, wave: WaveFacts, earlier: WaveFacts | None) -> Blocks:
        """Say which blocks need a look, and keep the marks of the wave."""
        before = {key: sums for key, sums in self._held(_RESPONSES, earlier).items() if key.startswith(f"{wave.key}:")}
        made_at = dt.datetime.fromisoformat(self.before.manifest.made_at) if self.before is not None else None
        now = marks.response_marks(self.reader, wave, before, made_at if before else None)
        self.responses |= now
        persons = marks.changed(self._held(_PERSONS, earlier), self.persons)
        # On its last look at a wave, a snapshot asks about everybody: years of membership pass by themselves.
        if earlier is not None and wave.frozen and not earlier.frozen:
            persons = set(self.persons)
        responses = marks.changed(before, now)
        return Blocks(sorted(set(map(marks.block_of, persons))), sorted(map(marks.block_of, responses)))

    def _frozen(self, parts: WaveParts, wave: WaveFacts, earlier: WaveFacts, blocks: Blocks) -> None:
        """Take a closed wave over, without whoever and whatever is gone."""
        parts.link((layout.UNITS, layout.SUPPLY))
        if not (blocks.persons or blocks.responses):
            parts.link((layout.FACTS, layout.MEMBERS, layout.CUBE, layout.TERMS))
            parts.responses = earlier.responses or parts.count_before()
            return
        before, kept = parts.members_before, parts.responses_before()
        members, gone = members_gone(self.source, blocks.persons, before)
        _, removed = responses_changed(self.source, wave, blocks.responses, kept)
        if len(gone) or len(removed):
            self._build(parts, wave, Change(members, gone, nothing_added(), removed), kept)
        else:
            parts.link((layout.FACTS, layout.MEMBERS, layout.CUBE))
            parts.responses = len(kept["response"])
        held = parts.read_before(layout.TERMS)
        if held is not None:
            parts.write(layout.TERMS, held.filter(~np.isin(held["person"].to_numpy(), gone)))

    def _open(self, parts: WaveParts, wave: WaveFacts, earlier: WaveFacts | None, blocks: Blocks) -> None:
        units = self.source.tree.table
        before = parts.read_before(layout.UNITS)
        replanted = before is not None and not before.cast(layout.UNITS_SCHEMA).equals(units)
        kept = parts.responses_before()
        members, touched, entered = members_changed(
            self.source, wave, blocks.persons, parts.members_before, replanted=replanted
        )
        added, removed = responses_changed(self.source, wave, blocks.responses, kept, entered if earlier else ())
        self._build(parts, wave, Change(members, touched, added, removed), kept)
        parts.write(layout.UNITS, units)
        parts.write(layout.TERMS, offices.terms(self.reader, wave, self.source.tree, self.keyed, members))
        parts.write(layout.SUPPLY, offices.supply(self.reader, wave, self.source.tree, self.themes.columns))

    def _build(self, parts: WaveParts, wave: WaveFacts, change: Change, kept: dict[str, "np.ndarray"]) -> None:
        read = answers.fetch(
            self.reader,
            change.added.ids,
            columns=dict(self.themes.place_of),
            width=len(self.themes.columns),
            aside=self.aside,
            said=lambda done, of: self.said(f"{wave.name}: answers", done, of),
        )
        parts.build(change, kept, read, lambda done, of: self.said(f"{wave.name}: states", done, of))
        self.added += len(change.added.ids)
        self.removed += len(change.removed)
        self.touched += len(change.touched)
