"""Template tags of supply and need: the cells of a step, and where seats are missing in words."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.insight.charts import rows
from trellis.insight.supply_board import Meeting

register = template.Library()


@register.simple_tag
def meeting_cells(one: Meeting) -> SafeString:
    """Return a step's cells: which share of those who need it finds a seat, who needs it, and the seats."""
    if one.need is None:
        hidden = _("Hidden for privacy")
        need = format_html('<span aria-hidden="true">–</span><span class="vh">{}</span>', hidden)
    else:
        need = format_html("{}", one.need)
    return format_html(
        '<td role="cell" class="pic">{}</td><td role="cell" class="num on">{}</td><td role="cell" class="num">{}</td>',
        rows.share(None if one.need is None else one.met or 0),
        need,
        _seats(one),
    )


def _seats(one: Meeting) -> str | SafeString:
    if one.unlimited:
        return _("no limit")
    return format_html('<span class="none-yet">{}</span>', _("none")) if one.is_bare else str(one.seats)


@register.simple_tag
def unmet_words(one: Meeting) -> str:
    """Say how many people need a step, and how many seats there are."""
    people = ngettext("About %(count)d person needs it.", "About %(count)d people need it.", one.need or 0)
    need = people % {"count": one.need or 0}
    if one.is_bare:
        return f"{need} {_('Nothing teaches it.')}"
    seats = ngettext("There is %(count)d seat.", "There are %(count)d seats.", one.seats) % {"count": one.seats}
    return f"{need} {seats}"
