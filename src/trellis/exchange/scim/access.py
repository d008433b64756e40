"""Whom a directory's token reaches: the people of its affiliate and of what is inside it, and nobody else."""

import datetime as dt

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from trellis.core import clock
from trellis.core.sealing import digest
from trellis.exchange.models import Directory, DirectoryToken
from trellis.people.models import Membership, Person, within

# After a change of its secret a token's old one holds for so long, so that no run of the directory fails.
BOTH_HOLD = dt.timedelta(days=1)
# So long what a directory has ended can be as it was before; after it, somebody who comes back begins anew.
COMES_BACK = dt.timedelta(days=30)


def token_behind(secret: str) -> DirectoryToken | None:
    """Return the token whose secret this is, with its directory and unit; None when there is none, or it is over."""
    mark = digest(secret)
    before = Q(digest_before=mark, changed_at__gt=clock.now() - BOTH_HOLD)
    good = DirectoryToken.objects.filter(Q(digest=mark) | before, expires_on__gte=clock.today())
    return good.select_related("directory__unit").first()


def members_of(directory: Directory) -> QuerySet[Membership]:
    """Return the memberships of today in the affiliate and in what is inside it."""
    return Membership.objects.active(clock.today()).filter(within([directory.unit], "unit__"))


def belongs_elsewhere(directory: Directory) -> Exists:
    """Return the condition that a person belongs today to a unit that is not the affiliate's."""
    own = within([directory.unit], "unit__")
    return Exists(Membership.objects.active(clock.today()).filter(~own, person_id=OuterRef("pk")))


def reachable_people(directory: Directory) -> QuerySet[Person]:
    """Return the persons whom a directory may read and change; `entry` is what it has said of them, or nothing.

    They belong to the affiliate or inside it; or the directory has them, and they belong nowhere else, or it has itself
    ended that they belonged here, not long ago. Whom it has taken out is not among them.
    """
    here = Q(pk__in=members_of(directory).values("person_id"))
    known = Q(entry__isnull=False, entry__removed_at=None)
    lately = Q(entry__is_active=False, entry__ended_at__gte=clock.now() - COMES_BACK)
    return Person.objects.alias(
        entry=FilteredRelation("directory_entries", condition=Q(directory_entries__directory=directory)),
    ).filter((here & Q(entry__isnull=True)) | (known & (here | lately | ~belongs_elsewhere(directory))))
