"""The themes that facts have a column for, over all editions of the main framework, and where wordings are equal."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations

from trellis.assessment.models import Instrument
from trellis.framework.models import Edition
from trellis.framework.queries import crosswalk_of, edition_tree, main_tree
from trellis.framework.tree import EditionTree, ThemeNode
from trellis.growth.standing import level_codes
from trellis.insight.facts.layout import column_of
from trellis.insight.facts.manifest import ThemeColumn

# A byte holds a mean of six half-steps in twentieths, and the cube has a place for three levels.
MOST_LEVELS = 3


class TooManyLevelsError(Exception):
    """The framework has more levels than the facts can hold."""


@dataclass(frozen=True, slots=True)
class Themes:
    """The columns in the order of the newest edition; which column each theme of any edition stands in, by its key.

    `comparable` are (edition then, edition now, column) where two different editions ask the same.
    """

    columns: tuple[ThemeColumn, ...]
    place_of: Mapping[int, int]
    comparable: tuple[tuple[int, int, str], ...]


def themes_in_use() -> Themes:
    """Return the themes of the main framework, in all editions that instruments ask about.

    Raises LookupError before there is a framework, and TooManyLevelsError for one of more than three levels.
    """
    tree = main_tree()
    if tree is None:
        raise LookupError("there is no framework yet: run `trellis load_framework` first")
    if tree.top > MOST_LEVELS:
        raise TooManyLevelsError(f"{tree.framework_code} has {tree.top} levels; insight can count up to {MOST_LEVELS}")
    asked = Edition.objects.filter(pk__in=Instrument.objects.values("edition"), framework__code=tree.framework_code)
    trees = {tree.id: tree} | {edition.pk: edition_tree(edition) for edition in asked.select_related("framework")}
    same = crosswalk_of(tree.id)
    columns = tuple(
        ThemeColumn(column_of(theme.code), theme.code, str(theme.uid), theme.domain_code) for theme in tree.themes
    )
    place = {column.code: number for number, column in enumerate(columns)}
    codes = level_codes(tree, trees, same)
    place_of = {key: place[code] for of_edition in codes.values() for key, code in of_edition.items()}
    return Themes(columns, place_of, _comparable(trees, codes, same))


def _comparable(
    trees: Mapping[int, EditionTree],
    codes: Mapping[int, Mapping[int, str]],
    same: Mapping[tuple[uuid.UUID, int], tuple[uuid.UUID, int]],
) -> tuple[tuple[int, int, str], ...]:
    def wordings(edition: int) -> dict[str, frozenset[tuple[uuid.UUID, int]]]:
        return {
            codes[edition][theme.id]: _wording(theme, same)
            for theme in trees[edition].themes
            if theme.id in codes[edition]
        }

    found = []
    for then, now in permutations(trees, 2):
        earlier, later = wordings(then), wordings(now)
        found += [(then, now, column_of(code)) for code in later if earlier.get(code) == later[code]]
    return tuple(sorted(found))


def _wording(
    theme: ThemeNode, same: Mapping[tuple[uuid.UUID, int], tuple[uuid.UUID, int]]
) -> frozenset[tuple[uuid.UUID, int]]:
    return frozenset(same.get(one, one) for one in theme.wording)
