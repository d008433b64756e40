"""Writes about a released report: its owner lets the coach read it, or no longer."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.assessment.models import ThreeSixty
from trellis.core import audit
from trellis.people.models import Person


@transaction.atomic
def share_report(three_sixty: ThreeSixty, *, shared: bool, by: Person) -> None:
    """Let the 360's coach read the report, or no longer; raises ValidationError when it has no coach."""
    three_sixty = ThreeSixty.objects.select_for_update().get(pk=three_sixty.pk)
    if shared and three_sixty.coach_id is None:
        raise ValidationError(_("This 360 has no coach."))
    three_sixty.shared_with_coach = shared
    three_sixty.save(update_fields=["shared_with_coach"])
    audit.record(
        by=by, action="three_sixty.share", target=f"three-sixty:{three_sixty.uid}", detail={"shared": int(shared)}
    )
