"""Asks the facts everything that a release holds, for one wave: at every place, for everybody and by each attribute."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from trellis.insight.engine import Tables
from trellis.insight.expressions.growth import growth
from trellis.insight.expressions.levels import levels, levels_from_cube
from trellis.insight.expressions.participation import participation
from trellis.insight.expressions.pipeline import pipeline
from trellis.insight.expressions.role_coverage import role_coverage
from trellis.insight.expressions.self_other import self_other
from trellis.insight.expressions.stayed import answered_again, holding_again, silent_again
from trellis.insight.facts.arranging import column
from trellis.insight.facts.layout import NOT_SAID, PARTS
from trellis.insight.facts.manifest import AttributeColumn, Manifest, WaveFacts
from trellis.insight.facts.people import EPOCH
from trellis.insight.gate.few import Few
from trellis.insight.gate.places import Figures, Places
from trellis.insight.gate.raw import EVERYBODY, GROUP, Asked, Laid, Measure, Raw, beside, counted, with_elsewhere
from trellis.insight.gate.values import CHANGE, LEVELS, PERCENT
from trellis.measure.disclosure import THRESHOLD

PARTICIPATION, STANDING, GROWTH, SELF_OTHER, COVERAGE, PIPELINE = (
    "participation", "standing", "growth", "self-other", "coverage", "pipeline",
)  # fmt: skip
MEMBERS, ANSWERED, SILENT = "members", "answered", "silent"

_STANDING = (
    *(Measure(f"level{level}", PERCENT, f"_l{level}", 100) for level in (1, 2, 3)),
    Measure("mean", LEVELS, "_sum", 0.5),
)
_GROWTH = (Measure("change", CHANGE, "_up", 0.5),)
_SELF_OTHER = (Measure("gap", CHANGE, "_gap", 0.5 / PARTS),)
_COVERAGE = (Measure("ready", PERCENT, "_ready", 100), Measure("nearly", PERCENT, "_nearly", 100))
_PIPELINE = (Measure("ending", PERCENT, "_ending", 100),)


@dataclass(frozen=True)
class Questions:
    """What is asked of one wave; `then` is the wave before it, and `profiles` are the levels that roles ask for."""

    tables: Tables
    manifest: Manifest
    wave: WaveFacts
    then: WaveFacts | None
    profiles: Mapping[str, Mapping[str, int]]
    threshold: int = THRESHOLD
    _of_roles: dict[Any, pa.Table] = field(default_factory=dict)
    _few: dict[str, Few] = field(default_factory=dict)
    _grown: list[Raw] = field(default_factory=list)

    @cached_property
    def places(self) -> Places:
        """Where members are."""
        found = self._participation(EVERYBODY, self.wave)(("state", "local"))
        return Places.of(0, column(found, "state"), column(found, "local"))

    def all(self, said: Callable[[int, int], None] = lambda done, of: None) -> list[Raw]:
        """Return the counts of everything; those of everybody stand before those by groups."""
        steps = list(self._steps())
        found: list[Raw] = []
        for number, step in enumerate(steps, 1):
            found += step()
            said(number, len(steps))
        return found

    def laid(self, attribute: AttributeColumn | None) -> Laid:
        """Return how counts by an attribute, or of everybody, are laid."""
        if attribute is None:
            return Laid(self.places, EVERYBODY, (NOT_SAID,), of_locals=True)
        groups = (NOT_SAID, *range(1, len(attribute.groups) + 1))
        return Laid(self.places, attribute.code, groups, of_locals=attribute.lowest == "local")

    def both(self, laid: Laid, earlier: WaveFacts) -> dict[str, Figures]:
        """Return how many were counted in an earlier wave and are so again, by what they were counted as."""
        then, now = earlier.key, self.wave.key

        def figures(ask: Asked, few: Few) -> Figures:
            return few.left_out(counted("", laid, ask, columns={"": "people"})).people

        how: dict[str, Any] = {"grp": laid.attribute, "then": then, "now": now}
        answered, silent = (
            (lambda by: self.tables.ask(answered_again, "facts", by=by, **how)),
            (lambda by: self.tables.ask(silent_again, "members", "facts", by=by, **how)),
        )
        few = self._few[PARTICIPATION]
        found = {ANSWERED: figures(answered, few), SILENT: figures(silent, few)}
        held = [(wave.key, (wave.on - EPOCH).days) for wave in (earlier, self.wave)]
        for place, (role, code) in enumerate(self.manifest.roles.items()):
            ask = self._of_role(holding_again, role, laid, then=held[0], now=held[1])
            found[code] = figures(ask, self._few[PIPELINE].only(place))
        return found

    def _settled(self, raw: Raw) -> Raw:
        """Return a table without the few who are left out of all tables of its question."""
        if raw.question not in self._few:
            few = Few.of(raw.people, self.places, self.threshold)
            if raw.question == PARTICIPATION:
                few = few.only(raw.columns.index(ANSWERED))
            elif raw.question in {STANDING, COVERAGE}:
                few = few.also(self._few[PARTICIPATION])
            self._few[raw.question] = few
        return self._few[raw.question].left_out(raw)

    def _steps(self) -> Iterator[Callable[[], list[Raw]]]:
        for attribute in (None, *self.manifest.attributes):
            laid = self.laid(attribute)
            yield lambda laid=laid: [self.who_answered(laid, self.wave)]  # type: ignore[misc]
            yield lambda laid=laid: [self.standing(laid, self.wave)]  # type: ignore[misc]
            yield lambda laid=laid: self._growth(laid)  # type: ignore[misc]
            yield lambda laid=laid: [self._self_other(laid)]  # type: ignore[misc]
            yield lambda laid=laid: self.pipeline(laid, self.wave)  # type: ignore[misc]
        yield self._coverage

    def _participation(self, attribute: str, wave: WaveFacts) -> Asked:
        return lambda by: self.tables.ask(participation, "members", "facts", grp=attribute, wave=wave.key, by=by)

    def who_answered(self, laid: Laid, wave: WaveFacts) -> Raw:
        """Return how many answered in a wave."""
        names = (ANSWERED, SILENT) if laid.attribute else (MEMBERS, ANSWERED)
        ask = self._participation(laid.attribute, wave)
        raw = counted(PARTICIPATION, laid, ask, columns={name: name for name in names})
        return self._settled(raw)

    def standing(self, laid: Laid, wave: WaveFacts) -> Raw:
        """Return how many stand at each level in a wave."""

        def ask(by: tuple[str, ...]) -> pa.Table:
            how: dict[str, Any] = {"wave": wave.key, "themes": self.manifest.columns, "by": by}
            if "local" in by and not laid.of_locals:  # the cube does not count these
                return self.tables.ask(levels, "facts", grp=laid.attribute, **how)
            return self.tables.ask(levels_from_cube, "cube", attribute=laid.attribute, **how)

        return self._settled(counted(STANDING, laid, ask, columns=self._people_of_themes(), measures=_STANDING))

    def _growth(self, laid: Laid) -> list[Raw]:
        if self.then is None:
            return []
        how: dict[str, Any] = {
            "then": self.then.key,
            "now": self.wave.key,
            "themes": self.manifest.columns,
            "comparable": self.manifest.comparable,
            "spread": True,
        }

        def asked(of: Laid) -> Raw:
            by_group = [GROUP] if of.attribute else []
            found = self.tables.ask(growth, "facts", grp=of.attribute, by=by_group, places=("state", "local"), **how)

            def ask(by: tuple[str, ...]) -> pa.Table:
                there = np.ones(found.num_rows, np.bool_)
                for place in set(by) & {"state", "local"}:
                    there &= column(found, f"same_{place}") == 1
                return found.filter(pa.array(there))

            return counted(
                GROWTH, of, ask, columns=self._people_of_themes(), measures=_GROWTH, squares="_squares", adds_up=False
            )

        if not self._grown:
            self._grown.append(asked(self.laid(None)))
        found = with_elsewhere(asked(laid), self._grown[0]) if laid.attribute else self._grown[0]
        return [self._settled(found)]

    def _self_other(self, laid: Laid) -> Raw:
        how: dict[str, Any] = {"grp": laid.attribute, "wave": self.wave.key, "themes": self.manifest.columns}
        ask: Asked = lambda by: self.tables.ask(self_other, "facts", by=by, **how)  # noqa: E731
        return self._settled(counted(SELF_OTHER, laid, ask, columns=self._people_of_themes(), measures=_SELF_OTHER))

    def pipeline(self, laid: Laid, wave: WaveFacts) -> list[Raw]:
        """Return how many hold each role in a wave; nothing where there are no roles."""
        on = (wave.on - EPOCH).days
        found = []
        for role, code in self.manifest.roles.items():
            ask = _renamed(self._of_role(pipeline, role, laid, wave=wave.key, on=on), {"ending": f"{code}_ending"})
            found.append(counted(PIPELINE, laid, ask, columns={code: "hold"}, measures=_PIPELINE))
        return [self._settled(beside(found))] if found else []

    def _coverage(self) -> list[Raw]:
        found = []
        for code, targets in self.profiles.items():
            how = {"wave": self.wave.key, "targets": targets}
            ask: Asked = lambda by, how=how: self.tables.ask(role_coverage, "facts", by=by, **how)  # type: ignore[misc] # noqa: E731
            names = {name: f"{code}_{name}" for name in ("ready", "nearly")}
            found.append(
                counted(COVERAGE, self.laid(None), _renamed(ask, names), columns={code: "people"}, measures=_COVERAGE)
            )
        return [self._settled(beside(found))] if found else []

    def _of_role(self, question: Callable[..., Any], role: int, laid: Laid, **how: Any) -> Asked:
        def ask(by: tuple[str, ...]) -> pa.Table:
            key = (question.__name__, laid.attribute, by, repr(how))
            if key not in self._of_roles:
                self._of_roles[key] = self.tables.ask(question, "terms", grp=laid.attribute, by=by, **how)
            found = self._of_roles[key]
            return found.filter(pa.array(column(found, "role") == role))

        return ask

    def _people_of_themes(self) -> dict[str, str]:
        return {theme: f"{theme}_n" for theme in self.manifest.columns}


def _renamed(ask: Asked, names: Mapping[str, str]) -> Asked:
    def renamed(by: tuple[str, ...]) -> pa.Table:
        found = ask(by)
        return found.rename_columns([names.get(name, name) for name in found.schema.names])

    return renamed
