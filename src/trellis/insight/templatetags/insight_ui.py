"""Template tags of insight: a figure with its heat, drawings of a row, what a figure stands on, and the tabs."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from trellis.insight.charts import rows
from trellis.insight.chosen import LEVELS, Chosen
from trellis.insight.growth_lines import GREW, HIDDEN, HINT, LESS, NO_CHANGE, Said
from trellis.insight.heat import BINS, heat
from trellis.insight.queries import NOT_ASKED, NOT_HERE, Cell, Table
from trellis.insight.standing_board import Line
from trellis.insight.tabs import TABS

register = template.Library()
# What stands before the number of a difference of levels.
_SIGNS = {"exactly": "", "at least": "≥ ", "at most": "≤ "}


@register.simple_tag
def why_hidden(cell: Cell) -> str:
    """Say why there is no figure: never more than that it is hidden, or that nothing was asked."""
    if cell.hidden == NOT_ASKED:
        return _("Not asked earlier")
    return _("Not shown here") if cell.hidden == NOT_HERE else _("Hidden for privacy")


@register.simple_tag
def heat_cell(cell: Cell, measure: str, extra: str = "") -> SafeString:
    """Return the cell of a heat table: its share with its heat, and of how many for who listens.

    Built here and not in a template, because a page has hundreds.
    """
    if cell.hidden:
        return format_html('<td class="sup"><span class="vh">{}</span></td>', why_hidden(cell))
    value = cell.values[measure]
    return format_html(
        '<td class="{}h{}">{}<span class="vh">% {}</span></td>',
        f"{extra} " if extra else "",
        heat(value.value),
        str(value),
        _("of %(people)d") % {"people": cell.n},
    )


@register.simple_tag
def value(cell: Cell, name: str) -> str:
    """Write a released share or mean as it may be shown, such as "≥95"; a dash where it is hidden."""
    return str(cell.values[name]) if not cell.hidden else "–"


@register.simple_tag
def share_cell(cell: Cell, measure: str) -> SafeString:
    """Return a share as a bar, its number, and of how many; the same for everything that is hidden."""
    if cell.hidden:
        return format_html('{}<span class="no">{}</span>', rows.hidden(), why_hidden(cell))
    found = cell.values[measure]
    people = _("of %(people)d") % {"people": cell.n}
    return format_html('{}<b>{}%</b><span class="n">{}</span>', rows.share(found.value), str(found), people)


@register.simple_tag
def spread_cells(line: Line, level: int, above: Table | None) -> SafeString:
    """Return a row of the spread table: drawing, shares, people, and the share of the unit above where there is one."""
    beside = SafeString()
    if above is not None:
        beside = format_html(
            '<td role="cell" class="num beside">{}</td>', _percent(above.cell(line.theme.column), level)
        )
    if line.whole.hidden:
        return _no_figures(line.whole, len(LEVELS) + 1) + beside
    shares = (("on" if each == level else "off", _percent(line.whole, each)) for each in LEVELS)
    return format_html(
        '<td role="cell" class="pic">{}</td>{}{}{}',
        rows.spread(line.whole),
        format_html_join("", '<td role="cell" class="num {}">{}</td>', shares),
        _people(line.whole),
        beside,
    )


@register.simple_tag
def difference_cells(cell: Cell, name: str) -> SafeString:
    """Return a row's cells about a difference of levels: drawing, number, people."""
    if cell.hidden:
        return _no_figures(cell, 2)
    return format_html(
        '<td role="cell" class="pic">{}</td><td role="cell" class="num on">{}</td>{}',
        rows.difference(cell, name),
        signed(cell, name),
        _people(cell),
    )


@register.simple_tag
def change_cell(cell: Cell) -> SafeString:
    """Return the cell of a table of groups: a change with its sign, and of how many."""
    if cell.hidden:
        return format_html('<td class="num sup"><span class="vh">{}</span></td>', why_hidden(cell))
    return format_html('<td class="num">{}<span class="n"> {}</span></td>', signed(cell, "change"), cell.n)


@register.simple_tag
def may_be_said(said: Said) -> str:
    """Return in words what may be said of a change."""
    words: dict[Said, Any] = {
        GREW: _("They grew. This may be said."),
        LESS: _("They say less of themselves than before. This may be said."),
        NO_CHANGE: _("No change that can be told apart from chance."),
        HINT: _("A hint: too few people to say more."),
        HIDDEN: "",
    }
    return str(words[said])


@register.simple_tag
def role_cells(cell: Cell) -> SafeString:
    """Return a row's cells about a role: drawing of who is ready or nearly, both shares, people."""
    if cell.hidden:
        return _no_figures(cell, 3)
    return format_html(
        '<td role="cell" class="pic">{}</td><td role="cell" class="num off">{}%</td>'
        '<td role="cell" class="num on">{}%</td>{}',
        rows.share(cell.values["nearly"].value),
        str(cell.values["ready"]),
        str(cell.values["nearly"]),
        _people(cell),
    )


@register.simple_tag
def signed(cell: Cell, name: str) -> str:
    """Write a difference of levels with its sign, and with how far it may be off where that is known."""
    found = cell.values[name]
    number = f"{_SIGNS[found.end]}{found.value:+.1f}" if found.value else f"{_SIGNS[found.end]}0.0"
    return number if cell.give is None else f"{number} ±{cell.give:.1f}"


def _people(cell: Cell) -> SafeString:
    """The cell of a row that says on how many people it stands; a phone, which hides the head, adds the word."""
    return format_html('<td role="cell" class="num n" data-of="{}">{}</td>', _("people"), cell.n)


def _percent(cell: Cell, level: int) -> str:
    return "–" if cell.hidden else str(cell.values[f"level{level}"])


def _no_figures(cell: Cell, numbers: int) -> SafeString:
    """The cells of a row of which nothing is shown: always the same."""
    return format_html(
        '<td role="cell" class="pic">{}</td><td role="cell" class="no" colspan="{}">{}</td>',
        rows.hidden(),
        numbers,
        why_hidden(cell),
    )


@register.inclusion_tag("insight/parts/level_key.html")
def level_key() -> dict[str, Any]:
    """Show which color stands for which level."""
    labels = [(level, _("Level %(level)d") % {"level": level}) for level in LEVELS]
    return {"levels": [(0, _("Not yet")), *labels]}


@register.simple_tag
def share_words(cell: Cell, level: int) -> SafeString:
    """Say a share in words, and of how many."""
    return format_html(
        _("<b>{share}%</b> at level {level} or above, of {people} people"),
        share=str(cell.values[f"level{level}"]),
        level=level,
        people=cell.n,
    )


@register.simple_tag
def took_part(table: Table) -> dict[str, Any]:
    """Return who could answer, who did, and how many that is in percent."""
    return {"members": table.cell("members"), "answered": table.cell("answered"), "rate": table.rate()}


@register.inclusion_tag("insight/parts/key.html")
def heat_key() -> dict[str, Any]:
    """Show what the five heats stand for."""
    return {"bins": list(enumerate(BINS, 1))}


@register.inclusion_tag("insight/parts/tabs.html")
def insight_tabs(chosen: Chosen, here: str) -> dict[str, Any]:
    """Show the tabs of the unit's pages."""
    return {"tabs": [tab for tab in TABS if tab.shown(chosen.unit)], "here": here, "chosen": chosen}
