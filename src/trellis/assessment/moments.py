"""Rounds of a moment: who holds an occasion opens one, who is there answers once in it, and at its end it closes."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from trellis.assessment.models import Instrument, Moment, Relation, Response, Round
from trellis.core import audit, clock
from trellis.people.models import Person, Unit


@transaction.atomic
def open_moment(
    instrument: Instrument,
    moment: Moment,
    unit: Unit,
    *,
    name: str,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    by: audit.Actor | None,
) -> Round:
    """Store a round that asks what belongs to one occasion, from one minute until another; `unit` holds it."""
    held = Round(instrument=instrument, unit=unit, name=name[:80], moment=moment)
    _set(held, opens_at, closes_at)
    held.save()
    audit.record(by=by, action="assessment.moment", target=f"round:{held.uid}", detail={"moment": str(moment)})
    return held


@transaction.atomic
def move_moment(held: Round, *, opens_at: dt.datetime, closes_at: dt.datetime, by: audit.Actor | None) -> bool:
    """Let a round of a moment ask at other times, because its occasion has moved; returns whether they are new."""
    if (held.opens_at, held.closes_at) == (opens_at, closes_at):
        return False
    _set(held, opens_at, closes_at)
    held.save(update_fields=["opens_on", "closes_on", "opens_at", "closes_at"])
    audit.record(by=by, action="assessment.moment.move", target=f"round:{held.uid}")
    return True


def _set(held: Round, opens_at: dt.datetime, closes_at: dt.datetime) -> None:
    held.opens_at, held.closes_at = opens_at, closes_at
    held.opens_on, held.closes_on = timezone.localdate(opens_at), timezone.localdate(closes_at)


@transaction.atomic
def begin_at(held: Round, *, by: Person, themes: Sequence[str]) -> Response:
    """Return the person's answers in a round of a moment, begun now if need be; each has one response in it.

    `themes` are the codes asked about. Whether the person was there is for the caller to know. Raises ValidationError
    when the round is not one of a moment, takes no answers now, or there are no themes.
    """
    Person.objects.select_for_update().get(pk=by.pk)  # two devices that begin at once get the same response
    if not held.moment or not held.takes_answers(clock.now()):
        raise ValidationError(_("The time for these answers is over. What you gave before counts."))
    own = Response.objects.filter(rater=by, subject=by, relation=Relation.SELF)
    known = own.filter(round=held).select_related("instrument__edition__framework", "round").first()
    if known is not None:
        return known
    if not themes:
        raise ValidationError(_("Choose at least one theme to look at."))
    earlier = own.filter(instrument__code=held.instrument.code)
    response = Response.objects.create(
        instrument=held.instrument,
        round=held,
        moment=held.moment,
        subject=by,
        rater=by,
        wave=(earlier.aggregate(last=Max("wave"))["last"] or 0) + 1,
        themes=list(themes),
    )
    audit.record(by=by, action="assessment.begin", target=f"response:{response.uid}", detail={"wave": response.wave})
    return response


@transaction.atomic
def close_moment(held: Round, *, by: audit.Actor | None) -> int:
    """Finish what was answered in a round of a moment that is over; returns how many responses now stay as they are.

    Answers can be changed until then, so nobody has to say that they are done. What is empty is deleted. Raises
    ValidationError while the round still takes answers.
    """
    if held.closes_at is None or clock.now() < held.closes_at:
        raise ValidationError(_("This still takes answers."))
    going = Response.objects.filter(round=held, finished_at=None)
    going.filter(ratings=None, remarks=None).delete()
    closed = going.update(finished_at=held.closes_at)
    if closed:
        audit.record(by=by, action="assessment.moment.close", target=f"round:{held.uid}", detail={"responses": closed})
    return closed
