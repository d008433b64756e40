"""What sessions changed: differences of people's own answers, released in batches too large to point at anybody.

A figure that grows by one session of four people would tell those four apart. So answers are released in batches: the
sessions of an offering, in the order in which their answers closed, are put together until at least 10 people have
given all three answers for a theme; then these are one batch, for good. What has not reached 10 waits. Every figure
that is ever shown is one batch or a sum of batches, and so is every difference between two of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trellis.measure.disclosure import THRESHOLD
from trellis.measure.endcoding import Coded, coded_mean
from trellis.measure.gain import COMPARED_FROM, Differences, Gain, differences, gain_of, pooled
from trellis.measure.ladder import HALF_STEPS_PER_LEVEL

# What may be said of a theme, in the words of the templates.
HIDDEN, HINT, GREW, SHIFTED, NO_CHANGE, LESS = "hidden", "hint", "grew", "shifted", "no-change", "less"


@dataclass(frozen=True, slots=True)
class Told:
    """One person's three answers on one theme of a session, in half-steps: before, after, and looking back."""

    before: int
    after: int
    then: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Sessions whose answers are released together, and what they changed: now less before, and now less then."""

    sessions: tuple[str, ...]
    before: Differences
    then: Differences

    @property
    def people(self) -> int:
        """How many gave all three answers."""
        return self.before.people


def next_batches(
    waiting: Iterable[tuple[str, Mapping[int, Told]]], least: int = THRESHOLD
) -> tuple[list[Batch], tuple[str, ...]]:
    """Return the batches that can be released of sessions in closing order, and the sessions that go on waiting.

    Each session comes with the answers of each person by their key. Who came to two sessions of a batch counts once,
    with what they said last. Raises ValueError for a threshold below 10.
    """
    if least < THRESHOLD:
        raise ValueError(f"the threshold must not be below {THRESHOLD}")
    found: list[Batch] = []
    sessions: list[str] = []
    together: dict[int, Told] = {}
    for session, told in waiting:
        sessions.append(session)
        together |= told
        if len(together) >= least:
            found.append(_batch(tuple(sessions), together.values()))
            sessions, together = [], {}
    return found, tuple(sessions)


def _batch(sessions: tuple[str, ...], told: Iterable[Told]) -> Batch:
    all_told = list(told)

    def levels(pairs: Iterable[tuple[int, int]]) -> Differences:
        return differences((a / HALF_STEPS_PER_LEVEL, b / HALF_STEPS_PER_LEVEL) for a, b in pairs)

    return Batch(
        sessions,
        levels((one.before, one.after) for one in all_told),
        levels((one.then, one.after) for one in all_told),
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """One mean difference as it is written: in levels to one tenth, with coded ends; the bar only where it is exact."""

    mean: Coded
    low: float
    high: float
    claim: int

    @property
    def has_bar(self) -> bool:
        """Whether the bar is shown: at a coded end it would say what the code hides."""
        return self.mean.end == "exactly"


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of one theme: `says` is what may be said; without figures, too few have answered."""

    people: int
    before: Figure | None
    then: Figure | None
    says: str

    @property
    def is_hidden(self) -> bool:
        """Whether there is nothing to show."""
        return self.before is None or self.then is None


TOO_FEW = Shown(0, None, None, HIDDEN)


def shown(batches: Sequence[Batch], error: float, *, top: int) -> Shown:
    """Return what may be shown of these released batches of one theme, all together; nothing without any.

    `error` is the variance of one answer in squared levels, `top` the highest level.
    """
    if not batches:
        return TOO_FEW
    before, then = pooled([one.before for one in batches]), pooled([one.then for one in batches])
    gains = gain_of(before, error), gain_of(then, error)
    figures = [_figure(gain, before.people, top) for gain in gains]
    return Shown(before.people, figures[0], figures[1], _says(before.people, *gains))


def _figure(gain: Gain, people: int, top: int) -> Figure:
    edges = (-float(top), float(top))
    value = min(edges[1], max(edges[0], gain.value))
    mean = coded_mean(value, people, edges)
    if mean is None:
        raise ValueError("a batch of fewer than 10 people must not be shown")
    low, high = max(edges[0], gain.low), min(edges[1], gain.high)
    return Figure(_no_minus_zero(mean), round(low, 1) + 0.0, round(high, 1) + 0.0, gain.claim)


def _no_minus_zero(mean: Coded) -> Coded:
    return replace(mean, value=mean.value + 0.0)


def _says(people: int, before: Gain, then: Gain) -> str:
    """Say what may be claimed: growth only where both comparisons show it, and never of fewer than 100 people."""
    if people < COMPARED_FROM:
        return HINT
    if before.claim < 0 or then.claim < 0:
        return LESS
    if before.claim and then.claim:
        return GREW
    # Looking back they put their start lower than they did at the time: the measure itself has moved.
    return SHIFTED if then.claim else NO_CHANGE
