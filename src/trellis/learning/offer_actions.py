"""What becomes of offers: accepted, declined, lapsed; and the waiting list, which moves when a place is not taken."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.learning.call_actions import held, note
from trellis.learning.cohort_actions import join_cohort
from trellis.learning.decision_actions import make_offer, waiting_list
from trellis.learning.models import Call, CallStatus, Cohort, NewsKind, Offer, OfferAnswer, Outcome
from trellis.learning.models.offer import HOLDS_A_PLACE
from trellis.learning.news import write_news
from trellis.people.models import Person


@transaction.atomic
def answer_offer(offer: Offer, *, accepts: bool, by: Person) -> Offer:
    """Accept or decline an offer, for good; a declined place goes to who waits next.

    The offer must come from `own_offers(by)`. Raises ValidationError when it was answered or its last day is over.
    """
    call = held(offer.application.call, CallStatus.DECIDED)
    offer = _held(offer)
    if offer.answer != OfferAnswer.OPEN or offer.answer_by < clock.today():
        raise ValidationError(_("This offer cannot be answered any more."))
    offer.answer = OfferAnswer.ACCEPTED if accepts else OfferAnswer.DECLINED
    offer.answered_at = clock.now()
    offer.save(update_fields=["answer", "answered_at"])
    audit.record(by=by, action="offer.answer", target=f"offer:{offer.uid}", detail={"answer": str(offer.answer)})
    if accepts:
        cohort = Cohort.objects.filter(call=call).first()
        if cohort is not None:
            join_cohort(cohort, by)
    else:
        pass_on(call)
    return offer


@transaction.atomic
def pass_on(call: Call) -> int:
    """Offer the places that nobody holds to who waits, in the order of the list; returns how many.

    With the call held. Once the cohort has begun nobody moves up any more.
    """
    if Cohort.objects.filter(call=call, starts_on__lte=clock.today()).exists():
        return 0
    taken = Offer.objects.filter(application__call=call, answer__in=HOLDS_A_PLACE).count()
    following = list(waiting_list(call).select_related("person", "call__programme")[: max(0, call.places - taken)])
    answer_by = clock.today() + dt.timedelta(days=call.answer_days)
    for application in following:
        application.outcome, application.waiting_place = Outcome.OFFER, None
        application.save(update_fields=["outcome", "waiting_place"])
        make_offer(application, answer_by=answer_by, from_waiting=True)
    if following:
        note(call, "pass_on", by=None, offers=len(following))
    return len(following)


def lapse_offers(on: dt.date) -> str:
    """Let offers lapse whose last day is over, and pass the places on; run by the daily jobs."""
    lapsed = passed = 0
    over = Offer.objects.filter(answer=OfferAnswer.OPEN, answer_by__lt=on)
    for call in Call.objects.filter(pk__in=over.values("application__call")).select_related("programme"):
        with transaction.atomic():
            found = held(call, CallStatus.DECIDED)
            for offer in over.filter(application__call=found):
                _lapse(offer)
                lapsed += 1
            passed += pass_on(found)
    return f"{lapsed} offers lapsed, {passed} places offered to who waited"


def _lapse(offer: Offer) -> None:
    offer = _held(offer)
    offer.answer, offer.answered_at = OfferAnswer.LAPSED, clock.now()
    offer.save(update_fields=["answer", "answered_at"])
    application = offer.application
    write_news([application.person], NewsKind.LAPSED, application.call.programme, uid=application.uid)
    audit.record(by=None, action="offer.lapse", target=f"offer:{offer.uid}")


def _held(offer: Offer) -> Offer:
    offers = Offer.objects.select_for_update(of=("self",))
    return offers.select_related("application__person", "application__call__programme").get(pk=offer.pk)
