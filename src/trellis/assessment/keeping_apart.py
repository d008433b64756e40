"""Writes of exclusions: two persons who do not answer about each other. Only who says so ever learns of it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.assessment.models import Exclusion
from trellis.core import audit
from trellis.people.models import Person


@transaction.atomic
def keep_apart(other: Person, *, by: Person) -> None:
    """Note that the two do not answer about each other; twice is once. Raises ValidationError for oneself."""
    if other == by:
        raise ValidationError(_("That is you."))
    Exclusion.objects.get_or_create(person=by, other=other)
    # Not whom: the trail is read by others.
    audit.record(by=by, action="three_sixty.apart", target=f"person:{by.uid}")


@transaction.atomic
def take_back(exclusion: Exclusion, *, by: Person) -> None:
    """Let the two answer about each other again, unless the other one keeps apart too."""
    exclusion.delete()
    audit.record(by=by, action="three_sixty.together", target=f"person:{by.uid}")
