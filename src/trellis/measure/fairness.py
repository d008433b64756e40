"""Whether a statement works alike for two groups of people who stand equally high: it flags, a panel decides."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from trellis.measure.ordinal import proportional_odds
from trellis.measure.scientific import stats
from trellis.measure.tables import Flags, Floats, Labels, Places, complete_rows, floats, labels, ratio, vector

# Fewer than this many people in a group, and nothing may be said about fairness.
PEOPLE_PER_GROUP = 200
# Standardised mean difference from which a significant difference is moderate, and large (the ETS classes B and C).
MODERATE, LARGE = 0.17, 0.25
FALSE_DISCOVERIES = 0.05

Flag = Literal["none", "moderate", "large"]


@dataclass(frozen=True, slots=True)
class TooFewPeople:
    """Fairness cannot be checked. This holds no counts, because the size of a small group is not for showing."""

    needed: int

    def __str__(self) -> str:
        return "too few people to check fairness"


@dataclass(frozen=True, slots=True)
class ItemFairness:
    """What the check found for one item: positive differences favour the second group, at the same total."""

    mantel_chi2: float
    p: float
    difference: float
    flag: Flag
    confirmed_p: float
    delta_mcfadden: float


@dataclass(frozen=True, slots=True)
class FairnessReport:
    """One entry per item, in their order, and the two groups that were compared."""

    groups: tuple[Hashable, Hashable]
    items: tuple[ItemFairness, ...]


@dataclass(frozen=True, slots=True)
class _People:
    """Complete cases: an item's answers, what they are matched on, and whether each is in the second group."""

    item: Floats
    total: Floats
    second: Flags
    groups: tuple[Hashable, Hashable]


def _people(item: ArrayLike, total: ArrayLike, group: Labels) -> _People:
    answers, totals = vector(item, of="item"), vector(total, of="total")
    places, codes = labels(group, of="group")
    if not len(answers) == len(totals) == len(places):
        raise ValueError(f"{len(answers)} answers, {len(totals)} totals and {len(places)} groups: must be equally many")
    if np.isinf(answers).any() or np.isinf(totals).any():
        raise ValueError("answers and totals must not be infinite")
    complete = ~np.isnan(answers) & ~np.isnan(totals) & (places >= 0)
    found = np.unique(places[complete])
    if len(found) != 2:
        raise ValueError(f"expected two groups, found {len(found)}")
    first, second = (codes[place] for place in found)
    return _People(answers[complete], totals[complete], places[complete] == found[1], (first, second))


def ordinal_dif(item: ArrayLike, total: ArrayLike, group: Labels) -> dict[str, float]:
    """Return whether an item works alike for two groups: three sequences of length n.

    `item` are answers in ordered categories (numbers), `total` what people are matched on, `group` one of two codes;
    people who miss one of the three (None or NaN) are left out. Compares two proportional odds models of the item,
    total against total + group + total x group. The keys: `chi2` twice the gain in log-likelihood, on `df` 2; its `p`;
    `delta_mcfadden` the gain in McFadden's R2 (1 - loglik / loglik without predictors). An item that all answered alike
    gives 0, 1 and 0. Raises ValueError for unequal lengths, a number of groups other than two, a total that is the same
    for all, and infinite numbers. Source: Swaminathan & Rogers (1990); Crane et al. (2006); R's lordif.
    """
    people = _people(item, total, group)
    if np.ptp(people.total) == 0:
        raise ValueError("nobody can be matched: the total is the same for all")
    middle = people.total - people.total.mean()
    matched, second = middle / middle.std(), people.second.astype(np.float64)
    alone = proportional_odds(people.item, matched[:, None]).loglik
    both = proportional_odds(people.item, np.column_stack([matched, second, matched * second])).loglik
    nothing = proportional_odds(people.item, np.empty((len(matched), 0))).loglik
    chi2 = max(0.0, 2 * (both - alone))
    gain = (both - alone) / -nothing if nothing else 0.0
    return {"chi2": chi2, "df": 2.0, "p": float(stats.chi2.sf(chi2, 2)), "delta_mcfadden": max(0.0, gain)}


@dataclass(frozen=True, slots=True)
class Mantel:
    """Mantel's chi2 on one degree of freedom, its p, and the standardised mean difference at the same total."""

    chi2: float
    p: float
    difference: float


