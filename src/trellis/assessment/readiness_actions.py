"""Writes of team readiness: open a meeting, answer on a phone, close answering, agree on a status."""

import datetime as dt
import random
import uuid
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from trellis.assessment.actions import instrument_for
from trellis.assessment.form import Point
from trellis.assessment.instruments import READINESS
from trellis.assessment.meeting_code import draw_code
from trellis.assessment.models import AgreedStatus, Rating, Readiness, ReadinessMeeting, Response, Round
from trellis.assessment.readiness_queries import (
    LASTS,
    can_join,
    current_of,
    form_of_meeting,
    open_meeting_of,
    tree_of_meeting,
)
from trellis.core import audit, clock
from trellis.core.sqlite.traces import forget_deleted
from trellis.framework.models import Edition
from trellis.framework.tree import AttributeNode, AttributeTree
from trellis.people.models import Person, Unit
from trellis.people.queries import people_of

# Order is the thing to hide here; the system's own source cannot be wound back.
_shuffle = random.SystemRandom().shuffle
# Nobody is asked who they are, so a script could join for ever.
_MOST_PHONES = 500


@transaction.atomic
def open_meeting(unit: Unit, tree: AttributeTree, *, by: Person) -> ReadinessMeeting:
    """Return the unit's meeting that phones can join now, or open one on this list of attributes, with a new code."""
    Unit.objects.select_for_update().get(pk=unit.pk)  # two presenters who press at once get the same meeting
    going = open_meeting_of(unit)
    if going is not None:
        return going
    instrument = instrument_for(Edition.objects.get(pk=tree.id), READINESS, by=by)
    today = clock.today()
    held = Round.objects.create(
        instrument=instrument, unit=unit, name=instrument.name, opens_on=today, closes_on=today + LASTS
    )
    meeting = ReadinessMeeting.objects.create(round=held, code=draw_code(), opened_by=by)
    audit.record(by=by, action="readiness.open", target=f"meeting:{meeting.uid}", detail={"unit": str(unit.uid)})
    return meeting


@transaction.atomic
def join(meeting: ReadinessMeeting) -> uuid.UUID:
    """Take in a phone and return the uid that its answers go by; the row says neither who nor when.

    Raises ValidationError once answering is closed, or when there are more phones than any meeting has.
    """
    meeting = _still_open(meeting)
    if Response.objects.filter(round=meeting.round).count() >= _MOST_PHONES:
        raise ValidationError(_("Too many phones have joined this meeting."))
    response = Response.objects.create(
        instrument=meeting.round.instrument, round=meeting.round, subject=None, rater=None, started_at=None
    )
    audit.record(by=None, action="readiness.join", target=f"meeting:{meeting.uid}")
    return response.uid


@transaction.atomic
def answer_readiness(meeting: ReadinessMeeting, response_uid: uuid.UUID, answers: Mapping[Point, int | None]) -> None:
    """Store a phone's answers by what they are about, None for "I don't know"; each may be changed until the close.

    Raises ValidationError when answering is closed, the uid is of no phone of this meeting, or an answer is not on the
    form.
    """
    meeting = _still_open(meeting)
    response = Response.objects.select_for_update().filter(uid=response_uid, round=meeting.round, rater=None).first()
    if response is None:
        raise ValidationError(_("This phone has not joined this meeting yet."))
    asked = {question.point: question for question in form_of_meeting(meeting).questions}
    for point, value in answers.items():
        if point not in asked or (value is not None and not asked[point].allows(value)):
            raise ValidationError(_("This answer is not on the form of this meeting."))
    known = {rating.attribute_id: rating for rating in response.ratings.all()}
    new = []
    for point, value in answers.items():
        rating = known.get(int(point.key))
        if rating is None:
            new.append(
                Rating(response=response, value=value, cannot_say=value is None, answered_at=None, **point.fields())
            )
        elif rating.value != value:
            rating.value, rating.cannot_say = value, value is None
            rating.save(update_fields=["value", "cannot_say"])
    Rating.objects.bulk_create(new)
    # Neither which phone nor what about: the trail says that somebody answered, and no more.
    audit.record(by=None, action="readiness.answer", target=f"meeting:{meeting.uid}")


