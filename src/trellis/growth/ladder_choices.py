"""Which activities a goal offers, in which order: the ladder is climbed from the lowest level not there yet. Pure."""

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from trellis.framework.tree import ActivityNode, CellNode, ThemeNode


class Why(StrEnum):
    """Why a level is offered where it stands."""

    FIRST = "first"  # below the target, and not there yet
    TARGET = "target"
    THERE = "there"  # by the person's own answers


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """The activities of one level, each with whether it is in the goal already."""

    cell: CellNode
    why: Why
    activities: tuple[tuple[ActivityNode, bool], ...]


def level_choices(theme: ThemeNode, *, level: int, target: int, taken: Container[UUID | None]) -> list[LevelChoice]:
    """Return what to choose from: missing levels from the lowest up to the target, then those that are there.

    `level` is where the person stands. Levels above the target are left out; the target itself never is.
    """
    cells = [cell for cell in theme.cells if cell.level <= target]
    missing = [cell for cell in cells if cell.level > level]
    there = [cell for cell in reversed(cells) if cell.level <= level]
    return [
        LevelChoice(
            cell,
            _why(cell.level, level=level, target=target),
            tuple((activity, activity.uid in taken) for activity in cell.activities),
        )
        for cell in (*missing, *there)
    ]


def missing_levels(*, level: int, target: int) -> tuple[int, ...]:
    """Return the levels to learn for, lowest first: those between, or the target alone when it is there already."""
    return tuple(range(min(level + 1, target), target + 1))


def _why(cell: int, *, level: int, target: int) -> Why:
    if cell <= level:
        return Why.THERE
    return Why.TARGET if cell == target else Why.FIRST
