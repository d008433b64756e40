"""Looks at a release as its readers will, and finds whatever they could work out; one finding blocks all of it.

Nothing here trusts what hid the counts: it starts from what is published. The true counts are taken only where they
spare the search for others that fit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trellis.insight.gate import lines
from trellis.insight.gate.places import Figures, Flags, Places
from trellis.insight.gate.protecting import Table
from trellis.insight.gate.raw import EVERYBODY
from trellis.insight.gate.rules import Key, Rules
from trellis.insight.gate.values import Family, told
from trellis.measure import disclosure

KINDS = ("top", "states", "locals")


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
    raw, threshold, why = table.raw, rules.threshold, "a hidden count of a group follows from what is shown"
    for place, name in enumerate(raw.columns):
        kept = ~(raw.pseudo & (raw.people.top[:, place] == 0))
        shown = table.people.each(lambda counts, place=place, kept=kept: counts[..., kept, place])
        truth = raw.people.each(lambda counts, place=place, kept=kept: counts[..., kept, place])
        known = totals[name]
        if np.isnan(known.top):
            if not np.isnan(shown.top).all() or not np.isnan(shown.states).all():
                yield _finding(table, place, places.top, why)
            continue
        if not disclosure.audit(shown.top, float(known.top), threshold):
            yield _finding(table, place, places.top, why)
        families = [(places.top, shown.states, truth.states, known.states, shown.top, known.top, places.nowhere.states)]
        for row, children in enumerate(places.children() if raw.of_locals else ()):
            families.append(
                (
                    int(places.states[row]), shown.locals[children], truth.locals[children], known.locals[children],
                    shown.states[row], known.states[row], places.nowhere.locals[children],
                )
            )  # fmt: skip
        for parent, cells, counts, rows, groups, whole, nowhere in families:
            if not whole > 0:
                if not np.isnan(cells).all():
                    yield _finding(table, place, parent, "parts of a hidden whole are shown")
                continue
            some = ~(nowhere & (rows == 0))
            facts = (rows[some], groups, float(whole))
            if not disclosure.audit(cells[some], facts, threshold, table=counts[some]):
                yield _finding(table, place, parent, why)


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
