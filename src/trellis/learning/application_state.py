"""Where an application stands, in words for its owner."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trellis.learning.models import Application, ApplicationStatus, CallStatus, Offer, OfferAnswer, Outcome


@dataclass(frozen=True, slots=True)
class State:
    """A heading, what it means, and a tone: info, good, warn."""

    title: str
    text: str
    tone: str = "info"


def state_of(application: Application, offer: Offer | None) -> State:
    """Return where an application stands; `offer` is the newest one, and `call` must be there to be read."""
    if application.status == ApplicationStatus.WITHDRAWN:
        return State(_("Taken back"), _("Nobody sees it any more. What you wrote is deleted."))
    call = application.call
    if application.status == ApplicationStatus.DRAFT:
        if call.takes_applications:
            return State(_("Not sent yet"), _("Send it by %(day)s.") % {"day": _day(call.closes_on)}, "warn")
        return State(_("Not sent"), _("The call closed on %(day)s.") % {"day": _day(call.closes_on)})
    if call.status == CallStatus.OPEN:
        return State(_("Sent"), _("You can change it until %(day)s.") % {"day": _day(call.closes_on)}, "good")
    if call.status == CallStatus.CLOSED:
        return State(_("Being read"), _("You hear from us by %(day)s.") % {"day": _day(call.decide_on)})
    return _decided(application, offer)


def _decided(application: Application, offer: Offer | None) -> State:
    if application.outcome == Outcome.WAITING:
        return State(_("On the waiting list"), _("When a place becomes free for you, you get a mail."))
    if offer is None:
        return State(
            _("Not this time"),
            _("You were not offered a place. Ask those who run the program what would help you next time."),
        )
    if offer.answer == OfferAnswer.OPEN:
        return State(
            _("A place for you"), _("Say by %(day)s whether you take it.") % {"day": _day(offer.answer_by)}, "good"
        )
    if offer.answer == OfferAnswer.ACCEPTED:
        return State(_("You have a place"), _("You took the place. See you there."), "good")
    if offer.answer == OfferAnswer.DECLINED:
        return State(_("You did not take the place"), _("It goes to somebody else. Thank you for saying so."))
    return State(_("The day to answer has passed"), _("The place went to somebody else."))


def _day(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")
