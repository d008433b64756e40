"""When a change may be called growth: only when it is larger than answering twice would give by itself."""

import math

from trellis.measure.precision import Components

# Two-sided 95 %.
Z = 1.96


def smallest_claimable(sem: float) -> float:
    """Return the smallest difference between two scores, in their own unit, that may be claimed as change.

    1.96 * sqrt(2) * SEM: the reliable change index of Jacobson & Truax (1991) solved for the difference.
    """
    return Z * math.sqrt(2) * sem


def reliable_change(x1: float, x2: float, sd: float, reliability: float) -> float:
    """Return the reliable change index from score x1 to x2: in units of the standard error of a difference.

    Source: Jacobson & Truax (1991). Raises ValueError for a reliability outside of 0 to 1 (1 itself is not a
    reliability that anything has) and for a standard deviation that is not above 0.
    """
    if not 0 <= reliability < 1:
        raise ValueError("reliability must lie in [0, 1)")
    if sd <= 0:
        raise ValueError("a standard deviation must be above 0")
    return (x2 - x1) / (math.sqrt(2) * sd * math.sqrt(1 - reliability))


def claims_theme_change(before: float, after: float, components: Components) -> bool:
    """Say whether one theme's two answers (in levels) differ by more than chance would."""
    return abs(after - before) > smallest_claimable(components.sem)


def domain_sem(themes: int, components: Components) -> float:
    """Return the standard error of the plain mean of a domain's answers, in levels; raises ValueError for no themes."""
    if themes < 1:
        raise ValueError("a domain mean needs at least one theme")
    return math.sqrt(components.shared + (components.error - components.shared) / themes)


def claims_domain_change(pairs: list[tuple[float, float]], components: Components) -> bool:
    """Say whether the means of paired answers (before, after; in levels) differ by more than chance would."""
    if not pairs:
        return False
    difference = sum(after - before for before, after in pairs) / len(pairs)
    return abs(difference) > smallest_claimable(domain_sem(len(pairs), components))


def claims_gap(own: float, others: float, *, own_error: float, others_error: float) -> bool:
    """Say whether what a person says and what others say (in levels) differ by more than both errors explain.

    |gap| > 1.96 * sqrt(SE_own^2 + SE_others^2); the errors are variances.
    """
    return abs(own - others) > Z * math.sqrt(own_error + others_error)
