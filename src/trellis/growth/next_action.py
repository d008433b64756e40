"""What to grow next: the largest gap to a role's targets, or the step that is nearest; never a ranking of persons."""

from collections.abc import Mapping
from dataclasses import dataclass

from trellis.framework.tree import ActivityNode, CellNode
from trellis.growth.standing import MOBILIZING, Standing, ThemeStanding
from trellis.measure.ladder import HALF_STEPS_PER_LEVEL


@dataclass(frozen=True, slots=True)
class Gap:
    """A theme to grow in: where it stands, the cell to climb to next, the target, and why it was chosen.

    `reason` is `role`, `focus`, `begun` or `lowest`; `size` is the way to the target in half-steps.
    """

    standing: ThemeStanding
    cell: CellNode
    target: int
    size: int
    reason: str

    @property
    def activity(self) -> ActivityNode | None:
        """The one thing to do this month: the first activity of the next cell."""
        return self.cell.activities[0] if self.cell.activities else None


def gaps(standing: Standing, *, targets: Mapping[str, int], focus_domain: str, top: int) -> list[Gap]:
    """Return the themes to grow in, most worthwhile first.

    With `targets` (level by theme code) the themes below them come first, the largest gap before others, the lower
    rung first among equals. With `focus_domain` only that domain's themes count. Then follow the next steps that are
    begun, then the lowest levels. Themes without a level are left out: there is no telling where they stand.
    """
    below, nearest = [], []
    for domain in standing.domains:
        if focus_domain and domain.domain.code != focus_domain:
            continue
        for theme in domain.themes:
            if not theme.is_known or theme.level >= top:
                continue
            size = targets.get(theme.theme.code, 0) * HALF_STEPS_PER_LEVEL - (theme.half_steps or 0)
            if size > 0:
                below.append(_gap(theme, targets[theme.theme.code], "role"))
            else:
                nearest.append(_gap(theme, theme.level + 1, "focus" if focus_domain else ""))
    below.sort(key=lambda gap: (-gap.size, gap.standing.level, gap.standing.theme.order))
    nearest.sort(key=lambda gap: (gap.size, gap.standing.level, gap.standing.theme.order))
    return below + nearest


def _gap(theme: ThemeStanding, target: int, reason: str) -> Gap:
    size = target * HALF_STEPS_PER_LEVEL - (theme.half_steps or 0)
    reason = reason or ("begun" if theme.partly else "lowest")
    return Gap(theme, theme.theme.cell(theme.level + 1), target, size, reason)


def strengths(standing: Standing, *, most: int = 3) -> list[ThemeStanding]:
    """Return the themes that stand highest, from the second level up; ties in the framework's order."""
    known = [theme for theme in standing.themes if theme.level >= MOBILIZING]
    return sorted(known, key=lambda theme: (-(theme.half_steps or 0), theme.theme.order))[:most]
