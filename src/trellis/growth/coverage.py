"""What a team can do together: how many of those who share stand at each level of each theme. A pure calculation."""

from collections.abc import Mapping
from dataclasses import dataclass

from trellis.framework.tree import DomainNode, EditionTree, ThemeNode
from trellis.growth.standing import MOBILIZING


@dataclass(frozen=True, slots=True)
class ThemeCoverage:
    """One theme: `known` people have a level; `at` counts those at level 1, 2, 3 or above; `only` is alone at 2."""

    theme: ThemeNode
    known: int
    at: tuple[int, ...]
    only: str

    @property
    def mobilizing(self) -> int:
        """How many stand at level 2 or above."""
        return self.at[MOBILIZING - 1]

    @property
    def is_missing(self) -> bool:
        """Whether people have answered and nobody stands at level 2."""
        return self.known > 0 and self.mobilizing == 0

    @property
    def is_single(self) -> bool:
        """Whether the team leans on one person."""
        return self.mobilizing == 1


@dataclass(frozen=True, slots=True)
class DomainCoverage:
    """A domain with its themes."""

    domain: DomainNode
    themes: tuple[ThemeCoverage, ...]


def cover(tree: EditionTree, levels: Mapping[int, Mapping[str, int]], names: Mapping[int, str]) -> list[DomainCoverage]:
    """Return coverage by domain, from known levels (by person and theme code) of those who share, and their names."""
    return [
        DomainCoverage(domain, tuple(_theme(theme, tree.top, levels, names) for theme in domain.themes))
        for domain in tree.domains
    ]


def _theme(
    theme: ThemeNode, top: int, levels: Mapping[int, Mapping[str, int]], names: Mapping[int, str]
) -> ThemeCoverage:
    known = {key: themes[theme.code] for key, themes in levels.items() if theme.code in themes}
    at = tuple(sum(level >= number for level in known.values()) for number in range(1, top + 1))
    able = [key for key, level in known.items() if level >= MOBILIZING]
    return ThemeCoverage(theme, len(known), at, names[able[0]] if len(able) == 1 else "")
