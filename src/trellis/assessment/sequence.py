"""The way through a form: themes in the response's own domain order, progress, and minutes left."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from trellis.framework.tree import DomainNode, EditionTree, ThemeNode

# The progress bar's own drawing units.
WIDTH = 358.0
GAP = 4.0


@dataclass(frozen=True, slots=True)
class Segment:
    """One domain in the progress bar: where it stands, how wide it is, and how much of that is answered."""

    x: float
    width: float
    done: float


def domains_in_order(tree: EditionTree, codes: list[str]) -> list[DomainNode]:
    """Return the edition's domains in the kept order; a code that it lacks is passed over, a new one goes last."""
    known = [tree.domain_by_code[code] for code in codes if code in tree.domain_by_code]
    return known + [domain for domain in tree.domains if domain.code not in codes]


def themes_in_order(tree: EditionTree, codes: list[str]) -> list[ThemeNode]:
    """Return all themes in the order in which this response asks them."""
    return [theme for domain in domains_in_order(tree, codes) for theme in domain.themes]


def segments(domains: list[DomainNode], answered: set[int]) -> list[Segment]:
    """Lay out the progress bar: one segment a domain, as wide as it has themes; `answered` are theme keys."""
    return progress_bar(
        [(len(domain.themes), sum(theme.id in answered for theme in domain.themes)) for domain in domains]
    )


def progress_bar(parts: Sequence[tuple[int, int]]) -> list[Segment]:
    """Lay out parts side by side, each given by how much there is in it and how much of that is done."""
    scale = (WIDTH - GAP * (len(parts) - 1)) / max(1, sum(whole for whole, _done in parts))
    found, x = [], 0.0
    for whole, done in parts:
        width = scale * whole
        found.append(Segment(round(x, 1), round(width, 1), round(scale * done, 1)))
        x += width + GAP
    return found


def minutes_left(unanswered: int, seconds_each: int) -> int:
    """Return whole minutes, rounded up."""
    return math.ceil(unanswered * seconds_each / 60)
