"""Writes of "for you": pass an offering over, and take that back. Each is atomic and leaves an audit row."""

from django.db import transaction

from trellis.core import audit
from trellis.growth.models import PassedOver
from trellis.learning.models import Offering
from trellis.people.models import Person


@transaction.atomic
def pass_over(offering: Offering, *, by: Person) -> None:
    """Show a person this offering no more among what fits them; the catalogue itself still does."""
    _row, is_new = PassedOver.objects.get_or_create(person=by, offering=offering)
    if is_new:
        audit.record(by=by, action="growth.for_you.pass", target=f"offering:{offering.uid}")


@transaction.atomic
def take_back(offering: Offering, *, by: Person) -> None:
    """Let an offering that was passed over be suggested again."""
    gone, _each = PassedOver.objects.filter(person=by, offering=offering).delete()
    if gone:
        audit.record(by=by, action="growth.for_you.take_back", target=f"offering:{offering.uid}")
