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
def meeting_cell(one: Meeting) -> SafeString:
    """Return a step's cell: which share of those who need it finds a seat, drawn and in words."""
    return format_html(
        '<td role="cell" class="step" data-step="{}">{}<span>{}</span></td>',
        one.level,
        rows.share(None if one.need is None else one.met or 0),
        f"{_need(one)} · {_seats(one)}",
    )


def _need(one: Meeting) -> str:
    return _("need hidden") if one.need is None else _("%(people)d need it") % {"people": one.need}


def _seats(one: Meeting) -> str:
    if one.unlimited:
        return _("seats for all")
    if one.is_bare:
        return _("nothing teaches it")
    return ngettext("%(count)d seat", "%(count)d seats", one.seats) % {"count": one.seats}


@register.simple_tag
def unmet_words(one: Meeting) -> str:
    """Say how many people need a step, and how many seats there are."""
    people = ngettext("About %(count)d person needs it.", "About %(count)d people need it.", one.need or 0)
    need = people % {"count": one.need or 0}
    if one.is_bare:
        return f"{need} {_('Nothing teaches it.')}"
    seats = ngettext("There is %(count)d seat.", "There are %(count)d seats.", one.seats) % {"count": one.seats}
    return f"{need} {seats}"
