"""Template tags of insight: a figure with its heat, drawings of a row, what a figure stands on, and the tabs."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from trellis.insight.charts import rows
from trellis.insight.chosen import LEVELS, Chosen
from trellis.insight.group_names import attribute_names
from trellis.insight.heat import BINS, heat
from trellis.insight.models import SavedView
from trellis.insight.queries import Cell, Table
from trellis.insight.standing_board import Line
from trellis.insight.tabs import PAGES, TABS
from trellis.insight.words import may_be_said, signed, why_hidden
from trellis.people.models import Unit

register = template.Library()
register.simple_tag(may_be_said)
register.simple_tag(signed)
register.simple_tag(why_hidden)


@register.simple_tag
def heat_cells(line: Line, measure: str) -> SafeString:
    """Return a row of a heat table: of the whole and of each part the share with its heat, and of how many.

    Built here and not in a template, because a page has hundreds; what is in `i` is for who listens.
    """
    of = escape(_("of %(people)d"))
    written = []
    for cell in (line.whole, *line.parts):
        if cell.hidden:
            written.append(f'<td class="sup"><i>{escape(why_hidden(cell))}</i></td>')
        else:
            share, total = cell.values[measure], "tot " if cell is line.whole else ""
            people = of % {"people": cell.n}
            written.append(f'<td class="{total}h{heat(share.value)}">{share}<i>% {people}</i></td>')
    return SafeString("".join(written))


@register.simple_tag
def links_to(units: Iterable[Unit], query: str) -> list[SafeString]:
    """Return a link to where each unit stands; with one search for the address, because a nation has many states."""
    some = UUID(int=0)
    before, after = reverse("insight:stand", kwargs={"uid": some}).split(str(some))
    return [format_html('<a href="{}{}{}{}">{}</a>', before, unit.uid, after, query, unit.name) for unit in units]


@register.simple_tag
def unit_options(units: Iterable[Unit], chosen: Unit) -> SafeString:
    """Return the options of a list to choose a unit from; `chosen` may be none of them."""
    options = ((unit.uid, SafeString(" selected" if unit.pk == chosen.pk else ""), unit.name) for unit in units)
    return format_html_join("", '<option value="{}"{}>{}</option>', options)


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
def role_cells(cell: Cell) -> SafeString:
    """Return a row's cells about a role: drawing of who is ready, the shares of ready and nearly, people."""
    if cell.hidden:
        return _no_figures(cell, 3)
    return format_html(
        '<td role="cell" class="pic">{}</td><td role="cell" class="num on">{}%</td>'
        '<td role="cell" class="num off">{}%</td>{}',
        rows.share(cell.values["ready"].value),
        str(cell.values["ready"]),
        str(cell.values["nearly"]),
        _people(cell),
    )


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


@register.simple_tag
def view_words(view: SavedView) -> str:
    """Say what a saved view shows: its page, by what, and of which wave."""
    page = next((str(tab.label) for tab in TABS if tab.url_name == PAGES.get(view.page)), _("Where we stand"))
    by = [
        _("by %(attribute)s") % {"attribute": name.lower()}
        for _code, name in attribute_names([view.attribute] if view.attribute else [])
    ]
    return " · ".join([page, *by, view.wave or _("newest wave")])
