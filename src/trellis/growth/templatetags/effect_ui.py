"""Template tags of effects: a gain with its bar, and what may be said of it in words."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from trellis.growth.effect import GREW, HIDDEN, HINT, LESS, NO_CHANGE, SHIFTED, Figure, Shown
from trellis.measure.disclosure import THRESHOLD
from trellis.measure.gain import COMPARED_FROM

register = template.Library()

# The drawing: from one level less to two levels more, so many points wide to a level.
_LEFT, _RIGHT, _LEVEL, _HEIGHT = -1.0, 2.0, 40, 16


@register.simple_tag
def gain_bar(figure: Figure) -> SafeString:
    """Draw a mean gain as a point on its bar, beside the line of no change; the numbers stand beside it in words."""

    def at(level: float) -> str:
        return f"{(min(_RIGHT, max(_LEFT, level)) - _LEFT) * _LEVEL:.0f}"

    width = f"{(_RIGHT - _LEFT) * _LEVEL:.0f}"
    low, high = (at(figure.low), at(figure.high)) if figure.has_bar else (at(figure.mean.value),) * 2
    return format_html(
        '<svg class="gain" viewBox="0 0 {} {}" aria-hidden="true"><path class="axis" d="M0 8H{}"/>'
        '<path class="zero" d="M{} 0V{}"/>'
        '<path class="reach" d="M{} 8H{}"/><circle cx="{}" cy="8" r="4"/></svg>',
        width,
        _HEIGHT,
        width,
        at(0.0),
        _HEIGHT,
        low,
        high,
        at(figure.mean.value),
    )


@register.simple_tag
def gain_words(figure: Figure) -> str:
    """Say a mean gain in words: "+0.4 of a level (0.2 to 0.6)"."""
    value = f"{figure.mean.value:+.1f}" if figure.mean.value else "0.0"
    mean = {"exactly": value, "at least": f"≥ {value}", "at most": f"≤ {value}"}[figure.mean.end]
    if not figure.has_bar:
        return _("%(mean)s of a level") % {"mean": mean}
    return _("%(mean)s of a level (%(low)s to %(high)s)") % {
        "mean": mean,
        "low": f"{figure.low:+.1f}",
        "high": f"{figure.high:+.1f}",
    }


@register.simple_tag
def may_be_said(shown: Shown) -> str:
    """Return in plain words what may be said of a theme, to who arranges."""
    words: dict[str, Any] = {
        HIDDEN: _("Hidden: it takes %(least)d people with all three answers, so that nobody can be picked out.")
        % {"least": THRESHOLD},
        HINT: _(
            "A hint, not proof: of fewer than %(many)d people the bar is wide, and the dot is drawn towards no change."
        )
        % {"many": COMPARED_FROM},
        GREW: _("People say they stand higher than they came, whichever way one asks. This may be said."),
        SHIFTED: _(
            "Only looking back do people see a change: after it they put their start lower than they did before it. "
            "That is common. One learns what a step really asks for. It is no proof that they grew."
        ),
        NO_CHANGE: _("No change that is larger than answering twice would give."),
        LESS: _(
            "People say they stand lower than before. Often they have seen how much there is to it; "
            "read what they wrote."
        ),
    }
    return str(words[shown.says])