def mantel(item: ArrayLike, total: ArrayLike, group: Labels) -> Mantel:
    """Return Mantel's test of an item between two groups at the same total, and how large the difference is.

    Shapes, missing values and errors as in `ordinal_dif`. The second group (in sorted order) is the focal one; a
    positive difference means that it answers higher. `difference` is the mean over focal people of their answer minus
    the other group's mean at that total, in standard deviations of the item over everybody. Totals that only one group
    has compare nobody and are left out; where none is left, or nothing varies, chi2 is 0, p 1 and the difference NaN.
    Source: Mantel (1963), JASA 58; Zwick, Donoghue & Grima (1993); Dorans & Schmitt (1991).
    """
    people = _people(item, total, group)
    place = np.unique(people.total, return_inverse=True)[1]
    centred = people.item - people.item.mean()
    all_sums, all_squares = _sums(place, centred), _sums(place, centred**2)
    size, focal = _sums(place, np.ones_like(centred)), _sums(place, people.second.astype(np.float64))
    focal_sum = _sums(place, centred * people.second)
    shared = (focal > 0) & (focal < size)
    size, focal, focal_sum, all_sums, all_squares = (
        each[shared] for each in (size, focal, focal_sum, all_sums, all_squares)
    )
    other = size - focal
    excess = float((focal_sum - focal * all_sums / size).sum())
    spread = size * all_squares - all_sums**2
    variance = float((other * focal * spread.clip(min=0.0) / (size**2 * (size - 1))).sum())
    deviation = float(people.item.std(ddof=1))
    negligible = variance <= 1e-12 * deviation**2
    chi2 = 0.0 if negligible else excess**2 / variance
    apart = float((focal_sum - focal * (all_sums - focal_sum) / other).sum())
    return Mantel(chi2, float(stats.chi2.sf(chi2, 1)), ratio(apart, float(focal.sum()) * deviation))


def _sums(place: Places, values: Floats) -> Floats:
    return np.bincount(place, weights=values).astype(np.float64)


def benjamini_hochberg(p: ArrayLike, q: float = FALSE_DISCOVERIES) -> Flags:
    """Return which of m p-values (a vector) are discoveries when a share q of false ones is allowed.

    A p that is NaN counts as a test but is never a discovery. Raises ValueError for p or q outside of 0 to 1. Source:
    Benjamini & Hochberg (1995), JRSS B 57.
    """
    values = vector(p, of="p-values")
    if not 0 <= q <= 1 or (values < 0).any() or (values > 1).any():
        raise ValueError("p and q must lie in [0, 1]")
    ranked = np.sort(np.where(np.isnan(values), np.inf, values))
    within = np.flatnonzero(ranked <= q * np.arange(1, len(values) + 1) / max(1, len(values)))
    found: Flags = values <= (ranked[within[-1]] if len(within) else -1.0)
    return found


def _flag(found: Mantel, discovered: bool) -> Flag:
    size = abs(found.difference)
    if not discovered or np.isnan(size) or size < MODERATE:
        return "none"
    return "large" if size >= LARGE else "moderate"


def _flags(found: list[Mantel]) -> list[Flag]:
    discovered = benjamini_hochberg([each.p for each in found])
    return [_flag(each, bool(yes)) for each, yes in zip(found, discovered, strict=True)]


def _entry(found: Mantel, flag: Flag, item: Floats, total: Floats, second: Places) -> ItemFairness:
    # A total that is the same for all compares nobody, and so confirms nothing.
    logistic = ordinal_dif(item, total, second) if np.ptp(total) else {"p": 1.0, "delta_mcfadden": 0.0}
    return ItemFairness(found.chi2, found.p, found.difference, flag, logistic["p"], logistic["delta_mcfadden"])


def check_fairness(items: ArrayLike, group: Labels, needed: int = PEOPLE_PER_GROUP) -> FairnessReport | TooFewPeople:
    """Return what the fairness check flags in a table of answers (persons x items), or that there are too few people.

    `group` has one of two codes per person. People who miss an answer or their group are left out, and `needed` of each
    group must remain (more may be asked for, never fewer). Each item: Mantel's test matched on the total of all items,
    Benjamini-Hochberg over all items, flags at .17 and .25 standard deviations; then once more with the flagged items
    taken out of the total (the item itself always stays in it), and the ordinal logistic test on that total to confirm.
    Raises ValueError for other shapes and for more than two groups.
    """
    if needed < PEOPLE_PER_GROUP:
        raise ValueError(f"fairness is not checked with fewer than {PEOPLE_PER_GROUP} people in a group")
    places, codes = labels(group, of="group")
    table = floats(items)
    if table.ndim != 2 or len(table) != len(places):
        raise ValueError(f"expected persons x items and one group per person, found {table.shape} and {len(places)}")
    if len(codes) > 2:
        raise ValueError(f"expected two groups, found {len(codes)}")
    both = np.column_stack([table, np.where(places < 0, np.nan, places)])
    kept = complete_rows(both, rows=0, columns=2, of="answers")
    answers, second = kept[:, :-1], kept[:, -1].astype(np.intp)
    if len(codes) < 2 or np.bincount(second, minlength=2).min() < needed:
        return TooFewPeople(needed)

    total = answers.sum(axis=1)
    suspected = np.array([flag != "none" for flag in _flags([mantel(item, total, second) for item in answers.T])])
    if suspected.all():
        # Nothing clean is left to match on; matched on itself, every item would look fair.
        suspected[:] = False
    clean = answers[:, ~suspected].sum(axis=1)
    totals = [clean + item if out else clean for item, out in zip(answers.T, suspected, strict=True)]
    found = [mantel(item, matched, second) for item, matched in zip(answers.T, totals, strict=True)]
    entries = [
        _entry(each, flag, item, matched, second)
        for each, flag, item, matched in zip(found, _flags(found), answers.T, totals, strict=True)
    ]
    return FairnessReport((codes[0], codes[1]), tuple(entries))
