"""A credential as pages show it, in the reader's language: title, domain, level, what was found of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trellis.exchange.badges.achievements import Place, place_of
from trellis.exchange.badges.checking import Found, state_of
from trellis.growth.models import Credential


@dataclass(frozen=True, slots=True)
class Held:
    """One badge; a programme's has no place in a framework and no rungs."""

    credential: Credential
    title: str
    domain: str
    rung: str
    rungs: int
    place: Place | None
    state: Found

    @property
    def name(self) -> str:
        """Title and level in one."""
        return f"{self.title}: {self.rung}" if self.place else self.title


def as_held(credential: Credential) -> Held:
    """Return a credential as pages show it; no query where it was read with `edition__framework`."""
    place = place_of(credential)
    if place is None:
        return Held(credential, credential.title, _("Programs"), "", 0, None, state_of(credential))
    tree, theme, cell = place
    domain = tree.domain_by_code[theme.domain_code]
    return Held(credential, theme.short, domain.name, cell.level_name, len(tree.levels), place, state_of(credential))


def all_held(credentials: Iterable[Credential]) -> list[Held]:
    """Return credentials as pages show them."""
    return [as_held(credential) for credential in credentials]
