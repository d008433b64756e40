"""Whom a directory means: somebody it had before, a member who is here already, or somebody new."""

from allauth.account.models import EmailAddress
from django.db.models import Q

from trellis.core import clock
from trellis.exchange.models import Directory, DirectoryEntry
from trellis.exchange.scim.access import COMES_BACK, belongs_elsewhere, members_of
from trellis.exchange.scim.wanted import Wanted, compared
from trellis.people.models import Person


class TakenError(Exception):
    """Another person has what a directory wants to give; the text names the attribute, and nobody."""


def refuse_taken(directory: Directory, wanted: Wanted, *, but: DirectoryEntry | None = None) -> None:
    """Raise TakenError when another entry of the directory has this user name or number."""
    others = DirectoryEntry.objects.filter(directory=directory, removed_at=None)
    others = others.exclude(pk=but.pk) if but and but.pk else others
    if others.filter(user_key=wanted.user_key).exists():
        raise TakenError("userName")
    if wanted.external_id and others.filter(external_id=wanted.external_id).exists():
        raise TakenError("externalId")


def meant(directory: Directory, wanted: Wanted) -> Person | None:
    """Return whom a new user of a directory is here already, or None; raises TakenError for somebody of others.

    First whom the directory had before, by its own number or the user name; then a member of the affiliate by member
    number and family name; then by e-mail address. It never is a member of another affiliate.
    """
    return _had_before(directory, wanted) or _by_number(directory, wanted) or _by_address(directory, wanted)


def owner_of(address: str) -> Person | None:
    """Return whose address this is, as they sign in or as they have confirmed it; one query."""
    confirmed = EmailAddress.objects.filter(email__iexact=address, verified=True)
    return Person.objects.filter(Q(email=address) | Q(pk__in=confirmed.values("user"))).order_by("pk").first()


def _had_before(directory: Directory, wanted: Wanted) -> Person | None:
    gone = DirectoryEntry.objects.filter(directory=directory, removed_at__isnull=False).order_by("-removed_at")
    same = Q(external_id=wanted.external_id) if wanted.external_id else Q(user_key=wanted.user_key)
    entry = gone.filter(same).select_related("person").first()
    if entry is None or not _may_return(directory, entry.person):
        return None
    return entry.person


def _may_return(directory: Directory, person: Person) -> bool:
    """Whether the directory may take in somebody whom it had: a member, of no other affiliate, or lately its own."""
    lately = DirectoryEntry.objects.filter(directory=directory, person=person, ended_at__gte=clock.now() - COMES_BACK)
    return (
        members_of(directory).filter(person=person).exists()
        or lately.exists()
        or not Person.objects.filter(belongs_elsewhere(directory), pk=person.pk).exists()
    )


def _by_number(directory: Directory, wanted: Wanted) -> Person | None:
    """A number alone could be another list's, so the family name must be the same."""
    if not wanted.external_id or not wanted.family:
        return None
    members = Person.objects.filter(pk__in=members_of(directory).values("person_id"), member_number=wanted.external_id)
    person = members.first()
    if person is None or compared(person.family_name) != compared(wanted.family):
        return None
    return None if _is_listed(directory, person) else person


def _by_address(directory: Directory, wanted: Wanted) -> Person | None:
    known_by = wanted.addresses + ([wanted.user_key] if "@" in wanted.user_key else [])
    for address in dict.fromkeys(known_by):
        person = owner_of(address)
        if person is not None:
            if _is_listed(directory, person) or not _may_return(directory, person):
                raise TakenError("emails")
            return person
    return None


def _is_listed(directory: Directory, person: Person) -> bool:
    return DirectoryEntry.objects.filter(directory=directory, person=person, removed_at=None).exists()
