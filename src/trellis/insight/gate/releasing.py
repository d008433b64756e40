"""Makes a release: asks everything of a wave, protects it together, audits it as a reader would, and writes it down."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from trellis.insight.engine import Tables
from trellis.insight.facts.manifest import Manifest, WaveFacts
from trellis.insight.gate import auditing
from trellis.insight.gate.earlier import shown_before
from trellis.insight.gate.history import Earlier
from trellis.insight.gate.places import Array, Places
from trellis.insight.gate.protecting import Table, protect_everybody, protect_groups
from trellis.insight.gate.questions import PARTICIPATION, PIPELINE, Questions
from trellis.insight.gate.raw import EVERYBODY, Raw, codes_of
from trellis.insight.gate.rules import Key, Rules
from trellis.insight.models import Release
from trellis.measure.disclosure import THRESHOLD

Said = Callable[[str, int, int], None]
# Of this many people and more, means may be compared, and have an interval.
PEOPLE_TO_COMPARE = 100
_TRIES = 20


class TellsTooMuchError(Exception):
    """The audit of a release found what a reader could work out: nothing of it may be shown."""

    def __init__(self, findings: Sequence[auditing.Finding]) -> None:
        self.findings = tuple(findings)
        first = "; ".join(str(finding) for finding in self.findings[:3])
        super().__init__(
            f"nothing was released: {len(self.findings)} figures would tell about too few people ({first})"
        )


@dataclass(frozen=True, slots=True)
class Made:
    """All tables of a release, with what they are laid on."""

    tables: tuple[Table, ...]
    places: Places
    withheld: int

    @property
    def answered(self) -> dict[str, Table]:
        """By attribute the table of who answered."""
        return {table.raw.attribute: table for table in self.tables if table.raw.question == PARTICIPATION}


def make(
    questions: Questions,
    *,
    top: int,
    earlier: Sequence[tuple[Release, WaveFacts]] = (),
    said: Said = lambda what, done, of: None,
) -> Made:
    """Return the tables of a wave as they may be published; raises TellsTooMuchError when the audit finds anything.

    `top` is the key of the association's unit, `earlier` are the releases before, each with its wave in the facts.
    """
    raws = questions.all(lambda done, of: said("questions", done, of))
    places = questions.places
    before = _earlier(questions, raws, places, earlier, top)
    rules = Rules(places, questions.threshold, _then(questions), before)
    done = protect_all(raws, rules, said)
    said("audit", 0, 1)
    findings = auditing.audit(list(done.values()), places, rules)
    if findings:
        raise TellsTooMuchError(findings)
    said("audit", 1, 1)
    hidden = sum(
        int(np.isnan(table.people.states).sum() + table.raw.of_locals * np.isnan(table.people.locals).sum())
        for table in done.values()
    )
    return Made(tuple(done.values()), places, hidden)


def protect_all(raws: Sequence[Raw], rules: Rules, said: Said = lambda what, done, of: None) -> dict[Key, Table]:
    """Return all tables as they may be published; those that others follow come first."""
    by_key = {(raw.question, raw.attribute): raw for raw in raws}
    done: dict[Key, Table] = {}
    for number, (key, raw) in enumerate(by_key.items(), 1):
        banned = rules.forbidden(raw, by_key, done)
        for _ in range(_TRIES):
            done[key] = _protected(raw, rules, banned, done)
            if not rules.rest_of_few(done[key], banned):
                break
        else:
            everything = raw.people.each(lambda counts: np.ones(counts.shape, np.bool_))
            done[key] = _protected(raw, rules, everything, done)
        said("gate", number, len(by_key))
    return done


def _protected(raw: Raw, rules: Rules, banned: Any, done: Mapping[Key, Table]) -> Table:
    if raw.attribute == EVERYBODY:
        return protect_everybody(raw, rules.places, banned, rules.threshold)
    return protect_groups(
        raw,
        rules.totals(raw, done),
        rules.places,
        forbidden=banned,
        sensitive=rules.sensitive(raw),
        threshold=rules.threshold,
    )


def _then(questions: Questions) -> dict[str, Raw]:
    if questions.then is None:
        return {}
    attributes = (None, *questions.manifest.attributes)
    raws = (questions.standing(questions.laid(one), questions.then) for one in attributes)
    return {raw.attribute: raw for raw in raws}


def _earlier(
    questions: Questions,
    raws: Sequence[Raw],
    places: Places,
    releases: Sequence[tuple[Release, WaveFacts]],
    top: int,
) -> dict[Key, list[Earlier]]:
    """Return what earlier releases showed of the breakdowns, and who of then is counted now."""
    found: dict[Key, list[Earlier]] = {}
    attributes = {one.code: one for one in questions.manifest.attributes}
    for raw in raws:
        if not raw.attribute or raw.question not in {PARTICIPATION, PIPELINE}:
            continue
        attribute = attributes[raw.attribute]
        laid = questions.laid(attribute)
        for release, wave in releases:
            shown = shown_before(release, raw, places, codes_of(raw, attribute), top)
            then = (
                questions.who_answered(laid, wave)
                if raw.question == PARTICIPATION
                else questions.pipeline(laid, wave)[0]
            )
            both = questions.both(laid, wave)
            again = both[raw.columns[0]].each(
                lambda *parts: np.concatenate(parts, axis=-1), *(both[name] for name in raw.columns[1:])
            )
            found.setdefault((raw.question, raw.attribute), []).append(
                Earlier(
                    shown.each(lambda counts: ~np.isnan(counts)),
                    then.people,
                    again,
                    shown.each(lambda counts, held: np.nan_to_num(counts - held).clip(min=0), then.people),
                )
            )
    return found


def contents(made: Made, manifest: Manifest, top: int) -> Iterator[tuple[str, str, int, dict[str, Any]]]:
    """Yield question, attribute, unit and content of every table in which anything is shown."""
    attributes = {one.code: one for one in manifest.attributes}
    places = made.places
    for table in made.tables:
        raw = table.raw
        groups = codes_of(raw, attributes.get(raw.attribute))
        units: list[tuple[str, tuple[int, ...], int]] = [("top", (), top)]
        units += [("states", (row,), int(key)) for row, key in enumerate(places.states) if key]
        units += [("locals", (row,), int(key)) for row, key in enumerate(places.locals) if key and raw.of_locals]
        for kind, at, unit in units:
            people = getattr(table.people, kind)[at]
            if not np.isnan(people).all():
                yield raw.question, raw.attribute, unit, _content(table, groups, kind, at, people)


def _content(table: Table, groups: list[str], kind: str, at: tuple[int, ...], people: Array) -> dict[str, Any]:
    kept = [row for row in range(len(groups)) if not np.isnan(people[row]).all()]
    found: dict[str, Any] = {"groups": [groups[row] for row in kept], "n": _plain(people[kept])}
    for measure, values, ends in zip(table.raw.measures, table.values, table.ends, strict=True):
        found[measure.name] = _plain(getattr(values, kind)[at][kept], whole=measure.scale.step == 1)
        found[f"{measure.name}_end"] = getattr(ends, kind)[at][kept].tolist()
    if table.raw.squares is not None:
        squares = getattr(table.raw.squares, kind)[at][kept]
        sums, end = getattr(table.raw.sums[0], kind)[at][kept], getattr(table.ends[0], kind)[at][kept]
        found["give"] = _intervals(people[kept], sums, squares, end)
    return found


def _plain(values: Array, *, whole: bool = True) -> list[list[float | None]]:
    """Return numbers as JSON has them, None for a hidden one."""
    return [
        [None if math.isnan(value) else int(value) if whole else round(float(value), 1) for value in row]
        for row in values
    ]


def _intervals(people: Array, sums: Array, squares: Array, ends: Array) -> list[list[float | None]]:
    """Return how far a mean may be off either way (95 %), to a tenth upward; None where none may be compared."""
    found: list[list[float | None]] = []
    for counts, of_sums, of_squares, of_ends in zip(people, sums, squares, ends, strict=True):
        row: list[float | None] = []
        for n, total, square, end in zip(counts, of_sums, of_squares, of_ends, strict=True):
            if math.isnan(n) or n < PEOPLE_TO_COMPARE or end:
                row.append(None)
            else:
                variance = max(0.0, (square - total * total / n) / (n - 1))
                row.append(math.ceil(10 * 1.96 * math.sqrt(variance / n)) / 10 or 0.1)
        found.append(row)
    return found


def opened(
    tables: Tables,
    manifest: Manifest,
    wave: WaveFacts,
    profiles: Mapping[str, Mapping[str, int]],
    threshold: int = THRESHOLD,
) -> Questions:
    """Return the questions about a wave; growth is measured from the wave before it, when the facts hold one."""
    before = [one for one in manifest.waves if one.opens_on < wave.opens_on]
    then = max(before, key=lambda one: one.opens_on, default=None)
    return Questions(tables, manifest, wave, then, profiles, threshold)