@transaction.atomic
def close_answering(meeting: ReadinessMeeting, *, by: Person) -> ReadinessMeeting:
    """Freeze the answers for good, and forget in which order they came and which phone gave them.

    Only then may the spread be seen: bars that move while people answer would tell each newcomer's answers. There is
    no way back for the same reason. Closing twice changes nothing.
    """
    meeting = ReadinessMeeting.objects.select_for_update(of=("self",)).select_related("round").get(pk=meeting.pk)
    if meeting.closed_at is not None:
        return meeting
    meeting.closed_at = clock.now()
    meeting.save(update_fields=["closed_at"])
    held = meeting.round
    held.closes_on = max(held.opens_on, clock.today())
    held.save(update_fields=["closes_on"])
    kept = _deal_anew(held)
    audit.record(by=by, action="readiness.close", target=f"meeting:{meeting.uid}", detail={"answered": kept})
    transaction.on_commit(lambda: forget_deleted(connection))
    return meeting


def _deal_anew(held: Round) -> int:
    """Store all answers again under new keys, in no order; phones that answered nothing go. Returns how many stay."""
    given: dict[int, list[tuple[int, int | None]]] = {}
    rows = Rating.objects.filter(response__round=held).values_list("response_id", "attribute_id", "value")
    for response, attribute, value in rows:
        if attribute is not None:
            given.setdefault(response, []).append((attribute, value))
    sheets = list(given.values())
    _shuffle(sheets)
    Response.objects.filter(round=held).delete()
    responses = [Response(instrument=held.instrument, round=held, started_at=None) for _sheet in sheets]
    Response.objects.bulk_create(responses)
    Rating.objects.bulk_create(
        Rating(response=response, attribute_id=attribute, value=value, cannot_say=value is None, answered_at=None)
        for response, sheet in zip(responses, sheets, strict=True)
        for attribute, value in sorted(sheet)
    )
    return len(responses)


@transaction.atomic
def agree(
    meeting: ReadinessMeeting,
    attribute: AttributeNode,
    *,
    status: str,
    owner: Person | None,
    due_on: dt.date | None,
    proof: str,
    by: Person,
) -> Readiness:
    """Write down what the team agreed on an attribute; the unit's earlier status stays as history.

    The same again changes nothing. Raises ValidationError while phones still answer, for an attribute that the meeting
    is not about, an unknown status, an owner who is not a member of the unit, or an owner without a date (and the
    other way round).
    """
    meeting = (
        ReadinessMeeting.objects.select_for_update(of=("self",))
        .select_related("round__unit", "round__instrument__edition__framework")
        .get(pk=meeting.pk)
    )
    unit = meeting.round.unit
    if meeting.closed_at is None:
        raise ValidationError(_("Close answering first, then look at it together."))
    if attribute.id not in tree_of_meeting(meeting).attribute_by_id:
        raise ValidationError(_("This meeting is not about this attribute."))
    if status not in AgreedStatus.values:
        raise ValidationError(_("Pick one of the three."))
    if (owner is None) != (due_on is None):
        raise ValidationError(_("Who takes the next step and by when belong together: give both, or neither."))
    if owner is not None and not people_of(unit).filter(pk=owner.pk).exists():
        raise ValidationError(_("Only a member can take the next step."))
    values = {
        "status": status,
        "owner_id": owner.pk if owner else None,
        "due_on": due_on,
        "proof": " ".join(proof.split())[:300],
    }
    known = current_of(unit, attribute)
    if (
        known is not None
        and known.meeting_id == meeting.pk
        and values == {name: getattr(known, name) for name in values}
    ):
        return known
    agreed = Readiness.objects.create(unit=unit, attribute_id=attribute.id, meeting=meeting, agreed_by=by, **values)
    audit.record(
        by=by,
        action="readiness.agree",
        target=f"unit:{unit.uid}",
        detail={"meeting": str(meeting.uid), "attribute": attribute.code, "status": status},
    )
    return agreed


def _still_open(meeting: ReadinessMeeting) -> ReadinessMeeting:
    """Return the meeting read again, and held until the answers stand."""
    meeting = (
        ReadinessMeeting.objects.select_for_update(of=("self",))
        .select_related("round__unit", "round__instrument__edition__framework")
        .get(pk=meeting.pk)
    )
    if not can_join(meeting):
        raise ValidationError(_("Answering is closed."))
    return meeting
