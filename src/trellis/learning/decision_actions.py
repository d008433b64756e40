"""What those who run a call decide about applications, until everybody is told. Each is atomic, with an audit row."""

import datetime as dt
from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.core import audit, clock
from trellis.learning.call_actions import held, note
from trellis.learning.models import Application, ApplicationStatus, Call, CallStatus, NewsKind, Offer, Outcome
from trellis.learning.news import write_news
from trellis.learning.selection_queries import is_endorsed
from trellis.people.models import Person


@transaction.atomic
def decide(application: Application, outcome: Outcome, *, reason: str, by: Person) -> Application:
    """Decide about an application, with a reason; it may be changed until everybody is told.

    The application must come from `run_applications(by)`. Raises ValidationError without a reason, and for a place or
    the waiting list before it has been read by as many as the call names, or without the endorsement that it needs.
    """
    call = held(application.call, CallStatus.CLOSED)
    application = Application.objects.select_for_update().get(pk=application.pk)
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError(_("Say why: whoever asks later should find it here."), code="reason")
    if application.status != ApplicationStatus.SENT or outcome not in (Outcome.OFFER, Outcome.WAITING, Outcome.DECLINE):
        raise ValidationError(_("This has gone on in the meantime. Look at it again."))
    if outcome != Outcome.DECLINE:
        _check_ready(call, application)
    if application.outcome != outcome:
        application.waiting_place = _last_place(call) + 1 if outcome == Outcome.WAITING else None
    application.outcome, application.reason = outcome, reason
    application.decided_by, application.decided_at = by, clock.now()
    application.save()
    audit.record(
        by=by, action="application.decide", target=f"application:{application.uid}", detail={"outcome": str(outcome)}
    )
    return application


@transaction.atomic
def take_back_decision(application: Application, *, by: Person) -> None:
    """Leave an application undecided again; raises ValidationError once everybody was told."""
    held(application.call, CallStatus.CLOSED)
    application = Application.objects.select_for_update().get(pk=application.pk)
    application.outcome, application.reason = Outcome.OPEN, ""
    application.decided_by = application.decided_at = application.waiting_place = None
    application.save()
    audit.record(by=by, action="application.undecide", target=f"application:{application.uid}")


@transaction.atomic
def move_up(application: Application, *, by: Person) -> None:
    """Let an application on the waiting list change places with the one before it, if there is one."""
    call = held(application.call, CallStatus.CLOSED, CallStatus.DECIDED)
    waiting = list(waiting_list(call).select_for_update())
    place = next((index for index, one in enumerate(waiting) if one.pk == application.pk), 0)
    if place == 0:
        return
    one, before = waiting[place], waiting[place - 1]
    one.waiting_place, before.waiting_place = before.waiting_place, one.waiting_place
    Application.objects.bulk_update([one, before], ["waiting_place"])
    audit.record(by=by, action="application.move_up", target=f"application:{one.uid}")


@transaction.atomic
def tell_everybody(call: Call, *, answer_by: dt.date, by: Person) -> int:
    """Send offers and outcomes to all who applied, for good; returns how many offers there are.

    Raises ValidationError while something is undecided, when more places are offered than there are, and for a day
    that does not lie ahead.
    """
    call = held(call, CallStatus.CLOSED)
    applications = list(call.applications.filter(status=ApplicationStatus.SENT).select_related("person"))
    counts = Counter(one.outcome for one in applications)
    if counts[Outcome.OPEN]:
        raise ValidationError(
            ngettext("One is not decided yet.", "%(count)d are not decided yet.", counts[Outcome.OPEN])
            % {"count": counts[Outcome.OPEN]}
        )
    if counts[Outcome.OFFER] > call.places:
        raise ValidationError(
            _("You offer %(offers)d places and have %(places)d.")
            % {"offers": counts[Outcome.OFFER], "places": call.places}
        )
    if answer_by <= clock.today():
        raise ValidationError(_("Choose a day that lies ahead."))
    call.status, call.decided_at = CallStatus.DECIDED, clock.now()
    call.save(update_fields=["status", "decided_at"])
    for one in applications:
        if one.outcome == Outcome.OFFER:
            make_offer(one, answer_by=answer_by)
        else:
            write_news([one.person], NewsKind.OUTCOME, call.programme, uid=one.uid)
    note(call, "tell", by=by, offers=counts[Outcome.OFFER], waiting=counts[Outcome.WAITING], told=len(applications))
    return counts[Outcome.OFFER]


def make_offer(application: Application, *, answer_by: dt.date, from_waiting: bool = False) -> Offer:
    """Offer a place and write to the applicant, in the caller's transaction."""
    offer = Offer.objects.create(application=application, answer_by=answer_by, from_waiting=from_waiting)
    write_news([application.person], NewsKind.OFFER, application.call.programme, uid=offer.uid)
    return offer


def waiting_list(call: Call) -> QuerySet[Application]:
    """Return the waiting list in its order."""
    return call.applications.filter(status=ApplicationStatus.SENT, outcome=Outcome.WAITING).order_by("waiting_place")


def _last_place(call: Call) -> int:
    return waiting_list(call).aggregate(last=Max("waiting_place"))["last"] or 0


def _check_ready(call: Call, application: Application) -> None:
    if call.needs_endorsement and not is_endorsed(application):
        raise ValidationError(_("No local or state has endorsed it yet."))
    if application.readings.filter(sent_at__isnull=False).count() < call.readers_each:
        raise ValidationError(_("It has not been read by enough readers yet."))
