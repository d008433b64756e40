"""Template tags of growth: a level with its bar, a level's name, a rough time."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from trellis.core.templatetags.ui import TRACK
from trellis.framework.duration import about
from trellis.framework.tree import LevelNode
from trellis.growth.standing import ThemeStanding
from trellis.measure.ladder import in_halves

register = template.Library()

_RUNG = 28.5
_HALVES = tuple(
    f'<path class="half h{level + 1}" d="M{0.5 + _RUNG * level} 3.5a3 3 0 0 1 3-3h10v11h-10a3 3 0 0 1-3-3z"/>'
    for level in range(3)
)


@register.simple_tag
def standing_track(standing: ThemeStanding) -> SafeString:
    """Draw a level as three boxes with the bar under it, and say both in words for those who do not see them."""
    half = _HALVES[standing.level] if standing.partly else ""
    bar = f'<path class="whisker" d="M{0.5 + standing.low * _RUNG:.1f} 16H{standing.high * _RUNG:.1f}"/>'
    return format_html(
        '<svg class="track barred v{}" viewBox="0 0 84 18" aria-hidden="true">{}</svg><span class="vh">{}, {}</span>',
        standing.level,
        mark_safe(TRACK + half + bar),  # noqa: S308  (numbers in a fixed text)
        in_halves(standing.levels),
        _("probably %(low)s to %(high)s") % {"low": in_halves(standing.low), "high": in_halves(standing.high)},
    )


@register.filter
def level_name(levels: tuple[LevelNode, ...], number: int) -> str:
    """Return the name of a level by its number, or nothing for 0."""
    return next((level.name for level in levels if level.number == number), "")


@register.simple_tag
def about_minutes(minutes: int) -> str:
    """Say a rough time in words."""
    return about(minutes)
