"""Blind readers of a call: name them, give out applications, read, read once more. Each with an audit row."""

import random
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.learning.call_actions import held, note
from trellis.learning.models import Application, BlindReading, Call, CallReader, CallStatus, NewsKind, Score
from trellis.learning.news import write_news
from trellis.learning.reader_conflicts import barred_pairs, runs_call
from trellis.learning.reader_draw import draw
from trellis.learning.selection_queries import ready_to_read
from trellis.people.models import Person

_UNDECIDED = (CallStatus.DRAFT, CallStatus.OPEN, CallStatus.CLOSED)
# Nobody may foresee who reads what, so the draw is not from a seeded source.
_chance = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Given:
    """What a draw has given out: how many readings, and how many are still missing for want of a reader who may."""

    readings: int
    missing: int


@transaction.atomic
def name_reader(call: Call, person: Person, *, by: Person) -> CallReader:
    """Make a person a reader of a call; raises ValidationError for who runs it, since they see the names."""
    call = held(call, *_UNDECIDED)
    if runs_call(person, call):
        raise ValidationError(_("Whoever runs the program sees the names, and so cannot read blind."))
    reader, _created = CallReader.objects.get_or_create(call=call, person=person)
    if reader.left_at is not None:
        reader.left_at = None
        reader.save(update_fields=["left_at"])
    note(call, "name_reader", by=by, person=str(person.uid))
    return reader


@transaction.atomic
def let_reader_go(reader: CallReader, *, by: Person) -> None:
    """Take a reader off: what they have sent stays, what they have not read yet waits to be given out anew."""
    call = held(reader.call, *_UNDECIDED)
    reader.left_at = clock.now()
    reader.save(update_fields=["left_at"])
    reader.readings.filter(sent_at=None).delete()
    note(call, "let_reader_go", by=by, person=str(reader.person.uid))


@transaction.atomic
def draw_readers(call: Call, *, by: Person | None) -> Given:
    """Give out all that lacks readers, as evenly as can be; who gets something new is told by mail.

    Each application that is ready goes to as many readers as the call names. Raises ValidationError before the call is
    closed, and without readers.
    """
    call = held(call, CallStatus.CLOSED)
    if not call.readers.filter(left_at=None).exists():
        raise ValidationError(_("Name readers first."))
    return _give(call, ready_to_read(call), by=by)


@transaction.atomic
def step_back(reading: BlindReading, *, by: Person) -> None:
    """Give a reading back, because the reader knows whose it is or cannot read it; another is drawn if there is one.

    The reading must come from `own_readings(by)`. Raises ValidationError when it was sent already.
    """
    call = held(reading.application.call, CallStatus.CLOSED)
    reading = _held_reading(reading)
    reading.stepped_back_at = clock.now()
    reading.save(update_fields=["stepped_back_at"])
    audit.record(by=by, action="application.step_back", target=f"reading:{reading.uid}")
    if reading.is_further:
        _draw_further(call, reading.application, by=None)
    else:
        _give(call, [reading.application], by=None)


@transaction.atomic
def send_reading(reading: BlindReading, scores: Mapping[int, int], *, comment: str, by: Person) -> BlindReading:
    """Store what a reader found: a step from 0 to 3 by criterion (its key); from now on it stays as it is.

    The reading must come from `own_readings(by)`. Raises ValidationError unless every criterion has its step.
    """
    call = held(reading.application.call, CallStatus.CLOSED)
    reading = _held_reading(reading)
    criteria = list(call.criteria.all())
    if {criterion.pk for criterion in criteria} != set(scores) or not set(scores.values()) <= {0, 1, 2, 3}:
        raise ValidationError(_("Choose a step for each of them."))
    reading.sent_at, reading.comment = clock.now(), comment.strip()
    reading.save(update_fields=["sent_at", "comment"])
    Score.objects.bulk_create(
        Score(reading=reading, criterion=criterion, value=scores[criterion.pk]) for criterion in criteria
    )
    audit.record(by=by, action="application.read", target=f"reading:{reading.uid}")
    return reading


@transaction.atomic
def ask_further(application: Application, *, by: Person) -> None:
    """Ask one more reader about an application; raises ValidationError when none is left who may read it."""
    call = held(application.call, CallStatus.CLOSED)
    if not _draw_further(call, application, by=by):
        raise ValidationError(_("No reader is left who may read this one. Name another reader first."))


def _held_reading(reading: BlindReading) -> BlindReading:
    fresh = BlindReading.objects.select_for_update(of=("self",)).select_related("application").get(pk=reading.pk)
    if fresh.sent_at is not None or fresh.stepped_back_at is not None:
        raise ValidationError(_("This was sent already, so it stays as it is."))
    return fresh


def _draw_further(call: Call, application: Application, *, by: Person | None) -> bool:
    return _give(call, [application], by=by, further=True).readings > 0


def _give(call: Call, applications: Collection[Application], *, by: Person | None, further: bool = False) -> Given:
    readers = list(call.readers.filter(left_at=None).select_related("person"))
    there = list(BlindReading.objects.filter(application__call=call))
    live = [one for one in there if one.stepped_back_at is None]
    has = Counter(one.application_id for one in live if not one.is_further)
    wanted = {one.pk: 1 if further else max(0, call.readers_each - has[one.pk]) for one in applications}
    barred = barred_pairs(call, applications, readers) | {(one.application_id, one.reader_id) for one in there}
    load = Counter(one.reader_id for one in live)
    found = draw(wanted, [reader.pk for reader in readers], barred=barred, load=load, rng=_chance)
    # In no order that would tell who began first.
    pairs = sorted(found.pairs)
    _chance.shuffle(pairs)
    BlindReading.objects.bulk_create(
        BlindReading(application_id=application, reader_id=reader, is_further=further) for application, reader in pairs
    )
    given = Given(len(pairs), sum(found.short.values()))
    note(call, "draw", by=by, readings=given.readings, missing=given.missing, further=further)
    fresh = {reader for _application, reader in pairs}
    write_news([reader.person for reader in readers if reader.pk in fresh], NewsKind.READ, call.programme)
    return given
