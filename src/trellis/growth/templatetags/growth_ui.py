"""Template tags of growth: a level with its bar, a level's name, a rough time."""

from collections.abc import Mapping
from uuid import UUID

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.assessment.relations import GROUPS
from trellis.core.templatetags.ui import TRACK, icon
from trellis.framework.duration import about
from trellis.framework.tree import LevelNode
from trellis.growth.joined import JoinedTheme, Others
from trellis.growth.standing import ThemeStanding
from trellis.measure.ladder import HALF_STEPS_PER_LEVEL, in_halves

register = template.Library()

_RUNG = 28.5
_HALVES = tuple(
    f'<path class="half h{level + 1}" d="M{0.5 + _RUNG * level} 3.5a3 3 0 0 1 3-3h10v11h-10a3 3 0 0 1-3-3z"/>'
    for level in range(3)
)
_DIAMOND = mark_safe('<svg class="dia" viewBox="0 0 12 12" aria-hidden="true"><path d="M6 1l5 5-5 5-5-5z"/></svg>')
_NONE = mark_safe('<td class="ob-n"></td>')


@register.simple_tag
def standing_track(standing: ThemeStanding | Others) -> SafeString:
    """Draw a level as three boxes with the bar under it, and say both in words for those who do not see them."""
    half = _HALVES[standing.level] if standing.partly else ""
    bar = f'<path class="whisker" d="M{0.5 + standing.low * _RUNG:.1f} 16H{standing.high * _RUNG:.1f}"/>'
    return format_html(
        '<svg class="track barred v{}" viewBox="0 0 84 18" aria-hidden="true">{}</svg><span class="vh">{}, {}</span>',
        standing.level,
        mark_safe(TRACK + half + bar),  # noqa: S308  (numbers in a fixed text)
        in_halves((standing.half_steps or 0) / HALF_STEPS_PER_LEVEL),
        _("probably %(low)s to %(high)s") % {"low": in_halves(standing.low), "high": in_halves(standing.high)},
    )


@register.simple_tag(takes_context=True)
def beside(context: Context) -> SafeString:
    """The cells beside a theme's level: what others see and what is proven, where the page has such columns.

    Built here and not in a template, because a page has one for each theme.
    """
    cells, found = "", (context.get("joined") or {}).get(context["theme"].theme.uid)
    if context.get("seen_by"):
        others = found.others if found else None
        cells += (
            format_html('<td class="ob-n">{}{}</td>', _DIAMOND, in_halves(others.half_steps / HALF_STEPS_PER_LEVEL))
            if others
            else _NONE
        )
    if context.get("has_proven"):
        proven = found.proven if found else None
        cells += format_html('<td class="ob-n">{}{}</td>', icon("check"), proven.levels[-1]) if proven else _NONE
    return mark_safe(cells)  # noqa: S308  (parts that are escaped already)


@register.filter
def of(joined: Mapping[UUID, JoinedTheme], standing: ThemeStanding) -> JoinedTheme | None:
    """Return what stands beside a theme's level."""
    return joined.get(standing.theme.uid)


@register.filter
def level_name(levels: tuple[LevelNode, ...], number: int) -> str:
    """Return the name of a level by its number, or nothing for 0."""
    return next((level.name for level in levels if level.number == number), "")


@register.simple_tag
def about_minutes(minutes: int) -> str:
    """Say a rough time in words."""
    return about(minutes)


_STRENGTHS = {
    "low": gettext_lazy("low strength"),
    "fair": gettext_lazy("fair strength"),
    "good": gettext_lazy("good strength"),
}


@register.simple_tag
def kind_of_rater(group: str) -> str:
    """Say which kind of rater a group is, as its 360 does."""
    return str(GROUPS[group])


@register.filter
def strength_word(word: str) -> str:
    """Say in the reader's language how sure a group of raters is."""
    return str(_STRENGTHS[word])
