"""Geometry of the skyline: one column a theme, three boxes high, a whisker for the bar; drawn by a template as SVG."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from trellis.framework.tree import LevelNode
from trellis.growth.standing import DomainStanding, Standing, ThemeStanding

LEFT, COLUMN, STEP, GAP = 132, 24, 27, 20
BOX, RISE, LEVELS = 38, 41, 3
ROOM = 14  # characters that fit left of the first column
LINES = 2  # of a domain's name, under its columns
FLOOR = BOX + RISE * (LEVELS - 1)


@dataclass(frozen=True, slots=True)
class Box:
    """One rung of a column: its fill class (`f0` empty), and whether it is begun, so that only its foot is filled."""

    x: int
    y: int
    fill: str
    begun: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One theme's column; `low` and `high` are the whisker's ends, None when there is no level.

    `seen` is the middle of the diamond that marks what others see, None when that is not known.
    """

    x: int
    middle: int
    boxes: tuple[Box, ...]
    low: float | None
    high: float | None
    grown: bool
    top_y: int
    seen: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """One domain's columns with the line and the words under them.

    `shapes` draw all columns at once: SVG paths with their class, the boxes of one colour in one.
    """

    columns: tuple[Column, ...]
    shapes: tuple[tuple[str, str], ...]
    start: int
    end: int
    label: tuple[str, ...]
    mobilizing: int
    themes: int
    change: int


@dataclass(frozen=True, slots=True)
class Skyline:
    """The whole drawing; `rungs` are the level numbers and short names at its left, with their y."""

    groups: tuple[Group, ...]
    width: int
    rungs: tuple[tuple[int, str, float], ...]


def height_of(levels: float) -> float:
    """Return the y of a value in levels (0 at the floor, 3 at the top): boxes stand RISE apart."""
    return round(FLOOR - levels * RISE + (RISE - BOX) * (levels >= LEVELS), 1)


def middle_of(levels: float) -> float:
    """Return the y of the middle of the box that a level fills; 0 lies just under the lowest, half-steps between."""
    if levels < 1:
        return round(FLOOR + 9 - levels * (BOX / 2 + 9), 1)
    return round(FLOOR - BOX / 2 - RISE * (levels - 1), 1)


def draw(standing: Standing, levels: tuple[LevelNode, ...], seen: Mapping[UUID, float] | None = None) -> Skyline:
    """Lay out a standing; the width follows the number of themes and domains, so any framework of this shape fits.

    `seen` is what others see, in levels by theme uid.
    """
    groups, x = [], LEFT
    for domain in standing.domains:
        group = _group(domain, x, seen or {})
        groups.append(group)
        x = group.end + GAP
    rungs = tuple(
        (
            level.number,
            level.name if len(level.name) <= ROOM else level.name.split()[0][:ROOM],
            height_of(level.number - 0.6),
        )
        for level in levels
    )
    return Skyline(tuple(groups), x - GAP + 4, rungs)


def _group(domain: DomainStanding, x: int, seen: Mapping[UUID, float]) -> Group:
    columns = tuple(
        _column(theme, x + STEP * place, seen.get(theme.theme.uid)) for place, theme in enumerate(domain.themes)
    )
    label = tuple(_label(domain.domain.name, max(15, (STEP * len(columns) + GAP) // 7)))
    # A long name must not run into the next domain's, so a narrow domain takes the room of its longest line.
    end = max(x + STEP * len(columns) - 3, x + 7 * max(len(line) for line in label))
    return Group(columns, tuple(_shapes(columns)), x, end, label, domain.mobilizing, len(domain.themes), domain.change)


_ROUND = "a4 4 0 0 1 4-4h16a4 4 0 0 1 4 4v30a4 4 0 0 1-4 4h-16a4 4 0 0 1-4-4z"
_FOOT = "h24v15a4 4 0 0 1-4 4h-16a4 4 0 0 1-4-4z"


def _shapes(columns: tuple[Column, ...]) -> Iterator[tuple[str, str]]:
    """Paths of a domain's columns, those on top last."""
    boxes: dict[str, list[str]] = {}
    feet: dict[str, list[str]] = {}
    for column in columns:
        for box in column.boxes:
            boxes.setdefault("f0" if box.begun else box.fill, []).append(f"M{box.x} {box.y + 4}{_ROUND}")
            if box.begun:
                feet.setdefault(box.fill, []).append(f"M{box.x} {box.y + BOX // 2}{_FOOT}")
    for fill, paths in sorted(boxes.items()):
        yield fill, "".join(paths)
    for fill, paths in sorted(feet.items()):
        yield f"{fill} begun", "".join(paths)
    grown = [column for column in columns if column.grown]
    if grown:
        yield "new", "".join(f"M{column.x} {column.top_y + 4}{_ROUND}" for column in grown)
        yield "fold", "".join(f"M{column.x + 14} {column.top_y}h7a3 3 0 0 1 3 3v7z" for column in grown)
    bars = [column for column in columns if column.low is not None]
    if bars:
        yield "whisker", "".join(_bar(column) for column in bars)
    seen = [f"M{column.middle} {column.seen - 6:g}l6 6-6 6-6-6z" for column in columns if column.seen is not None]
    if seen:
        yield "ob", "".join(seen)


def _bar(column: Column) -> str:
    left = column.middle - 4
    return f"M{column.middle} {column.low}V{column.high}M{left} {column.high}h8M{left} {column.low}h8"


def _column(theme: ThemeStanding, x: int, seen: float | None) -> Column:
    boxes = []
    for level in range(1, LEVELS + 1):
        filled = theme.is_known and theme.level >= level
        begun = theme.is_known and theme.partly and theme.level == level - 1
        boxes.append(Box(x, FLOOR - BOX - RISE * (level - 1), f"f{level}" if filled or begun else "f0", begun))
    low = height_of(theme.low) if theme.is_known else None
    high = height_of(theme.high) if theme.is_known else None
    return Column(
        x,
        x + COLUMN // 2,
        tuple(boxes),
        low,
        high,
        theme.change > 0,
        FLOOR - BOX - RISE * (max(1, theme.level) - 1),
        None if seen is None else middle_of(seen),
    )


def _label(name: str, width: int) -> list[str]:
    """Return the name in as many lines as there is room for, the narrower the better."""
    while len(lines := _lines(name, width)) > LINES:
        width += 1
    return lines


def _lines(name: str, width: int) -> list[str]:
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
