"""Which mentor fits which mentee, how well, and why: for one who looks for a mentor, and for a whole group at once.

A pure calculation on what was read elsewhere; the weights are data (`data/matching.yaml`). People decide, not this.
"""

import enum
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trellis.measure.assignment import assign
from trellis.people.nearness import Home, Nearness, nearness

Scores = NDArray[np.float64]
Weights = Mapping[str, Any]
Forbidden = Collection[tuple[int, int]]
_NOWHERE = Home(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Side:
    """What both sides have: a key, how much each theme counts (0 to 1), and when, in what language and how to meet."""

    key: int
    themes: Mapping[str, float]
    times: frozenset[str]
    languages: frozenset[str]
    in_person: bool
    online: bool
    home: Home = _NOWHERE


@dataclass(frozen=True, slots=True)
class Seeker(Side):
    """Somebody who looks for a mentor; `themes` holds their need in each."""


@dataclass(frozen=True, slots=True)
class Helper(Side):
    """Somebody who offers to mentor; `themes` holds their strength in each, `room` how many places are free."""

    room: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """Why two fit: shared themes (what counts most first), times, languages, and how near they are."""

    themes: tuple[str, ...]
    times: tuple[str, ...]
    languages: tuple[str, ...]
    near: Nearness


class Without(enum.StrEnum):
    """Why somebody stays without a mentor. `NOBODY` covers what must not be told apart, such as people kept apart."""

    THEMES = "themes"
    LANGUAGE = "language"
    TIMES = "times"
    FULL = "full"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Proposals:
    """For a whole group: a mentor for each mentee who gets one, who else would fit, and why others get none."""

    pairs: Mapping[int, int]
    others: Mapping[int, tuple[int, ...]]
    without: Mapping[int, Without]


def need(level: int | None, target: int, top: int, weights: Weights) -> float:
    """Return how much somebody needs a theme, from the level where they stand (None: not known) to the target."""
    least: float = weights["need"]["least"]
    climb = max(0, target - level) if level is not None else 0
    return least + (1 - least) * min(1.0, climb / top)


def facts_of(seeker: Seeker, helper: Helper) -> Facts:
    """Return what the two share."""
    shared = [code for code in seeker.themes if helper.themes.get(code)]
    shared.sort(key=lambda code: (-seeker.themes[code] * helper.themes[code], code))
    return Facts(
        tuple(shared),
        tuple(sorted(seeker.times & helper.times)),
        tuple(sorted(seeker.languages & helper.languages)),
        nearness(seeker.home, helper.home),
    )


def fit(seekers: Sequence[Seeker], helpers: Sequence[Helper], weights: Weights, forbidden: Forbidden = ()) -> Scores:
    """Return how well each mentor (column) fits each mentee (row), from 0 (not at all, or not allowed) to 1."""
    parts = _parts(seekers, helpers, weights)
    score = parts.themes * parts.times * parts.near * parts.speak * parts.meet
    rows = {seeker.key: row for row, seeker in enumerate(seekers)}
    columns = {helper.key: column for column, helper in enumerate(helpers)}
    for one, other in forbidden:
        if one in rows and other in columns:
            score[rows[one], columns[other]] = 0.0
    for key in rows.keys() & columns.keys():
        score[rows[key], columns[key]] = 0.0
    return score


def propose(
    seekers: Iterable[Seeker],
    helpers: Iterable[Helper],
    weights: Weights,
    forbidden: Forbidden = (),
    *,
    alternatives: int = 3,
) -> Proposals:
    """Return proposals for a whole group: the largest sum of fits, no mentor beyond their room, no forbidden pair.

    The order in which people come changes nothing.
    """
    rows, columns = sorted(seekers, key=lambda one: one.key), sorted(helpers, key=lambda one: one.key)
    score = fit(rows, columns, weights, forbidden)
    good = score >= weights["least"]
    value = np.where(good & (score > 0), score + weights["pair"], 0.0)
    room = np.array([helper.room for helper in columns], dtype=np.int64)
    chosen = {rows[row].key: columns[column].key for row, column in assign(value, room)}
    others, without = {}, {}
    parts = _parts(rows, columns, weights)
    for place, seeker in enumerate(rows):
        order = np.argsort(-score[place], kind="stable").tolist()
        able = [columns[column] for column in order if value[place, column] > 0]
        free = [helper.key for helper in able if helper.room and helper.key != chosen.get(seeker.key)]
        others[seeker.key] = tuple(free[:alternatives])
        if seeker.key not in chosen:
            without[seeker.key] = Without.FULL if able else _why(parts, place)
    return Proposals(chosen, others, without)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The factors of the fit, each a matrix of mentees x mentors."""

    themes: Scores
    times: Scores
    near: Scores
    speak: Scores
    meet: Scores


def _parts(seekers: Sequence[Seeker], helpers: Sequence[Helper], weights: Weights) -> _Parts:
    speak = _shared(seekers, helpers, lambda side: side.languages) > 0
    in_person = _both(seekers, helpers, lambda side: side.in_person)
    online = _both(seekers, helpers, lambda side: side.online)
    only_in_person = _near(seekers, helpers, weights["near_in_person"])
    return _Parts(
        themes=_themes(seekers, helpers, weights["themes"]["further"]),
        times=_times(seekers, helpers, weights["times"]),
        near=np.where(online, _near(seekers, helpers, weights["near"]), only_in_person),
        speak=speak.astype(np.float64),
        meet=(in_person | online).astype(np.float64),
    )


def _why(parts: _Parts, row: int) -> Without:
    """Say what the first thing is that nobody has; only what both sides say of themselves is told apart."""
    able = parts.themes[row] > 0
    if not able.any():
        return Without.THEMES
    able &= parts.speak[row] > 0
    if not able.any():
        return Without.LANGUAGE
    able &= (parts.times[row] * parts.meet[row] * parts.near[row]) > 0
    return Without.NOBODY if able.any() else Without.TIMES


def _themes(seekers: Sequence[Side], helpers: Sequence[Side], further: float) -> Scores:
    codes = sorted({code for seeker in seekers for code in seeker.themes})
    wanted, offered = (
        np.array([[side.themes.get(code, 0.0) for code in codes] for side in sides], dtype=np.float64)
        .reshape(len(sides), len(codes))
        for sides in (seekers, helpers)
    )  # fmt: skip
    best = np.zeros((len(seekers), len(helpers)))
    for column in range(len(codes)):
        np.maximum(best, np.outer(wanted[:, column], offered[:, column]), out=best)
    return np.minimum(1.0, best + further * (wanted @ offered.T - best))


def _times(seekers: Sequence[Side], helpers: Sequence[Side], weights: Mapping[str, float]) -> Scores:
    shared = _shared(seekers, helpers, lambda side: side.times)
    by_count = np.array([weights[name] for name in ("none", "one", "two", "more")])
    both_say = _both(seekers, helpers, lambda side: bool(side.times))
    return np.where(both_say, by_count[np.minimum(shared, 3)], weights["unsaid"])


def _near(seekers: Sequence[Side], helpers: Sequence[Side], weights: Mapping[str, float]) -> Scores:
    found = np.full((len(seekers), len(helpers)), weights[Nearness.ELSEWHERE])
    for kind in (Nearness.STATE, Nearness.LOCAL, Nearness.WORKSITE):
        ones, others = (
            np.array([getattr(side.home, kind.value) for side in sides], dtype=np.int64) for sides in (seekers, helpers)
        )
        found[(ones[:, None] == others) & (ones[:, None] != 0)] = weights[kind.value]
    return found


def _both(seekers: Sequence[Side], helpers: Sequence[Side], says: Callable[[Side], bool]) -> NDArray[np.bool_]:
    ones, others = (np.array([says(side) for side in sides], dtype=np.bool_) for sides in (seekers, helpers))
    return ones[:, None] & others


def _shared(
    seekers: Sequence[Side], helpers: Sequence[Side], codes_of: Callable[[Side], frozenset[str]]
) -> NDArray[np.int64]:
    """Return how many codes each two have in common."""
    codes = {code: place for place, code in enumerate(sorted({code for side in seekers for code in codes_of(side)}))}
    matrices = []
    for sides in (seekers, helpers):
        matrix = np.zeros((len(sides), len(codes)), dtype=np.int64)
        for row, side in enumerate(sides):
            matrix[row, [codes[code] for code in codes_of(side) if code in codes]] = 1
        matrices.append(matrix)
    found: NDArray[np.int64] = matrices[0] @ matrices[1].T
    return found
