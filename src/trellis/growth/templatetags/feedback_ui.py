"""Template tags of the 360's report: answers in half-steps as tracks, drawn once a page and pointed at from there."""

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from trellis.measure.ladder import HALF_STEPS_PER_LEVEL, in_halves, is_partly, level_of

register = template.Library()

_BOXES = (
    '<symbol id="half-{}" class="v{}" viewBox="0 0 84 12">'
    '<rect class="a" x="0.5" y="0.5" width="26" height="11" rx="3"/>'
    '<rect class="b" x="29" y="0.5" width="26" height="11" rx="3"/>'
    '<rect class="c" x="57.5" y="0.5" width="26" height="11" rx="3"/>{}</symbol>'
)
_HALF = '<path class="half h{}" d="M{} 3.5a3 3 0 0 1 3-3h10v11h-10a3 3 0 0 1-3-3z"/>'


@register.simple_tag
@lru_cache(maxsize=8)
def half_tracks(top: int) -> SafeString:
    """Draw the track of every answer up to the highest level, out of sight; `half_track` shows one of them."""
    tracks = ((half, level_of(half), _begun(half)) for half in range(HALF_STEPS_PER_LEVEL * top + 1))
    return format_html('<svg class="vh" aria-hidden="true">{}</svg>', format_html_join("", _BOXES, tracks))


def _begun(half: int) -> str | SafeString:
    level = level_of(half)
    return format_html(_HALF, level + 1, 0.5 + 28.5 * level) if is_partly(half) else ""


@register.simple_tag
@lru_cache(maxsize=64)
def half_track(half_steps: int) -> SafeString:
    """Show half-steps as three boxes with the number beside them, a begun level half filled."""
    return format_html(
        '<svg class="track" aria-hidden="true"><use href="#half-{}"/></svg><b>{}</b>',
        half_steps,
        in_halves(half_steps / HALF_STEPS_PER_LEVEL),
    )
