"""A standing joined: beside a person's own answer what others see and what is proven, each in a column of its own.

Nothing is mixed: others are known by the medians that their released 360 shows and by nothing more, so that no bar can
give away what a median hides.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from trellis.assessment.estimates import AssociationModel
from trellis.assessment.releasing import Report
from trellis.growth.seen import strength_of
from trellis.growth.standing import Standing, ThemeStanding
from trellis.measure.change import claims_gap
from trellis.measure.ladder import HALF_STEPS_PER_LEVEL, is_partly, level_of
from trellis.measure.precision import bar_around, combine, median_error
from trellis.measure.reliability import Strength


@dataclass(frozen=True, slots=True)
class OnLadder:
    """A place on the ladder, in half-steps."""

    half_steps: int

    @property
    def level(self) -> int:
        """The whole level."""
        return level_of(self.half_steps)

    @property
    def partly(self) -> bool:
        """Whether the next level has been begun."""
        return is_partly(self.half_steps)


@dataclass(frozen=True, slots=True)
class Seen(OnLadder):
    """What one kind of rater sees: the median, how many raters it stands on, and how strong that is."""

    group: str
    raters: int
    strength: Strength


@dataclass(frozen=True, slots=True)
class Others(OnLadder):
    """What others see in one theme: all of them together, each kind, and the bar of the whole in levels."""

    seen: tuple[Seen, ...]
    low: float
    high: float
    closed_on: dt.date

    @property
    def raters(self) -> int:
        """How many raters the shown medians stand on."""
        return sum(seen.raters for seen in self.seen)


@dataclass(frozen=True, slots=True)
class Proven:
    """What checked evidence proves in one theme: the levels attested, and the highest that has all below it."""

    levels: tuple[int, ...]

    @property
    def level(self) -> int:
        """The highest level with evidence for it and for every level below; 0 when the first is missing."""
        reached = 0
        while reached + 1 in self.levels:
            reached += 1
        return reached

    @property
    def missing(self) -> int | None:
        """The lowest level without evidence under one that has it: a gap in the ladder, shown and not filled."""
        return self.level + 1 if any(level > self.level + 1 for level in self.levels) else None


@dataclass(frozen=True, slots=True)
class JoinedTheme:
    """A theme in three columns; `gap` is +1 when others see more than the person does, -1 less, 0 none to claim."""

    mine: ThemeStanding
    others: Others | None
    proven: Proven | None
    gap: int
    asked: bool  # whether there is a released 360 at all


def joined(
    standing: Standing,
    association: AssociationModel,
    *,
    report: Report | None,
    closed_on: dt.date | None,
    attested: Mapping[UUID, Iterable[int]],
    top: int,
) -> dict[UUID, JoinedTheme]:
    """Return the three columns of every theme, by its uid.

    `report` is the newest 360 that was released to the person, closed on `closed_on`; `attested` are the levels with
    evidence that counts today, by theme uid.
    """
    places = {theme: place for place, theme in enumerate(association.theme_ids)}
    found = {}
    for mine in standing.themes:
        uid, place = mine.theme.uid, places.get(mine.theme.id)
        others = None
        if report is not None and closed_on is not None and place is not None:
            others = _others(report.themes.get(str(uid), {}), association, place, closed_on, top)
        levels = tuple(sorted(attested.get(uid, ())))
        gap = _gap(mine, others, association) if others else 0
        found[uid] = JoinedTheme(mine, others, Proven(levels) if levels else None, gap, report is not None)
    return found


def _observed(seen: Iterable[Seen], association: AssociationModel) -> list[tuple[float, float]]:
    """What each kind says in levels, free of its kind's bias, with its error variance."""
    model = association.model
    within = float(model.severity + model.halo + model.error)
    return [
        (
            each.half_steps / HALF_STEPS_PER_LEVEL - float(model.bias.get(each.group, 0.0)),
            median_error(within, each.raters),
        )
        for each in seen
    ]


def _others(
    shown: Mapping[str, tuple[int, int]], association: AssociationModel, place: int, closed_on: dt.date, top: int
) -> Others | None:
    seen = tuple(
        Seen(median, group, raters, strength_of(group, raters)) for group, (median, raters) in sorted(shown.items())
    )
    if not seen:
        return None
    model, observed = association.model, _observed(seen, association)
    said, _variance = _mean(observed)
    half_steps = min(HALF_STEPS_PER_LEVEL * top, max(0, round(HALF_STEPS_PER_LEVEL * said)))
    centre, variance = combine(float(model.mean[place]), float(model.person[place, place]), observed)
    low, high = bar_around(half_steps / HALF_STEPS_PER_LEVEL, centre, variance**0.5, top=top)
    return Others(half_steps, seen, low, high, closed_on)


def _mean(observed: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """The kinds together, each weighed by how sure it is, and the error variance of that."""
    first, *rest = observed
    return combine(*first, rest)


def _gap(mine: ThemeStanding, others: Others, association: AssociationModel) -> int:
    if mine.half_steps is None:
        return 0
    said, error = _mean(_observed(others.seen, association))
    own = mine.half_steps / HALF_STEPS_PER_LEVEL
    if not claims_gap(own, said, own_error=float(association.model.error), others_error=error):
        return 0
    return 1 if said > own else -1
