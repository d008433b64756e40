"""From answers to a standing: a level per theme with its bar, what changed, and when. A pure calculation."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trellis.assessment.estimates import AssociationModel, provisional
from trellis.assessment.queries import Answer
from trellis.framework.tree import DomainNode, EditionTree, ThemeNode
from trellis.growth.bars import Bars, bars_of
from trellis.measure.change import claims_domain_change, claims_theme_change
from trellis.measure.ladder import HALF_STEPS_PER_LEVEL, is_partly, level_of

MOBILIZING = 2  # the level that counts are made for: "4 of 6 at level 2 or above"


@dataclass(frozen=True, slots=True)
class ThemeStanding:
    """A person's current level in one theme.

    `half_steps` is None when the theme was not answered or there was no chance. `low` and `high` are the bar in
    levels. `previous` is the half-steps of the wave before, given on the same wording; `change` is +1 or -1 only
    when the difference may be claimed, else 0.
    """

    theme: ThemeNode
    half_steps: int | None
    no_chance: bool
    low: float
    high: float
    answered_on: dt.date | None
    previous: int | None
    previous_on: dt.date | None
    change: int

    @property
    def is_known(self) -> bool:
        """Whether there is a level to show."""
        return self.half_steps is not None

    @property
    def level(self) -> int:
        """The whole level, 0 when it is not known."""
        return level_of(self.half_steps or 0)

    @property
    def partly(self) -> bool:
        """Whether the next level has been begun."""
        return is_partly(self.half_steps or 0)

    @property
    def levels(self) -> float:
        """The answer in levels, in steps of a half."""
        return (self.half_steps or 0) / HALF_STEPS_PER_LEVEL


@dataclass(frozen=True, slots=True)
class DomainStanding:
    """A domain's themes; `change` is +1 or -1 only when the domain's mean has changed by more than chance."""

    domain: DomainNode
    themes: tuple[ThemeStanding, ...]
    change: int

    @property
    def known(self) -> int:
        """How many themes have a level."""
        return sum(theme.is_known for theme in self.themes)

    @property
    def mobilizing(self) -> int:
        """How many themes stand at level 2 or above."""
        return sum(theme.level >= MOBILIZING for theme in self.themes)


@dataclass(frozen=True, slots=True)
class Standing:
    """A whole standing: never one number, always a profile."""

    domains: tuple[DomainStanding, ...]
    as_of: dt.date | None
    since: dt.date | None
    is_provisional: bool  # whether the bars stand on simulation still, in whole or in part

    @property
    def themes(self) -> tuple[ThemeStanding, ...]:
        """All themes in the framework's order."""
        return tuple(theme for domain in self.domains for theme in domain.themes)

    @property
    def known(self) -> int:
        """How many themes have a level."""
        return sum(domain.known for domain in self.domains)

    @property
    def has_changed(self) -> bool:
        """Whether any change may be claimed, of a domain or of a theme."""
        return any(domain.change for domain in self.domains) or any(theme.change for theme in self.themes)


Wording = tuple[uuid.UUID, int]  # an item and its version
Given = tuple[Answer, frozenset[Wording]]
_NOTHING: Mapping[Wording, Wording] = {}


