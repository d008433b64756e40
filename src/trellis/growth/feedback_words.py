"""Words of the 360's report, the same on the page and on paper."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from trellis.growth.feedback import Feedback
from trellis.measure.panel import THRESHOLD


def strength_words() -> Mapping[str, str]:
    """Return the words for what a number of raters is worth."""
    return {"low": _("low"), "fair": _("fair"), "good": _("good"), "": ""}


def not_shown(found: Feedback, *, has_comments: bool) -> list[Any]:
    """Return what the report leaves out, each with its reason."""
    lines = [
        _("Who answered, how many were asked, and any single answer of a group: so that people can be honest."),
        _("Averages, and the highest and lowest answers: with them single answers could be worked out."),
    ]
    if found.is_merged:
        lines.append(
            _("Kinds of rater of whom fewer than %(least)d answered, on their own: they are in “all others”.")
            % {"least": THRESHOLD}
        )
    elif found.columns:
        lines.append(
            _("Kinds of rater of whom fewer than %(least)d answered, if there were any.") % {"least": THRESHOLD}
        )
    if found.hidden:
        lines.append(
            _("Themes that fewer than %(least)d of a group have seen: there it says “too few saw this”.")
            % {"least": THRESHOLD}
        )
    if not has_comments:
        lines.append(_("Comments: fewer than %(least)d people wrote, or nobody did.") % {"least": THRESHOLD})
    return lines
