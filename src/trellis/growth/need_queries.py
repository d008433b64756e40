"""Reads of needs: what roles ask for, and what has been released; never a count that was not."""

from collections.abc import Iterable
from dataclasses import dataclass

from trellis.framework.tree import EditionTree
from trellis.growth.models import NeedRelease, ProfileTarget
from trellis.people.models import Unit


@dataclass(frozen=True, slots=True)
class ReleasedNeed:
    """How many members of a unit have a cell as their next step, as released; None for hidden, whatever the reason."""

    unit: Unit
    theme_code: str
    level: int
    people: int | None


def targets_by_role(tree: EditionTree) -> dict[int, dict[str, int]]:
    """Return what each role with a profile asks for: level by theme code, by the role's key. One query.

    Of several editions of the framework the newest profile counts.
    """
    rows = (
        ProfileTarget.objects.filter(profile__edition__framework__code=tree.framework_code)
        .order_by("profile__edition__published_at", "pk")
        .values_list("profile__role_id", "profile_id", "theme_code", "level")
    )
    newest: dict[int, tuple[int, dict[str, int]]] = {}
    for role, profile, code, level in rows:
        if role not in newest or newest[role][0] != profile:
            newest[role] = profile, {}
        newest[role][1][code] = level
    return {role: targets for role, (_profile, targets) in newest.items()}


def releases_of(units: Iterable[Unit], tree: EditionTree) -> dict[int, NeedRelease]:
    """Return what is released of these units, by key; a unit that is missing is hidden. One query."""
    rows = NeedRelease.objects.filter(unit__in=list(units), edition_id=tree.id, is_direct=False)
    return {row.unit_id: row for row in rows}


def released_needs(units: Iterable[Unit], tree: EditionTree) -> list[ReleasedNeed]:
    """Return one row for each unit and cell, in the framework's order: all that may leave the house. One query."""
    units = list(units)
    found = releases_of(units, tree)
    return [
        ReleasedNeed(unit, theme.code, cell.level, need_in(found.get(unit.pk), theme.code, cell.level))
        for unit in units
        for theme in tree.themes
        for cell in theme.cells
    ]


def need_in(release: NeedRelease | None, code: str, level: int) -> int | None:
    """Return one cell of a release, None for hidden."""
    row = release.cells.get(code) if release else None
    return row[level - 1] if row else None
