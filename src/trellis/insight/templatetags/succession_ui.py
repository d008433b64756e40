"""Template tags of succession: how deep a bench is, and the people in a released cell, hidden ones all alike."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.insight.queries import Cell
from trellis.insight.succession_board import Bench
from trellis.measure.endcoding import Coded

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
def bench_about(people: Coded | None, cell: Cell | None) -> SafeString | str:
    """Write about how many people, and of how many; made of a released share, with its coded ends."""
    if cell is None:
        return _("No profile")
    if people is None:
        return bench_hidden()
    words = {"exactly": _("about %(n)d"), "at least": _("%(n)d or more"), "at most": _("%(n)d or fewer")}[people.end]
    all_of_them = _("of %(people)d") % {"people": cell.n}
    return format_html('{} <span class="n">{}</span>', words % {"n": people.value}, all_of_them)


@register.simple_tag
def bench_depth(bench: Bench) -> SafeString:
    """Say how deep the bench is: how many ready people stand behind each who holds the role."""
    depth = bench.depth
    if depth is None:
        return SafeString()
    if not depth.value:
        return format_html('<p class="depth thin">{}</p>', _("Fewer ready than hold it"))
    words = ngettext("About one ready for each seat", "About %(depth)d ready for each seat", int(depth.value))
    return format_html('<p class="depth">{}</p>', words % {"depth": depth.value})
