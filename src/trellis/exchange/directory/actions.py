"""What an affiliate's staff do with its directory: set it up, make and remove tokens, take it away. All is noted."""

import datetime as dt

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.core.sealing import digest
from trellis.exchange.models import Directory, DirectoryToken
from trellis.exchange.models.directory import SHOWN, new_secret
from trellis.exchange.tokens import Made, forget_old
from trellis.people.models import Person, Unit

_MOST = 5


@transaction.atomic
def set_up(unit: Unit, *, by: Person) -> Directory:
    """Let a unit have its directory here, or return the one that it has; it can do nothing yet.

    The unit must come from `access.directory_units(by)`.
    """
    directory, is_new = Directory.objects.get_or_create(unit=unit, defaults={"made_by": by})
    if is_new:
        _note(directory, "set-up", by=by)
    return directory


@transaction.atomic
def make_token(directory: Directory, *, label: str, days: int, by: Person) -> Made[DirectoryToken]:
    """Make a token with which the directory adds and removes people, for so many days.

    Raises ValidationError when it has five.
    """
    Directory.objects.select_for_update().get(pk=directory.pk)
    if directory.tokens.count() >= _MOST:
        raise ValidationError(_("A directory has five tokens at most. Remove one first."))
    secret = new_secret()
    token = DirectoryToken.objects.create(
        directory=directory,
        made_by=by,
        label=label,
        begins=secret[:SHOWN],
        digest=digest(secret),
        expires_on=clock.today() + dt.timedelta(days=days),
    )
    _note(directory, "token.make", by=by, token=str(token.uid), days=days)
    return Made(token, secret)


@transaction.atomic
def renew_token(token: DirectoryToken, *, by: Person) -> Made[DirectoryToken]:
    """Give a token a new secret for as many days as before; the old one holds for a day more."""
    token = DirectoryToken.objects.select_for_update(of=("self",)).select_related("directory__unit").get(pk=token.pk)
    days, secret = token.expires_on - token.changed_at.date(), new_secret()
    token.digest_before = "" if token.is_over else token.digest
    token.digest, token.begins, token.changed_at = digest(secret), secret[:SHOWN], clock.now()
    token.expires_on = clock.today() + days
    token.save(update_fields=["digest_before", "digest", "begins", "changed_at", "expires_on"])
    _note(token.directory, "token.renew", by=by, token=str(token.uid))
    return Made(token, secret)


@transaction.atomic
def remove_token(token: DirectoryToken, *, by: Person) -> None:
    """Remove a token: whoever has it is turned away from now on."""
    _note(token.directory, "token.remove", by=by, token=str(token.uid))
    token.delete()


@transaction.atomic
def take_away(directory: Directory, *, by: Person) -> None:
    """Take a directory away with its tokens and what it has said of people; the people stay members as they are."""
    _note(directory, "take-away", by=by)
    SocialAccount.objects.filter(provider=str(directory.uid)).delete()
    directory.delete()


def forget_old_tokens(on: dt.date) -> str:
    """Delete tokens that have been over for 90 days; the daily job. Returns a line without names."""
    return forget_old(DirectoryToken, on, action="exchange.directory.forget")


def _note(directory: Directory, what: str, *, by: Person, **detail: object) -> None:
    detail["unit"] = str(directory.unit.uid)
    audit.record(by=by, action=f"exchange.directory.{what}", target=f"directory:{directory.uid}", detail=detail)
