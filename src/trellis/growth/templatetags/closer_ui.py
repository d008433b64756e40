"""Template tags of the closer look: what it says on a theme's page, and where a plan begins one."""

from collections.abc import Iterable
from typing import Any

from django import template

from trellis.framework.tree import EditionTree, ThemeNode
from trellis.growth.closer_look import CloserLook, LevelLook, StatementLook, closer_look
from trellis.growth.closer_queries import Words, closer_waves, closer_words
from trellis.growth.models import Goal
from trellis.measure.ladder import in_halves
from trellis.people.models import Person

register = template.Library()


@register.inclusion_tag("growth/parts/closer_look.html", takes_context=True)
def closer_look_at(context: template.Context, theme: ThemeNode, planned: Iterable[int]) -> dict[str, Any]:
    """Show what the viewer's own closer look says about a theme; two queries."""
    viewer = context["request"].user
    look = closer_look(theme, closer_waves(viewer)) if isinstance(viewer, Person) else None
    words = closer_words()
    return {
        "theme": theme,
        "look": look,
        "is_planned": bool(planned),
        "low": in_halves(look.low) if look else "",
        "high": in_halves(look.high) if look else "",
        "levels": [(level, _rows(level, words), level.level == _next(look)) for level in look.levels] if look else [],
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("growth/parts/closer_look_domains.html", takes_context=True)
def closer_look_domains(context: template.Context, goals: Iterable[Goal], tree: EditionTree | None) -> dict[str, Any]:
    """Offer a closer look at all themes of the plan in one domain, where there is more than one; no query."""
    codes = {goal.theme_code for goal in goals}
    domains = (
        [(domain, [theme for theme in domain.themes if theme.code in codes]) for domain in tree.domains] if tree else []
    )
    return {"domains": [pair for pair in domains if len(pair[1]) > 1], "csrf_token": context.get("csrf_token")}


def _next(look: CloserLook) -> int:
    """The level that is looked at first: the lowest one that is not there."""
    return next((level.level for level in look.levels if not level.is_there), look.levels[-1].level)


def _rows(level: LevelLook, words: Words) -> list[tuple[StatementLook, str, str, str]]:
    return [
        (
            one,
            words.no_chance if one.no_chance else words.often.get(one.often, ""),
            words.last.get(one.last, ""),
            # in the middle of a sentence
            words.often.get(one.was, "").lower(),
        )
        for one in level.statements
    ]
