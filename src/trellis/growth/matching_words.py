"""Why two fit, in words that both can read; and why somebody stays without. Never a level, never a number."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.framework.tree import EditionTree
from trellis.growth.matching import Facts, Without
from trellis.growth.models import FreeTime
from trellis.people.nearness import Nearness
from trellis.people.spoken import spoken

# More than these are not read.
_MOST_THEMES = 3

_NEAR: dict[Nearness, Any] = {
    Nearness.WORKSITE: gettext_lazy("You work in the same place."),
    Nearness.LOCAL: gettext_lazy("Same local."),
    Nearness.STATE: gettext_lazy("Same state."),
    Nearness.ELSEWHERE: gettext_lazy("Another state."),
}
_NEAR_OF_OTHERS: dict[Nearness, Any] = _NEAR | {Nearness.WORKSITE: gettext_lazy("They work in the same place.")}

WHY_WITHOUT: dict[Without, Any] = {
    Without.THEMES: gettext_lazy("Nobody offers to help with what they look for."),
    Without.LANGUAGE: gettext_lazy("Who could help speaks another language."),
    Without.TIMES: gettext_lazy("Who could help has other times, or meets in another way."),
    Without.FULL: gettext_lazy("Everybody who would fit has no free place left."),
    Without.NOBODY: gettext_lazy("Nobody fits just now."),
}


def listed(words: Iterable[Any]) -> str:
    """Return words in one line: "one", "one and two", "one, two and three"."""
    found = [str(word) for word in words]
    if len(found) < 2:
        return "".join(found)
    return _("%(first)s and %(last)s") % {"first": ", ".join(found[:-1]), "last": found[-1]}


def theme_names(tree: EditionTree, codes: Iterable[str]) -> list[str]:
    """Return the short names of themes, without those that the edition has no more."""
    return [tree.theme_by_code[code].short for code in codes if code in tree.theme_by_code]


def time_names(times: Iterable[str]) -> list[Any]:
    """Return times in words, in the order of a week."""
    held = set(times)
    return [time.label for time in FreeTime if time in held]


def language_names(codes: Iterable[str]) -> list[str]:
    """Return languages, each in its own words."""
    names = spoken()
    return [names[code] for code in codes if code in names]


def reasons(facts: Facts, tree: EditionTree, *, mentor: str, mentee: str = "") -> list[str]:
    """Return why two fit, a sentence each; said to the mentee, or with `mentee` (a name) of them to somebody else."""
    said = []
    if themes := theme_names(tree, facts.themes[:_MOST_THEMES]):
        names = {"themes": listed(themes), "mentor": mentor, "mentee": mentee}
        said.append(
            _("%(mentee)s wants to grow in %(themes)s; %(mentor)s is strong there.") % names
            if mentee
            else _("You want to grow in %(themes)s; %(mentor)s is strong there.") % names
        )
    if times := time_names(facts.times):
        said.append(_("Both free on %(times)s.") % {"times": listed(times)})
    said.append(str((_NEAR_OF_OTHERS if mentee else _NEAR)[facts.near]))
    if facts.languages and facts.languages != ("en",):
        said.append(_("Both speak %(languages)s.") % {"languages": listed(language_names(facts.languages))})
    return said


def as_stored(facts: Facts) -> dict[str, Any]:
    """Return facts as codes that a row can hold."""
    return {
        "themes": list(facts.themes),
        "times": list(facts.times),
        "languages": list(facts.languages),
        "near": facts.near.value,
    }


def from_stored(kept: dict[str, Any]) -> Facts:
    """Return the facts that a row holds."""

    def codes(name: str) -> tuple[str, ...]:
        found: Sequence[str] = kept.get(name, ())
        return tuple(found)

    near = Nearness(kept.get("near", Nearness.ELSEWHERE))
    return Facts(codes("themes"), codes("times"), codes("languages"), near)
