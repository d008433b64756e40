"""The themes of a release by domain, in the reader's words; what its columns are called on pages and on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from trellis.framework.tree import EditionTree
from trellis.insight.models import Release


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its column in released tables, its code and uid, and its short name."""

    column: str
    code: str
    uid: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain with those of its themes that the release has."""

    code: str
    name: str
    icon: str
    themes: tuple[Theme, ...]


@dataclass(frozen=True)
class Themes:
    """All themes of a release; one by one in order when it is walked."""

    domains: tuple[Domain, ...]

    def __iter__(self) -> Iterator[Theme]:
        return (theme for domain in self.domains for theme in domain.themes)

    @cached_property
    def by_code(self) -> dict[str, Theme]:
        """Each theme by its code."""
        return {theme.code: theme for theme in self}

    @cached_property
    def by_column(self) -> dict[str, Theme]:
        """Each theme by its column."""
        return {theme.column: theme for theme in self}


def themes_of(release: Release, tree: EditionTree | None) -> Themes:
    """Return the themes of a release, named as today's edition names them.

    A theme that the edition no longer has stands at the end, by its code: old results stay readable.
    """
    held = {one["code"]: (one["column"], UUID(one["uid"])) for one in release.content["themes"]}
    found = []
    for domain in tree.domains if tree is not None else ():
        named = ((theme, held.pop(theme.code)) for theme in domain.themes if theme.code in held)
        themes = tuple(Theme(column, theme.code, uid, theme.short) for theme, (column, uid) in named)
        if themes:
            found.append(Domain(domain.code, domain.name, domain.icon, themes))
    if held:
        rest = tuple(Theme(column, code, uid, code) for code, (column, uid) in held.items())
        found.append(Domain("", _("Themes of an earlier edition"), "", rest))
    return Themes(tuple(found))
