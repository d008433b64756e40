"""Looks at a release as its readers will, and finds whatever they could work out; one finding blocks all of it.

Nothing here trusts what hid the counts: it starts from what is published. The true counts are taken only where they
spare the search for others that fit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trellis.insight.gate import lines
from trellis.insight.gate.places import Array, Figures, Flags, Places
from trellis.insight.gate.protecting import Table
from trellis.insight.gate.raw import EVERYBODY
from trellis.insight.gate.rules import Key, Rules
from trellis.insight.gate.values import Family, told
from trellis.measure import disclosure

KINDS = ("top", "states", "locals")
_GROUP = "a hidden count of a group follows from what is shown"


@dataclass(frozen=True, slots=True)
class Finding:
    """What could be worked out: in which table and column, among which places (by the key of their parent), and why."""

    question: str
    attribute: str
    column: str
    parent: int
    why: str

    def __str__(self) -> str:
        by = f" by {self.attribute}" if self.attribute else ""
        return f"{self.question}{by}, {self.column or 'people'}, under unit {self.parent}: {self.why}"


def audit(tables: Sequence[Table], places: Places, rules: Rules) -> list[Finding]:
    """Return everything that a reader of these tables can work out and may not know."""
    done: dict[Key, Table] = {(table.raw.question, table.raw.attribute): table for table in tables}
    found: list[Finding] = []
    for table in tables:
        if table.raw.attribute == EVERYBODY:
            found += _of_everybody(table, places, rules.threshold)
        else:
            found += _of_groups(table, places, rules, rules.totals(table.raw, done))
        found += _of_values(table, places)
        found += _against_rules(table, rules, done)
    return found


def _finding(table: Table, column: int, parent: int, why: str) -> Finding:
    return Finding(table.raw.question, table.raw.attribute, table.raw.columns[column], parent, why)


def _of_everybody(table: Table, places: Places, threshold: int) -> Iterator[Finding]:
    flat = table.people.each(lambda counts: counts[..., 0, :])
    for kind, row, column in lines.audit(flat, places, threshold):
        parent = places.states[places.state_of[row]] if kind == "locals" else places.top
        yield _finding(table, column, int(parent), "a hidden count follows from what is shown")


def _of_groups(table: Table, places: Places, rules: Rules, totals: Mapping[str, Figures]) -> Iterator[Finding]:
    raw = table.raw
    sensitive = rules.sensitive(raw)
    for place, name in enumerate(raw.columns):
        kept = ~(raw.pseudo & (raw.people.top[:, place] == 0))
        shown, truth, guarded = (
            of.each(lambda counts, place=place, kept=kept: counts[..., kept, place])
            for of in (table.people, raw.people, sensitive)
        )
        known = totals[name]
        if not disclosure.audit(shown.top, float(known.top), rules.threshold, table=truth.top, sensitive=guarded.top):
            yield _finding(table, place, places.top, _GROUP)
        states = _Parts(shown.states, truth.states, guarded.states, known.states, places.nowhere.states)
        if states.tells(shown.top, float(known.top), rules.threshold):
            yield _finding(table, place, places.top, _GROUP)
        for row, children in enumerate(places.children()):
            locals_ = _Parts(*(of.locals[children] for of in (shown, truth, guarded, known, places.nowhere)))
            if locals_.tells(shown.states[row], float(known.states[row]), rules.threshold):
                yield _finding(table, place, int(places.states[row]), _GROUP)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a place by groups: as shown, as they are, which may not be known, and what is known of each part."""

    shown: Array
    truth: Array
    sensitive: Flags
    people: Array
    nowhere: Flags

    def tells(self, groups: Array, whole: float, threshold: int) -> bool:
        """Say whether too much can be told with what is shown of the place itself: its groups, and all of it."""
        if not whole > 0:  # hidden, or nobody: then nothing below may be shown at all
            return not bool(np.isnan(self.shown).all())
        some = ~(self.nowhere & (self.people == 0))
        facts = (self.people[some], groups, whole)
        return not disclosure.audit(
            self.shown[some], facts, threshold, table=self.truth[some], sensitive=self.sensitive[some]
        )


def _of_values(table: Table, places: Places) -> Iterator[Finding]:
    raw = table.raw
    for measure, sums, values in zip(raw.measures, raw.sums, table.values, strict=True):
        for kind in KINDS:
            beside = getattr(values, kind), getattr(table.people, kind)
            if (np.isnan(beside[1]) & ~np.isnan(beside[0])).any():
                yield _finding(table, 0, places.top, "a value is shown of people who are not")
        for parent, of, shown, covered in _families(table, sums, places):
            known = told(measure.scale, of, covered) & shown
            for column in np.unique(np.nonzero(np.atleast_2d(known))[-1]).tolist():
                yield _finding(table, column, parent, f"{measure.name} of those who are hidden is told by the rest")


def _families(table: Table, sums: Figures, places: Places) -> Iterator[tuple[int, Family, Flags, Flags]]:
    """Yield children with a whole that readers know: places below a place, and the groups of each place."""
    counts, people = table.raw.people, table.people
    lists: list[tuple[int, str, slice, str, tuple[int, ...]]] = [(places.top, "states", slice(None), "top", ())]
    lists += [
        (int(places.states[row]), "locals", children, "states", (row,))
        for row, children in enumerate(places.children() if table.raw.of_locals else ())
    ]  # fmt: skip
    for parent, kind, children, above, at in lists:
        s, c, p = (getattr(of, kind)[children] for of in (sums, counts, people))
        whole = Family(s, c, getattr(sums, above)[at], getattr(counts, above)[at])
        yield parent, whole, ~np.isnan(getattr(people, above)[at]), np.isnan(p)
        if table.raw.attribute:
            of_groups = Family(s.swapaxes(0, 1), c.swapaxes(0, 1), s.sum(axis=1), c.sum(axis=1))
            yield parent, of_groups, ~np.isnan(p).all(axis=1), np.isnan(p).swapaxes(0, 1)


def _against_rules(table: Table, rules: Rules, done: Mapping[Key, Table]) -> Iterator[Finding]:
    raws = {key: one.raw for key, one in done.items()}
    forbidden = rules.forbidden(table.raw, raws, done)
    nobody = rules.places.empty(table.raw.people)
    for kind in KINDS:
        broken = getattr(forbidden, kind) & ~np.isnan(getattr(table.people, kind)) & ~getattr(nobody, kind)
        for column in np.unique(np.nonzero(broken)[-1]).tolist() if broken.any() else ():
            yield _finding(table, column, rules.places.top, "it follows from another table, or from an earlier release")
    if rules.rest_of_few(table, table.hidden):
        yield _finding(table, 0, rules.places.top, "what is hidden changed by too few since an earlier release")
