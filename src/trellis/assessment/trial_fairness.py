"""Whether the questions of an instrument work alike for fixed groups of people; it flags, a panel decides."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from trellis.assessment.trial_table import Scale, TrialTable
from trellis.measure.disclosure import protect
from trellis.measure.fairness import (
    LARGE,
    MODERATE,
    PEOPLE_PER_GROUP,
    ItemFairness,
    TooFewPeople,
    benjamini_hochberg,
    check_fairness,
)
from trellis.measure.tables import Floats
from trellis.people.queries import groups_of

Figures = dict[str, Any]
LEAST_TO_MATCH = 3


def fairness(table: TrialTable) -> list[Figures]:
    """Return for each attribute of people the sizes of its groups, what was compared, and what is flagged.

    Newest responses, one a person. Groups are compared one by one with everybody else; with fewer than 200 complete
    cases on either side nothing is computed. Group sizes are protected together: one small group hides another.
    """
    newest = table.newest
    people = [one.person for one in newest.given]
    if not people or min(people) < 0:
        return []
    return [_attribute(newest, name, [of.get(person) for person in people]) for name, of in groups_of(people).items()]


def _attribute(table: TrialTable, name: str, groups: Sequence[str | None]) -> Figures:
    counted = Counter(group for group in groups if group is not None)
    # By their codes: in the order of their size the hidden ones would tell between which numbers they lie.
    sizes = dict(sorted(counted.items()))
    # Only two groups are compared once: the second comparison would be the first one turned round.
    compared = list(sizes) if len(sizes) > 2 else [group for group, _ in counted.most_common(1)]
    found = [_comparison(table, group, groups) for group in compared if len(sizes) > 1]
    return {
        "attribute": name,
        "needed": PEOPLE_PER_GROUP,
        "groups": _protected(sizes, of_nobody=groups.count(None)),
        "comparisons": [entry for entry in found if entry is not None],
    }


def _protected(sizes: Mapping[str, int], *, of_nobody: int) -> list[Figures]:
    """Group sizes as they may be shown: None where hidden, also to protect another, or the few who are in none.

    How many there are of all is known.
    """
    kept = protect([*sizes.values(), *([of_nobody] if of_nobody else [])]).tolist()
    named = zip(sizes, kept, strict=False)
    return [{"group": group, "people": None if np.isnan(size) else int(size)} for group, size in named]


def _comparison(table: TrialTable, group: str, groups: Sequence[str | None]) -> Figures | None:
    """One group beside everybody else, or None where that is too few on either side for every scale."""
    second = np.array([np.nan if one is None else float(one == group) for one in groups])
    found: list[tuple[int, ItemFairness]] = []
    for scale in table.scales:
        found += _scale(table, scale, second)
    if not found:
        return None
    discovered = benjamini_hochberg([entry.p for _, entry in found])
    return {
        "group": group,
        "checked": len(found),
        "flagged": [
            _flagged(table, column, entry)
            for (column, entry), yes in zip(found, discovered.tolist(), strict=True)
            if yes and abs(entry.difference) >= MODERATE
        ],
    }


def _scale(table: TrialTable, scale: Scale, second: Floats) -> list[tuple[int, ItemFairness]]:
    """Check one scale's questions, matched on its own total: a domain is what its themes have in common.

    Two questions cannot say which of them differs, so a scale of fewer than three is matched on the whole form.
    """
    columns = scale.columns
    if len(columns) < LEAST_TO_MATCH:
        columns = tuple(column for each in table.scales for column in each.columns)
    if len(columns) < LEAST_TO_MATCH:
        return []
    report = check_fairness(table.values[:, list(columns)], second)
    if isinstance(report, TooFewPeople):
        return []
    return [pair for pair in zip(columns, report.items, strict=True) if pair[0] in scale.columns]


def _flagged(table: TrialTable, column: int, entry: ItemFairness) -> Figures:
    return {
        "code": table.pages[column][1],
        "size": "large" if abs(entry.difference) >= LARGE else "moderate",
        "higher": entry.difference > 0,
        "difference": round(abs(entry.difference), 2),
        "chi2": round(entry.mantel_chi2, 1),
        "confirmed": entry.confirmed_p < 0.05,
    }
