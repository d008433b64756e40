"""Through which directories people sign in, and whom each may sign in: the affiliate's own people, and nobody else."""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet

from trellis.core import clock
from trellis.exchange.models import Directory, DirectoryEntry
from trellis.exchange.scim.access import belongs_elsewhere, reachable_people
from trellis.exchange.scim.matching import owner_of
from trellis.exchange.scim.wanted import compared
from trellis.people.models import Person, Term, Unit, around, within


def open_directories() -> QuerySet[Directory]:
    """Return the directories through which anybody may try to sign in, with their unit."""
    return Directory.objects.filter(is_on=True).select_related("unit")


def directories_of(person: Person) -> QuerySet[Directory]:
    """Return the open directories of the units that a person belongs to, or is inside of."""
    own = Unit.objects.filter(memberships__in=person.memberships.active(clock.today()))
    return open_directories().filter(around(own, "unit__"))


def own_links(person: Person) -> QuerySet[SocialAccount]:
    """Return the person's links to directories."""
    links: QuerySet[SocialAccount] = SocialAccount.objects.filter(user=person)
    return links


def may_come_in(directory: Directory, person: Person) -> bool:
    """Say whether a directory may sign somebody in: they are of its people, and it has not switched them off."""
    off = DirectoryEntry.objects.filter(directory=directory, person=person).exclude(is_active=True)
    return reachable_people(directory).filter(pk=person.pk).exists() and not off.exists()


def known_by(directory: Directory, claims: dict[str, Any]) -> Person | None:
    """Return whom a directory's words mean who was never signed in through it, or None.

    By the number under which it keeps them here, else by an address that it has verified. It is somebody who belongs to
    this affiliate only, and holds no office beyond it: a local's directory must not open what is a state's. Whoever
    does signs in as ever, and links the two themselves.
    """
    person = _by_number(directory, claims) or _by_address(directory, claims)
    if person is None or not may_come_in(directory, person) or _reaches_beyond(directory, person):
        return None
    # Another of the directory's accounts is this person's already: an address that was given to a successor, say.
    return None if own_links(person).filter(provider=str(directory.uid)).exists() else person


def verified_address(claims: dict[str, Any]) -> str:
    """Return the address that a directory vouches for, as it is compared; empty when it vouches for none.

    Microsoft Entra says `xms_edov` where others say `email_verified`.
    """
    said = [claims.get("email_verified"), claims.get("xms_edov")]
    is_verified = any(value is True or str(value).lower() in ("true", "1") for value in said)
    return compared(str(claims.get("email") or "")) if is_verified else ""


def speaks_of_somebody(directory: Directory, claims: dict[str, Any]) -> bool:
    """Say whether a directory's words mean somebody who is here, or was: whoever may not come in is no stranger."""
    return _entries(directory, claims).exists() or owner_of(compared(str(claims.get("email") or ""))) is not None


def _entries(directory: Directory, claims: dict[str, Any]) -> QuerySet[DirectoryEntry]:
    numbers = [str(claims[name]) for name in ("sub", "oid") if claims.get(name)]
    return DirectoryEntry.objects.filter(directory=directory, external_id__in=numbers)


def _by_number(directory: Directory, claims: dict[str, Any]) -> Person | None:
    found = list(_entries(directory, claims).filter(removed_at=None).select_related("person")[:2])
    return found[0].person if len(found) == 1 else None


def _by_address(directory: Directory, claims: dict[str, Any]) -> Person | None:
    address = verified_address(claims)
    return owner_of(address) if address else None


def _reaches_beyond(directory: Directory, person: Person) -> bool:
    office = Term.objects.active(clock.today()).filter(~within([directory.unit], "unit__"), person=person)
    return Person.objects.filter(belongs_elsewhere(directory), pk=person.pk).exists() or office.exists()
