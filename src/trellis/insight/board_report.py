"""A unit's figures as a report for its board, on paper: the same released cells and drawings as on the pages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from trellis.core import pdf
from trellis.insight.charts import rows
from trellis.insight.charts.svg import for_paper
from trellis.insight.chosen import LEVELS, Chosen
from trellis.insight.growth_lines import GrowthLine, growth_lines
from trellis.insight.heat import heat
from trellis.insight.next_queries import NextStep, next_steps
from trellis.insight.queries import Cell, released_questions, released_table
from trellis.insight.role_lines import role_lines
from trellis.insight.standing_board import Board, Line, board, earlier_share
from trellis.insight.words import may_be_said, signed, took_part_words, why_hidden

_TEMPLATE = Path(__file__).parent / "data" / "board.typ"
# As many parts as stand side by side on a sheet.
_ABREAST = 15


def board_report(chosen: Chosen) -> bytes:
    """Return the report of a unit as a tagged PDF; it needs a release."""
    release = chosen.shown
    units = [chosen.unit, *chosen.inside]
    tables = released_questions(release, ["standing", "participation"], units)
    standing, took_part = tables["standing"], tables["participation"]
    found = board(chosen.themes, chosen.unit, chosen.inside, standing, chosen.level)
    steps = next_steps(chosen.viewer, standing[chosen.unit.pk], found.invest)
    people = {unit.pk: took_part[unit.pk].cell("answered") for unit in units}
    return pdf.render(
        _TEMPLATE,
        _about(chosen)
        | {
            "figures": _figures(chosen, found, took_part_words(took_part[chosen.unit.pk])),
            "invest": [_step(step, chosen.level) for step in steps],
            "strengths": [_share(line, chosen.level) for line in found.strengths],
            "heat": list(_heat(chosen, found, people)) if chosen.inside else [],
            "spread": [{"name": group.name, "rows": [_spread(line) for line in group.lines]} for group in found.groups],
            "growth": _grown(chosen) if chosen.then else [],
            "roles": [
                {"name": line.name, **_role(line.cell)}
                for line in role_lines(released_table(release, "coverage", chosen.unit))
            ],
        },
    )


def _about(chosen: Chosen) -> dict[str, Any]:
    """What the report is about, and the words that stand in it whatever the figures are."""
    release, least, level = chosen.shown, chosen.threshold, chosen.level
    wave = release.wave
    days = [date_format(day, "DATE_FORMAT") for day in (wave.opens_on, wave.closes_on, release.facts_at)]
    return {
        "lang": (get_language() or "en")[:2],
        "title": _("Where our leaders stand"),
        "unit": chosen.unit.name,
        "wave": wave.name,
        "source": _(
            "%(wave)s: what people said of themselves from %(opens)s to %(closes)s, in the words of edition"
            " %(edition)s. Counted on %(counted)s, and not changed since."
        )
        % {
            "wave": wave.name,
            "opens": days[0],
            "closes": days[1],
            "counted": days[2],
            "edition": release.content["edition"],
        },
        "foot": f"{chosen.unit.name} · {wave.name} · {_('edition %(name)s') % {'name': release.content['edition']}}",
        "words": {
            "invest": _("Where to invest"),
            "strengths": _("Strengths to share"),
            "heat": _("Share at level %(level)d or above, in percent") % {"level": level},
            "spread": _("How people spread over the levels"),
            "growth": _("Change since %(wave)s, in levels") % {"wave": chosen.then},
            "roles": _("Who could step into a role"),
            "theme": _("Theme"),
            "people": _("People"),
            "all": _("All"),
            "levels": [_("Level %(level)d") % {"level": each} for each in LEVELS],
            "change": pgettext("difference", "Change"),
            "said": _("What may be said"),
            "role": _("Role"),
            "ready": _("Ready"),
            "nearly": _("Nearly"),
            "why": _("Why some numbers are hidden"),
            "hidden": _(
                "A number needs at least %(least)d people. When only one cell in a row is too small, another is"
                " hidden too, so that nobody can work it out by subtracting from the total. Every hidden cell looks"
                " the same."
            )
            % {"least": least},
            "ends": _(
                "“≥95” means 95% or more, and “≤5” means 5% or less: near all or none, the exact number would tell"
                " about each person."
            ),
            "own": _(
                "All of it stands on people's own answers. It shows no person, gives no overall score, and"
                " ranks nobody."
            ),
        },
    }


def _figures(chosen: Chosen, found: Board, took_part: tuple[str, str]) -> list[dict[str, str]]:
    lowest = found.invest[0] if found.invest else None
    share = found.share
    before = earlier_share(chosen)
    return [
        {"name": _("Took part"), "value": took_part[0], "more": took_part[1]},
        {
            "name": _("At level %(level)d or above") % {"level": chosen.level},
            "value": "–" if share is None else f"{share}%",
            "more": _("of all answers")
            if before is None or chosen.earlier is None
            else _("%(share)d%% in %(wave)s") % {"share": before, "wave": chosen.earlier.wave.name},
        },
        {
            "name": _("Largest gap"),
            "value": lowest.theme.name if lowest else "–",
            "more": _share(lowest, chosen.level)["said"] if lowest else "",
        },
        {
            "name": _("Hidden for privacy"),
            "value": str(found.hidden),
            "more": _("of %(all)d cells") % {"all": found.cells},
        },
    ]


def _share(line: Line, level: int) -> dict[str, str]:
    said = _("%(share)s%% of %(people)d people") % {
        "share": str(line.whole.values[f"level{level}"]),
        "people": line.whole.n or 0,
    }
    return {"name": line.theme.name, "said": said}


def _step(step: NextStep, level: int) -> dict[str, str]:
    taught = ", ".join(offering.title for offering in step.offerings)
    then = _("Level %(level)d is next for %(share)d%%.") % {"level": step.level, "share": step.share}
    return _share(step.line, level) | {
        "next": f"{then} {_('Taught in: %(titles)s.') % {'titles': taught} if taught else ''}".strip()
    }


def _heat(chosen: Chosen, found: Board, people: dict[int, Cell]) -> Iterator[dict[str, Any]]:
    """Yield sheets of at most so many parts abreast, the whole first on each."""
    for start in range(0, len(chosen.inside), _ABREAST):
        parts = chosen.inside[start : start + _ABREAST]
        yield {
            "names": [part.name for part in parts],
            "people": [_n(people[unit.pk]) for unit in (chosen.unit, *parts)],
            "groups": [
                {
                    "name": group.name,
                    "rows": [
                        _heat_row(line, line.parts[start : start + _ABREAST], found.measure) for line in group.lines
                    ],
                }
                for group in found.groups
            ],
        }


def _heat_row(line: Line, parts: tuple[Cell, ...], measure: str) -> dict[str, Any]:
    return {"name": line.theme.name, "cells": [_heat_cell(cell, measure) for cell in (line.whole, *parts)]}


def _heat_cell(cell: Cell, measure: str) -> dict[str, Any]:
    """A cell with its heat; 0 is hidden, and says no more than that."""
    if cell.hidden:
        return {"heat": 0, "text": "–"}
    return {"heat": heat(cell.values[measure].value), "text": str(cell.values[measure])}


def _n(cell: Cell) -> str:
    return "–" if cell.n is None else str(cell.n)


def _spread(line: Line) -> dict[str, Any]:
    cell = line.whole
    shares = ["–" if cell.hidden else str(cell.values[f"level{level}"]) for level in LEVELS]
    return {"name": line.theme.name, "svg": for_paper(rows.spread(cell)), "shares": shares, "people": _n(cell)}


def _grown(chosen: Chosen) -> list[dict[str, Any]]:
    lines = growth_lines(chosen.themes, released_table(chosen.shown, "growth", chosen.unit), None)
    return [{"name": domain.name, "rows": [_growth(line) for line in found]} for domain, found in lines]


def _growth(line: GrowthLine) -> dict[str, Any]:
    hidden = bool(line.cell.hidden)
    return {
        "name": line.theme.name,
        "svg": for_paper(rows.difference(line.cell, "change")),
        "change": "–" if hidden else signed(line.cell, "change"),
        "people": _n(line.cell),
        "said": why_hidden(line.cell) if hidden else may_be_said(line.said),
    }


def _role(cell: Cell) -> dict[str, Any]:
    hidden = bool(cell.hidden)
    return {
        "svg": for_paper(rows.share(None if hidden else cell.values["ready"].value)),
        "ready": "–" if hidden else f"{cell.values['ready']}%",
        "nearly": "–" if hidden else f"{cell.values['nearly']}%",
        "people": _n(cell),
    }
