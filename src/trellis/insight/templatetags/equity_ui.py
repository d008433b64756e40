"""Template tags of the equity lens: names of groups and stages, a share beside that of the members, and its words."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from trellis.insight.attributes import Attribute
from trellis.insight.charts import rows
from trellis.insight.equity_board import MEMBERS, TOOK_PART, Flag, Part, Stage
from trellis.insight.group_names import group_names
from trellis.insight.queries import Cell
from trellis.insight.standing_board import Line
from trellis.insight.templatetags.insight_ui import share_cell

register = template.Library()


@register.simple_tag
def group_name(by: Attribute, code: str) -> str:
    """Name a group of an attribute in the reader's words."""
    ((_code, name),) = group_names(by.code, [code])
    return name


@register.simple_tag
def rate_words(part: Part) -> str:
    """Say how many of a group answered; empty where that is hidden or not asked."""
    return _("%(rate)s%% of them answered") % {"rate": part.rate} if part.rate else ""


@register.simple_tag
def stage_name(stage: Stage) -> str:
    """Name a stage: members, who took part, or a role."""
    return {MEMBERS: _("Members"), TOOK_PART: _("Took part")}.get(stage.code, stage.name)


@register.simple_tag
def part_cells(part: Part) -> SafeString:
    """Return a group's cells at one stage: drawing, share, people, points beside the members; hidden ones all alike."""
    if part.n is None:
        return format_html(
            '<td role="cell" class="pic">{}</td><td role="cell" class="no" colspan="3">{}</td>',
            rows.hidden(),
            _("Hidden for privacy"),
        )
    return format_html(
        '<td role="cell" class="pic">{}</td><td role="cell" class="num on">{}</td>'
        '<td role="cell" class="num n">{}</td><td role="cell" class="num beside">{}</td>',
        rows.share_beside(part.share.value if part.share else None, part.beside.value if part.beside else None),
        f"{part.share}%" if part.share else "–",
        part.n,
        _points(part),
    )


def _points(part: Part) -> str:
    if part.beside is None:
        return ""
    if part.points is None:
        return "–"
    return _("as many") if not part.points else f"{part.points:+d}"


@register.simple_tag
def share_of_group(line: Line, group: str, measure: str) -> SafeString:
    """Return the share of one group of a line, for a list on a phone."""
    return share_cell(next(cell for cell in line.parts if cell.group == group), measure)


@register.simple_tag
def apart_words(by: Attribute, low: Cell, high: Cell, measure: str) -> str:
    """Say how far two groups stand apart."""
    names = {"low": group_name(by, low.group), "high": group_name(by, high.group)}
    shares = {"less": str(low.values[measure]), "more": str(high.values[measure])}
    return _("%(low)s: %(less)s%%. %(high)s: %(more)s%%.") % (names | shares)


@register.simple_tag
def flag_words(by: Attribute, flag: Flag) -> str:
    """Say which way a question works unlike, and how much."""
    names = {"group": group_name(by, flag.group)}
    if flag.checked.difference is not None and flag.checked.difference < 0:
        way = _("%(group)s: answered lower than by others who stand as high.") % names
    else:
        way = _("%(group)s: answered higher than by others who stand as high.") % names
    size = _("A large difference.") if flag.checked.flag == "large" else _("A moderate difference.")
    return f"{way} {size}"


@register.inclusion_tag("insight/parts/beside_key.html")
def beside_key() -> dict[str, Any]:
    """Show what the bar and the line across it stand for."""
    return {"drawing": rows.share_beside(40, 60)}