def standing_of(
    tree: EditionTree,
    answers: Iterable[Answer],
    trees: Mapping[int, EditionTree],
    association: AssociationModel | None = None,
    same: Mapping[Wording, Wording] = _NOTHING,
) -> Standing:
    """Return the standing on `tree` from a person's answers (newest wave first), given on the editions in `trees`.

    The newest answer of each theme counts. An answer from another edition counts for the theme of the same uid, or for
    the one that the crosswalk says is the `same`, and is compared with a later one only when both were given on the
    same statement versions. Bars come from the association's variance components; without them, from the provisional
    ones.
    """
    by_theme: dict[uuid.UUID, list[Given]] = defaultdict(list)
    for answer in answers:
        theme = trees[answer.edition_id].theme_by_id.get(answer.theme_id)
        if theme is not None:
            wording = frozenset(same.get(one, one) for one in theme.wording) if same else theme.wording
            by_theme[_counts_for(theme, same)].append((answer, wording))
    newest = {
        theme.id: given[0][0].half_steps for theme in tree.themes if (given := by_theme.get(theme.uid)) is not None
    }
    known = {theme: half_steps for theme, half_steps in newest.items() if half_steps is not None}
    association = association or provisional(tree)
    bars = bars_of(known, association, top=tree.top)
    domains = tuple(
        _domain(domain, [_theme(theme, by_theme.get(theme.uid, []), bars) for theme in domain.themes], bars)
        for domain in tree.domains
    )
    themes = [theme for domain in domains for theme in domain.themes]
    return Standing(
        domains,
        as_of=max((theme.answered_on for theme in themes if theme.answered_on), default=None),
        since=max((theme.previous_on for theme in themes if theme.previous_on), default=None),
        is_provisional=association.is_provisional,
    )


def _counts_for(theme: ThemeNode, same: Mapping[Wording, Wording]) -> uuid.UUID:
    return same.get((theme.uid, 0), (theme.uid, 0))[0]


def level_codes(
    tree: EditionTree, trees: Mapping[int, EditionTree], same: Mapping[Wording, Wording] = _NOTHING
) -> dict[int, dict[int, str]]:
    """Return by edition and theme key which theme of `tree` an answer counts for; the others are left out."""
    codes = {theme.uid: theme.code for theme in tree.themes}
    return {
        edition: {
            theme.id: codes[_counts_for(theme, same)] for theme in other.themes if _counts_for(theme, same) in codes
        }
        for edition, other in trees.items()
    }


def newest_levels(codes: Mapping[int, Mapping[int, str]], answers: Iterable[Answer]) -> dict[str, int]:
    """Return the level of each theme that has one, by code: what `standing_of` says, without bars and changes.

    For whole teams, where nobody looks at them. `codes` are those of `level_codes`; answers come newest wave first.
    """
    newest: dict[str, int | None] = {}
    for answer in answers:
        code = codes[answer.edition_id].get(answer.theme_id)
        if code is not None and code not in newest:
            newest[code] = answer.half_steps
    return {code: level_of(half_steps) for code, half_steps in newest.items() if half_steps is not None}


def _domain(domain: DomainNode, themes: list[ThemeStanding], bars: Bars) -> DomainStanding:
    pairs = [
        (theme.previous / HALF_STEPS_PER_LEVEL, theme.levels)
        for theme in themes
        if theme.is_known and theme.previous is not None
    ]
    change = 0
    # A mean stands for its domain only when at least half of the themes are in it.
    if 2 * len(pairs) >= len(themes) and claims_domain_change(pairs, bars.components):
        change = 1 if sum(after - before for before, after in pairs) > 0 else -1
    return DomainStanding(domain, tuple(themes), change)


def _theme(theme: ThemeNode, given: list[Given], bars: Bars) -> ThemeStanding:
    if not given:
        return ThemeStanding(theme, None, False, 0.0, 0.0, None, None, None, 0)
    newest, asked = given[0]
    if newest.half_steps is None:
        return ThemeStanding(theme, None, True, 0.0, 0.0, newest.finished_on, None, None, 0)
    now = newest.half_steps / HALF_STEPS_PER_LEVEL
    low, high = bars.around(theme.id, newest.half_steps)
    before = next(
        (earlier for earlier, asked_earlier in given[1:] if earlier.half_steps is not None and asked_earlier == asked),
        None,
    )
    change, previous = 0, None
    if before is not None and before.half_steps is not None:
        previous = before.half_steps
        earlier_level = previous / HALF_STEPS_PER_LEVEL
        if claims_theme_change(earlier_level, now, bars.components):
            change = 1 if now > earlier_level else -1
    return ThemeStanding(
        theme,
        newest.half_steps,
        False,
        low,
        high,
        newest.finished_on,
        previous,
        before.finished_on if before else None,
        change,
    )
