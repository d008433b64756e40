"""Template tags of succession: how deep a bench is, and the people in a released cell, hidden ones all alike."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.insight.queries import Cell
from trellis.insight.succession_board import Bench

register = template.Library()


@register.simple_tag
def bench_hidden() -> SafeString:
    """Say that a figure is hidden."""
    return format_html('<span class="no">{}</span>', _("Hidden for privacy"))


@register.simple_tag
def bench_people(cell: Cell | None) -> SafeString | str:
    """Write how many people a released cell counts."""
    if cell is None:
        return _("Not counted")
    return bench_hidden() if cell.n is None else str(cell.n)


@register.simple_tag
def bench_about(people: int | None, cell: Cell | None) -> SafeString | str:
    """Write about how many people, and of how many; made of a released share."""
    if cell is None:
        return _("No profile")
    if people is None:
        return bench_hidden()
    about, all_of_them = _("about %(people)d") % {"people": people}, _("of %(people)d") % {"people": cell.n}
    return format_html('{} <span class="n">{}</span>', about, all_of_them)


@register.simple_tag
def bench_depth(bench: Bench) -> SafeString:
    """Say how deep the bench is: how many ready people stand behind each who holds the role."""
    if bench.depth is None:
        return SafeString()
    if not bench.depth:
        return format_html('<p class="depth thin">{}</p>', _("Fewer people ready than hold it"))
    words = ngettext("About one ready for each seat", "About %(depth)d ready for each seat", bench.depth)
    return format_html('<p class="depth">{}</p>', words % {"depth": bench.depth})
