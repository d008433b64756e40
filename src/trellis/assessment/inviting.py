"""Opening a 360: links go out by mail, each to one rater, and reminders follow until they answer or say no."""

import datetime as dt
import logging
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from trellis.assessment.access import answering_raters
from trellis.assessment.links import link_of, new_token
from trellis.assessment.models import Invitation, Rater, RaterState, ThreeSixty, ThreeSixtyState
from trellis.assessment.nominating import LEAST_DAYS, held, note
from trellis.assessment.sealed import new_wrapped_key
from trellis.assessment.three_sixty_queries import minutes_for, named_kinds, shows_something, theme_count
from trellis.core import audit, clock, mail, sealing

# The last reminder comes this many days before the last day.
LAST_CALL = 3
INVITE, REMIND, READY = (f"assessment/three_sixty/mail/{name}.txt" for name in ("invite", "remind", "ready"))
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Letter:
    """A mail that waits for the end of the transaction, with the row to take back when it cannot be sent."""

    rater: Rater
    link: str
    invitation: int


@transaction.atomic
def open_three_sixty(three_sixty: ThreeSixty, *, confirmed: Collection[uuid.UUID], by: audit.Actor) -> None:
    """Open a 360 and send the links: by its coach once the list is handed over, without a coach by its person.

    Who has an address that the employer may read is asked only when `confirmed` (raters' uids) names them. Raises
    ValidationError when it is open already, or when too few would be asked to show anything.
    """
    three_sixty = held(three_sixty, ThreeSixtyState.CHOOSING, ThreeSixtyState.WITH_COACH)
    if (three_sixty.coach is None) != (three_sixty.state == ThreeSixtyState.CHOOSING):
        raise ValidationError(_("Hand the list to your coach first."))
    asked = three_sixty.raters.filter(Q(is_employer_address=False) | Q(uid__in=confirmed))
    if not shows_something(three_sixty, asked):
        raise ValidationError(_("Too few people would be asked: we show answers only in groups of five or more."))
    today, round_ = clock.today(), three_sixty.round
    # A list may wait for its coach; whoever is asked still has a week.
    round_.opens_on = today
    round_.closes_on = max(round_.closes_on or today, today + dt.timedelta(days=LEAST_DAYS))
    round_.save(update_fields=["opens_on", "closes_on"])
    three_sixty.state, three_sixty.key, three_sixty.note = ThreeSixtyState.OPEN, new_wrapped_key(), ""
    three_sixty.save(update_fields=["state", "key", "note"])
    keys = list(asked.values_list("pk", flat=True))
    three_sixty.raters.filter(pk__in=keys).update(state=RaterState.INVITED)
    note(three_sixty, "open", by=by, raters=len(keys))
    _send(three_sixty, answering_raters(three_sixty.raters.filter(pk__in=keys)), template=INVITE)


@transaction.atomic
def remind(three_sixty: ThreeSixty, *, on: dt.date) -> int:
    """Send what is due on a day to who has neither answered nor said no; returns to how many.

    Due are a first link that could not be sent before, and reminders halfway and three days before the last day. Each
    brings a fresh link, and the earlier ones stay good.
    """
    three_sixty = held(three_sixty, ThreeSixtyState.OPEN)
    waiting = answering_raters(three_sixty.raters.filter(state=RaterState.INVITED)).annotate(
        last=Max("invitations__sent_on")
    )
    unsent = [rater for rater in waiting if rater.last is None]
    days = reminder_days(three_sixty)
    due = [rater for rater in waiting if rater.last is not None and any(rater.last < day <= on for day in days)]
    _send(three_sixty, unsent, template=INVITE)
    _send(three_sixty, due, template=REMIND)
    # Written whether or not somebody was due, and not to how many: it would say how many have answered.
    note(three_sixty, "remind", by=None)
    return len(unsent) + len(due)


def reminder_days(three_sixty: ThreeSixty) -> tuple[dt.date, ...]:
    """Return the days on which a reminder is due."""
    first, last = three_sixty.round.opens_on, three_sixty.round.closes_on
    if last is None:
        return ()
    return first + (last - first) // 2, last - dt.timedelta(days=LAST_CALL)


def _send(three_sixty: ThreeSixty, raters: Iterable[Rater], *, template: str) -> None:
    """Make a link for each rater; the mails go once everything is stored."""
    letters = []
    for rater in raters:
        token = new_token()
        made = Invitation.objects.create(rater=rater, digest=sealing.digest(token), sent_on=clock.today())
        letters.append(_Letter(rater, link_of(three_sixty, token), made.pk))
    transaction.on_commit(lambda: _post(three_sixty, letters, template))


def _post(three_sixty: ThreeSixty, letters: Iterable[_Letter], template: str) -> None:
    minutes = minutes_for(theme_count(three_sixty), three_sixty.round.instrument.definition)
    named = named_kinds(three_sixty)
    # What was closed or cancelled in the same breath is not sent any more.
    there = set(Invitation.objects.filter(pk__in=[one.invitation for one in letters]).values_list("pk", flat=True))
    for letter in letters:
        if letter.invitation not in there:
            continue
        rater = letter.rater
        context = {
            "subject": three_sixty.round.subject,
            "rater": rater,
            "is_named": rater.relation in named,
            "minutes": minutes,
            "last_day": three_sixty.round.closes_on,
            "link": _address("assessment:answer", link=letter.link),
            "refuse": _address("assessment:answer-refuse", link=letter.link),
        }
        address = rater.email or (rater.person.email if rater.person else "") or ""
        try:
            mail.send(to=address, template=template, context=context, language=rater.language)
        except OSError as error:
            # Without the row the daily job tries again; neither name nor address goes into the log.
            Invitation.objects.filter(pk=letter.invitation).delete()
            _log.warning("a link of a 360 could not be sent (%s); the daily jobs try again", type(error).__name__)


def tell_ready(three_sixty: ThreeSixty) -> None:
    """Tell the rated person by mail that the report is there, and nothing of what it says."""
    subject = three_sixty.round.subject
    if subject is None or not subject.email:
        return
    context = {"link": _address(settings.TRELLIS_THREE_SIXTY_REPORT, uid=three_sixty.uid)}
    try:
        mail.send(to=subject.email, template=READY, context=context, language=subject.language)
    except OSError as error:
        _log.warning("the news of a report could not be sent (%s)", type(error).__name__)


def _address(name: str, **kwargs: object) -> str:
    return f"{settings.TRELLIS_URL}{reverse(name, kwargs=kwargs)}"
