"""An affiliate's word on a member's application: it endorses or declines, with a sentence for the applicant."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.learning.call_actions import held
from trellis.learning.models import Application, ApplicationStatus, CallStatus, Endorsement, NewsKind
from trellis.learning.news import write_news
from trellis.learning.programme_access import ENDORSES
from trellis.people.access import units_granting
from trellis.people.models import Membership, Person, Unit, within


def affiliate_for(application: Application, *, by: Person) -> Unit | None:
    """Return the unit for which this person may speak about the application, the smallest one, or None."""
    units = units_granting(by, ENDORSES)
    homes = Membership.objects.active(clock.today()).filter(person=application.person_id)
    able = [unit for unit in units if homes.filter(within([unit], "unit__")).exists()]
    return max(able, key=lambda unit: unit.depth, default=None)


@transaction.atomic
def endorse(application: Application, *, endorses: bool, words: str, by: Person) -> Endorsement:
    """Endorse an application or decline to; it may be changed until the call is decided. The applicant gets a mail.

    The application must come from `applications_to_endorse(by)`. Raises ValidationError without words, for one's own,
    and for who may not speak for a unit of the applicant's.
    """
    call = held(application.call, CallStatus.OPEN, CallStatus.CLOSED)
    application = Application.objects.select_for_update(of=("self",)).select_related("person").get(pk=application.pk)
    unit = affiliate_for(application, by=by)
    if unit is None or application.person_id == by.pk or application.status != ApplicationStatus.SENT:
        raise ValidationError(_("This has gone on in the meantime. Look at it again."))
    words = " ".join(words.split())
    if not words:
        raise ValidationError(_("Write them a sentence."))
    found, _created = Endorsement.objects.update_or_create(
        application=application,
        unit=unit,
        defaults={"by": by, "endorses": endorses, "words": words, "at": clock.now()},
    )
    audit.record(
        by=by, action="application.endorse", target=f"application:{application.uid}", detail={"endorses": endorses}
    )
    write_news([application.person], NewsKind.ENDORSED, call.programme, uid=application.uid)
    return found
