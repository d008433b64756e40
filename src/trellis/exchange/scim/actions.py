"""What a directory does with a person: takes them in, changes what it says, takes them out. All is in the trail."""

from dataclasses import replace

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from trellis.core import audit, clock
from trellis.exchange.models import Directory, DirectoryEntry
from trellis.exchange.scim.departure import belong, come_back, depart
from trellis.exchange.scim.matching import TakenError, meant, owner_of, refuse_taken
from trellis.exchange.scim.wanted import Wanted, compared, known_as
from trellis.people.models import Person


@transaction.atomic
def take_in(directory: Directory, wanted: Wanted, *, by: audit.Actor) -> DirectoryEntry:
    """Take a person into a directory: somebody who is here already, or had been, or somebody new.

    Raises TakenError when it has this user name or number already, or the address is that of somebody of others.
    """
    refuse_taken(directory, wanted)
    person = meant(directory, wanted)
    is_new = person is None
    if person is None:
        person = Person(email=wanted.email or None)
        person.set_unusable_password()
        person.save()
    entry = _entry_of(directory, person)
    wanted = replace(
        wanted,
        given=wanted.given or person.given_name,
        family=wanted.family or person.family_name,
        title=wanted.title or person.occupation,
        is_active=wanted.is_active is not False,
    )
    _store(entry, wanted, "add" if is_new else "match", by=by)
    return entry


@transaction.atomic
def change(directory: Directory, person: Person, wanted: Wanted, *, by: audit.Actor) -> DirectoryEntry:
    """Store what a directory says of a person from now on; the person must come from `access.reachable_people`.

    Raises TakenError for a user name, number or address that somebody else has.
    """
    entry = _entry_of(directory, person)
    refuse_taken(directory, wanted, but=entry)
    _store(entry, wanted, "change", by=by)
    return entry


@transaction.atomic
def take_out(directory: Directory, person: Person, *, by: audit.Actor) -> None:
    """Take a person out of a directory: all access through it ends at once, and nothing of theirs is erased."""
    entry = _entry_of(directory, person)
    entry.save()
    if entry.ended_at is None:
        depart(entry, by=by)
    # Who comes back is recognized anew; an account there may be a successor's by then.
    SocialAccount.objects.filter(provider=str(directory.uid), user=person).delete()
    entry.removed_at = entry.changed_at = clock.now()
    entry.save(update_fields=["removed_at", "changed_at"])
    _note(entry, "remove", by=by)


def _entry_of(directory: Directory, person: Person) -> DirectoryEntry:
    """What the directory has said of a person; a new entry of what is known here when that is nothing yet."""
    found = DirectoryEntry.objects.filter(directory=directory, person=person).select_related("directory__unit").first()
    if found is not None:
        found.person = person
        return found
    name, address = known_as(person), person.email or ""
    emails = [{"value": address, "type": "work", "primary": True}] if address else []
    return DirectoryEntry(
        directory=directory, person=person, user_name=name, user_key=compared(name), email=compared(address),
        emails=emails, is_active=person.is_active,
    )  # fmt: skip


def _store(entry: DirectoryEntry, wanted: Wanted, what: str, *, by: audit.Actor) -> None:
    """Write down what the directory says; end or give access when that is something else than before.

    When it says nothing of that (any more), it stays as it is.
    """
    was_active = entry.is_active
    is_active = was_active if wanted.is_active is None else wanted.is_active
    person = entry.person
    _follow_address(entry, wanted)
    person.given_name, person.family_name, person.occupation = wanted.given, wanted.family, wanted.title
    person.save(update_fields=["given_name", "family_name", "occupation", "email"])
    entry.user_name, entry.user_key = wanted.user_name, wanted.user_key
    entry.external_id, entry.display_name = wanted.external_id, wanted.display_name
    entry.email, entry.emails = wanted.email, wanted.emails
    others = wanted.addresses[1:]
    entry.other_emails = "\n".join(["", *others, ""]) if others else ""
    entry.tells_active = wanted.is_active is not None
    entry.removed_at, entry.changed_at = None, clock.now()
    entry.save()
    _note(entry, what, by=by)
    if not is_active and was_active:
        depart(entry, by=by)
    elif is_active and not was_active:
        come_back(entry, by=by)
    elif is_active:
        belong(entry)


def _follow_address(entry: DirectoryEntry, wanted: Wanted) -> None:
    """Let the address by which somebody signs in follow the directory's, until they have confirmed one themselves.

    Whoever runs a directory could else sign in as anyone of its people, and read what they show to nobody.
    """
    person, new = entry.person, wanted.email
    for address in wanted.addresses:
        owner = owner_of(address)
        if owner is not None and owner.pk != person.pk:
            raise TakenError("emails")
    if not new or new == person.email:
        return
    own = EmailAddress.objects.filter(user=person)
    if person.email and (person.has_usable_password() or own.filter(verified=True).exists()):
        return
    own.filter(verified=False).delete()
    person.email = new


def _note(entry: DirectoryEntry, what: str, *, by: audit.Actor) -> None:
    detail = {"directory": str(entry.directory.uid)}
    audit.record(by=by, action=f"exchange.directory.{what}", target=f"person:{entry.person.uid}", detail=detail)
