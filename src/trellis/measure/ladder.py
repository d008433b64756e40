"""The ladder of levels: answers are half-steps, shown as whole levels with 'partly' for a begun one."""

HALF_STEPS_PER_LEVEL = 2


def level_of(half_steps: int) -> int:
    """Return the highest whole level (0 upward) reached by an answer in half-steps; raises ValueError below 0."""
    if half_steps < 0:
        raise ValueError("half-steps start at 0")
    return half_steps // HALF_STEPS_PER_LEVEL


def is_partly(half_steps: int) -> bool:
    """Say whether the next level has been begun."""
    return half_steps % HALF_STEPS_PER_LEVEL == 1


def half_steps_of(level: int, *, partly: bool, top: int) -> int:
    """Return the half-steps of a level (0 to `top`), one more when the next is begun; there is no next above the top.

    Raises ValueError for a level outside the ladder.
    """
    if not 0 <= level <= top:
        raise ValueError(f"level {level} is outside 0 to {top}")
    return level * HALF_STEPS_PER_LEVEL + int(partly and level < top)


def in_halves(levels: float) -> str:
    """Write a value in levels with a half sign, never a decimal: 0.5 is "½", 1.5 is "1½", 2 is "2".

    Raises ValueError for a value that is not a whole number of half-steps.
    """
    half_steps = levels * HALF_STEPS_PER_LEVEL
    if half_steps != int(half_steps) or half_steps < 0:
        raise ValueError(f"{levels} is not in half-steps")
    whole, half = divmod(int(half_steps), HALF_STEPS_PER_LEVEL)
    return f"{whole or ''}½" if half else str(whole)
