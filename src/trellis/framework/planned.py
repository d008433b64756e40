"""The plan of an import, in words for its page."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trellis.framework.bases import Prepared, editions_with_same_words
from trellis.framework.changes import ShownText, heading, reworded_texts, tallies
from trellis.framework.matching import Pair
from trellis.framework.outline import Kind
from trellis.framework.plan import Fate, PlanLine
from trellis.framework.reader import Shape

_SHAPES: dict[Shape, Promise] = {
    Shape.MARKDOWN: _("Markdown tables"),
    Shape.TABBED: _("tab-separated text"),
    Shape.ATTRIBUTES: _("attribute list"),
}

_FATES: dict[Fate, Promise] = {
    Fate.SAME: _("Same"),
    Fate.CHANGED: _("Changed"),
    Fate.NEW: _("New"),
    Fate.MISSING: _("Missing"),
    Fate.KEPT: _("Not in this document, kept"),
}
_ORDER = (Fate.CHANGED, Fate.NEW, Fate.MISSING, Fate.SAME, Fate.KEPT)
_NAMED = (Kind.DOMAIN, Kind.THEME, Kind.GROUP, Kind.ATTRIBUTE, Kind.LEVEL, Kind.DEFINITION)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """An item of the plan: what it is called, its place in the document (0: none), what is reworded in it."""

    heading: str
    code: str
    line: int
    moved_from: str
    texts: list[ShownText]


@dataclass(frozen=True, slots=True)
class ShownDoubt:
    """An item that was recognised by likeness, in percent: a person should look at it."""

    line: int
    read: str
    known: str
    code: str
    score: int
    rival: str


def shown_plan(prepared: Prepared) -> dict[str, Any]:
    """Return what the page of a plan shows, by name."""
    plan = prepared.plan
    lines: dict[Fate, list[ShownLine]] = {fate: [] for fate in Fate}
    for line in plan.lines():
        # The steps of a theme share its fate, unless they are reworded.
        if line.kind in _NAMED or line.fate is Fate.CHANGED:
            change = line.change
            texts = reworded_texts(change)
            lines[line.fate].append(ShownLine(heading(change.item), line.code, line.line, change.moved_from, texts))
    return {
        "shape": _SHAPES[plan.document.shape],
        "warnings": plan.document.warnings,
        "framework": prepared.framework,
        "base": prepared.base,
        "is_partial": plan.is_partial,
        "gains": plan.gains(),
        "tallies": tallies(plan.counts(), _FATES, same=[Fate.SAME, Fate.KEPT]),
        "doubts": [_doubt(line, line.change.pair) for line in plan.doubts() if line.change.pair],
        "groups": [(fate.value, _FATES[fate], lines[fate]) for fate in _ORDER if lines[fate]],
        "already": editions_with_same_words(prepared)[:1],
        "has_missing": bool(lines[Fate.MISSING]),
    }


def _doubt(line: PlanLine, pair: Pair) -> ShownDoubt:
    return ShownDoubt(line.line, line.name, pair.before.name, line.code, round(pair.score), pair.rival)
