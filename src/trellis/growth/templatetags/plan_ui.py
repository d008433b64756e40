"""Template tags of the plan: how much is done in words, what answers and evidence say beside a goal, what happened."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from trellis.core.templatetags.ui import icon
from trellis.growth.history import Past, What
from trellis.growth.models import StepKind
from trellis.growth.progress import GoalView
from trellis.growth.progress_words import progress_words
from trellis.measure.ladder import in_halves

register = template.Library()

_KINDS = {
    StepKind.ACTIVITY: "lightbulb",
    StepKind.SESSION: "presentation",
    StepKind.TOOL: "target",
    StepKind.OWN: "file-pen",
}


@register.simple_tag
def steps_done(done: int, whole: int) -> str:
    """Say how far it is: "3 of 8 steps done"."""
    return progress_words(done, whole)


@register.simple_tag
def kind_icon(kind: str) -> SafeString:
    """Draw the mark of a kind of step, with its name for those who do not see it."""
    return format_html('{}<span class="vh">{}, </span>', icon(_KINDS[StepKind(kind)]), StepKind(kind).label)


@register.simple_tag
def beside_goal(view: GoalView) -> str:
    """Say what the person's answers and evidence say where a goal is concerned, each by itself."""
    if view.mine is None:
        said = _("you have not said yet where you stand here")
    else:
        said = _("your answers say level %(level)s") % {"level": in_halves(view.mine.levels)}
    if view.proven is None:
        return _("%(answers)s, no evidence yet") % {"answers": said}
    return _("%(answers)s, evidence for level %(level)s") % {"answers": said, "level": view.proven.levels[-1]}


@register.simple_tag
def past_words(past: Past) -> str:
    """Say what happened in a few words."""
    if past.what == What.BEGUN:
        return _("New goal: %(theme)s") % {"theme": past.text}
    if past.what == What.DONE:
        return _("Done: %(text)s") % {"text": past.text}
    if past.what == What.REACHED:
        return _("Reached: %(theme)s") % {"theme": past.text}
    if past.what == What.CHECKED_IN:
        return _("Checked in")
    return _("Reflected: %(theme)s") % {"theme": past.text} if past.text else _("Reflected")
