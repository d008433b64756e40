"""Sign-in through directories: how it is set, links between an account there and a person here, and who is let in."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from trellis.core import audit, clock, sealing
from trellis.exchange.models import Directory
from trellis.exchange.sign_in.access import verified_address
from trellis.people.models import Membership, Person

_PURPOSE = "directory"


@transaction.atomic
def set_sign_in(
    directory: Directory, *, issuer: str, client: str, secret: str, is_on: bool, lets_in: bool, by: Person
) -> None:
    """Set how people sign in through a directory; an empty secret leaves the one that there is.

    Another issuer gives its own numbers to people, so all links to the one before end.
    """
    directory = Directory.objects.select_for_update(of=("self",)).select_related("unit").get(pk=directory.pk)
    ended = 0
    if issuer != directory.issuer:
        ended, _rows = SocialAccount.objects.filter(provider=str(directory.uid)).delete()
    directory.issuer, directory.client, directory.is_on, directory.lets_in = issuer, client, is_on, lets_in
    if secret:
        directory.sealed = sealing.seal(secret.encode(), sealing.site_key(_PURPOSE))
    directory.save(update_fields=["issuer", "client", "is_on", "lets_in", "sealed"])
    detail = {
        "unit": str(directory.unit.uid),
        "on": is_on,
        "lets_in": lets_in,
        "unlinked": ended,
        "secret": bool(secret),
    }
    audit.record(by=by, action="exchange.directory.sign-in", target=f"directory:{directory.uid}", detail=detail)


def secret_of(directory: Directory) -> str:
    """Return the secret that an issuer and this site share; raises SealBrokenError."""
    if not directory.sealed:
        return ""
    return sealing.unseal(bytes(directory.sealed), sealing.site_key(_PURPOSE)).decode()


@transaction.atomic
def link(directory: Directory, person: Person, *, number: str, by: audit.Actor | None) -> None:
    """Let the account of this number in a directory sign this person in from now on."""
    SocialAccount.objects.create(user=person, provider=str(directory.uid), uid=number)
    _note("link", directory, person, by=by)


@transaction.atomic
def unlink(account: SocialAccount, *, by: Person) -> None:
    """End a link of one's own."""
    audit.record(
        by=by, action="exchange.sign-in.unlink", target=f"person:{by.uid}", detail={"directory": account.provider}
    )
    account.delete()


@transaction.atomic
def let_in(directory: Directory, claims: dict[str, Any]) -> Person:
    """Make a member of somebody whom nobody knows here, as `access.speaks_of_somebody` says, and link them."""
    address = verified_address(claims)
    person = Person(
        email=address or None,
        given_name=str(claims.get("given_name") or "")[:80],
        family_name=str(claims.get("family_name") or "")[:80],
    )
    person.set_unusable_password()
    person.save()
    if address:
        EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    Membership.objects.create(person=person, unit=directory.unit, since=clock.today())
    _note("let-in", directory, person, by=None)
    link(directory, person, number=str(claims["sub"]), by=None)
    return person


def _note(what: str, directory: Directory, person: Person, *, by: audit.Actor | None) -> None:
    detail = {"directory": str(directory.uid)}
    audit.record(by=by, action=f"exchange.sign-in.{what}", target=f"person:{person.uid}", detail=detail)
