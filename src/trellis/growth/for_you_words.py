"""Why an offering fits, in words that a person would use; each says one part of the rule."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trellis.framework.tree import EditionTree
from trellis.growth.for_you import BEGUN, FOCUS, GOAL, ROLE, Cell, Pick, Want
from trellis.growth.queries import Aim
from trellis.learning.when import there
from trellis.people.models import UnitKind


def why(pick: Pick, aim: Aim, tree: EditionTree) -> list[str]:
    """Return the reasons for a pick: why its step is wanted first, then the rest, what it asks for first at the end."""
    reasons = [_wanted(want, aim) for want in pick.wants[:2]]
    if len(pick.wants) > 2:
        reasons.append(_("It teaches %(count)d more of your next steps.") % {"count": len(pick.wants) - 2})
    # That it is somewhere in the country speaks for nothing.
    if pick.near is not None and pick.near.kind != UnitKind.NATIONAL:
        reasons.append(_("In %(unit)s.") % {"unit": pick.near.name})
    elif pick.entry.is_online:
        reasons.append(_("Online: from wherever you are."))
    reasons.extend(_when(pick))
    if pick.entry.language != "en":
        spoken = str(dict(settings.LANGUAGES).get(pick.entry.language, pick.entry.language))
        reasons.append(_("In %(language)s.") % {"language": spoken})
    names = _names(tree) if pick.missing else {}
    for theme, level in pick.missing:
        if theme in names:
            reasons.append(_("First: level %(level)d in %(theme)s.") % {"level": level, "theme": names[theme]})
    return reasons


def _wanted(want: Want, aim: Aim) -> str:
    words = {"theme": want.theme.short, "level": want.level, "target": want.target}
    if want.why == GOAL:
        return _("You planned it: level %(level)d in %(theme)s.") % words
    if want.why == ROLE and aim.profile is not None:
        words["role"] = aim.profile.role.name
        if want.level == want.target:
            return _("%(role)s asks for level %(level)d in %(theme)s.") % words
        return _("%(role)s asks for level %(target)d in %(theme)s. Next is level %(level)d.") % words
    if want.why == FOCUS:
        return _("You are growing in this domain: next is level %(level)d in %(theme)s.") % words
    if want.why == BEGUN:
        return _("You have begun level %(level)d in %(theme)s.") % words
    return _("Level %(level)d in %(theme)s is one of your nearest steps.") % words


def _when(pick: Pick) -> list[str]:
    if pick.entry.is_any_time:
        return [_("Start any time.")]
    if pick.date is None:
        return [_("All seats are taken: you can wait for one.")] if pick.is_full else [_("No date yet.")]
    day = date_format(there(pick.date.starts_at, pick.date.zone), "MONTH_DAY_FORMAT")
    return [_("On %(day)s, with seats free.") % {"day": day}]


def not_yet(later: Iterable[Cell], levels: Mapping[int, int], tree: EditionTree) -> list[str]:
    """Say of each cell that stands too high what comes first."""
    names = _names(tree)
    return [
        _("It teaches level %(level)d in %(theme)s. Your next step there is level %(next)d.")
        % {"level": level, "theme": names[theme], "next": levels.get(theme, 0) + 1}
        for theme, level in later
        if theme in names
    ]


def _names(tree: EditionTree) -> dict[int, str]:
    return {theme.uid.int: theme.short for theme in tree.themes}
