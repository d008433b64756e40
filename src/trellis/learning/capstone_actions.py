"""Capstones: sent by a member, read by one or two against the rubric, returned or passed. Each with an audit row."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.core.registry import kept_apart
from trellis.learning.models import (
    Capstone,
    CapstoneReading,
    CapstoneScore,
    CapstoneStatus,
    CohortMember,
    NewsKind,
)
from trellis.learning.news import write_news
from trellis.people.models import Person

MOST_READERS = 2


@dataclass(frozen=True, slots=True)
class CapstoneContent:
    """What a member says: what it is, where it stands (may be empty), and what came of it."""

    title: str
    result: str
    link: str = ""


@transaction.atomic
def send_capstone(member: CohortMember, content: CapstoneContent, *, by: Person) -> Capstone:
    """Send a capstone, or mend one that came back or that nobody has read; its readers are the same.

    Raises ValidationError where none is asked for, when it has been passed, and while it is being read.
    """
    member = CohortMember.objects.select_for_update(of=("self",)).select_related("cohort__programme").get(pk=member.pk)
    if member.person_id != by.pk or not member.cohort.has_capstone or member.completed_on is not None:
        raise ValidationError(_("This program asks for no capstone of yours now."))
    capstone = Capstone.objects.select_for_update().filter(member=member).first()
    if capstone is not None and not may_be_sent(capstone):
        raise ValidationError(_("It is being read, or has passed. Wait for an answer."))
    readers: list[Person] = []
    if capstone is None:
        capstone = Capstone(member=member)
    else:
        readers = [one.reader for one in capstone.readings.filter(submission=capstone.submission)]
        capstone.submission += capstone.status == CapstoneStatus.RETURNED
        capstone.readings.filter(sent_at=None).delete()
    capstone.title, capstone.result, capstone.link = content.title, content.result, content.link
    capstone.status, capstone.sent_at = CapstoneStatus.SENT, clock.now()
    capstone.save()
    _give(capstone, readers)
    _note(capstone, "send", by=by, submission=capstone.submission)
    return capstone


def may_be_sent(capstone: Capstone) -> bool:
    """Say whether its owner may change it and send it: it came back, or nobody has begun to read it."""
    if capstone.status == CapstoneStatus.RETURNED:
        return True
    sent = capstone.readings.filter(submission=capstone.submission, sent_at__isnull=False)
    return capstone.status == CapstoneStatus.SENT and not sent.exists()


@transaction.atomic
def name_capstone_readers(capstone: Capstone, readers: Collection[Person], *, by: Person) -> None:
    """Choose one or two persons to read a capstone; who has not read it yet may be replaced.

    Raises ValidationError for more, for its owner, for two that are kept apart, and when it is not being read.
    """
    capstone = _held(capstone)
    owner = capstone.member.person_id
    given = capstone.readings.filter(submission=capstone.submission)
    done = {one.reader_id for one in given.filter(sent_at__isnull=False)}
    wanted = {one.pk for one in readers} | done
    if not 1 <= len(wanted) <= MOST_READERS:
        raise ValidationError(_("Choose one or two readers."))
    apart = {pair for source in kept_apart for pair in source.pairs({owner}, wanted)}
    if owner in wanted or apart:
        # Not which of them, nor why: that two are kept apart is theirs alone.
        raise ValidationError(_("One of them cannot read this capstone. Choose somebody else."))
    given.filter(sent_at=None).exclude(reader__in=wanted).delete()
    there = set(given.values_list("reader_id", flat=True))
    _give(capstone, [one for one in readers if one.pk not in there])
    _note(capstone, "name_readers", by=by, readers=len(wanted))


@transaction.atomic
def read_capstone(
    reading: CapstoneReading, scores: Mapping[int, int], *, passes: bool, comment: str, by: Person
) -> CapstoneReading:
    """Store what a reader found: a step from 0 to 3 by line of the rubric (its key), and whether it passes.

    It passes when all its readers say so; when one returns it, it comes back to the member. The reading must come from
    `capstones_to_read(by)`. Raises ValidationError unless every line has its step, for passing with a line at the
    lowest step, and for returning without a word.
    """
    capstone = _held(reading.capstone)
    reading = CapstoneReading.objects.select_for_update().get(pk=reading.pk)
    if reading.sent_at is not None or reading.submission != capstone.submission:
        raise ValidationError(_("This has gone on in the meantime. Look at it again."))
    lines = list(capstone.member.cohort.programme.rubric.all())
    if {line.pk for line in lines} != set(scores) or not set(scores.values()) <= {0, 1, 2, 3}:
        raise ValidationError(_("Choose a step for each of them."))
    if passes and 0 in scores.values():
        raise ValidationError(_("To pass, no line may stand at the lowest step."))
    comment = comment.strip()
    if not passes and not comment:
        raise ValidationError(_("Say what is missing, so that it can be mended."), code="comment")
    reading.sent_at, reading.passes, reading.comment = clock.now(), passes, comment
    reading.save(update_fields=["sent_at", "passes", "comment"])
    CapstoneScore.objects.bulk_create(
        CapstoneScore(reading=reading, line=line, value=scores[line.pk]) for line in lines
    )
    _note(capstone, "read", by=by, passes=passes, submission=capstone.submission)
    _conclude(capstone)
    return reading


def _conclude(capstone: Capstone) -> None:
    """Return a capstone once all have read it and one returns it; let it pass when all say so."""
    readings = list(capstone.readings.filter(submission=capstone.submission))
    if any(one.sent_at is None for one in readings):
        return
    passed = all(one.passes for one in readings)
    capstone.status = CapstoneStatus.PASSED if passed else CapstoneStatus.RETURNED
    capstone.passed_at = clock.now() if passed else None
    capstone.save(update_fields=["status", "passed_at"])
    cohort = capstone.member.cohort
    write_news([capstone.member.person], NewsKind.CAPSTONE_READ, cohort.programme, uid=cohort.uid)


def _give(capstone: Capstone, readers: Collection[Person]) -> None:
    CapstoneReading.objects.bulk_create(
        CapstoneReading(capstone=capstone, reader=reader, submission=capstone.submission) for reader in readers
    )
    write_news(readers, NewsKind.CAPSTONE_SENT, capstone.member.cohort.programme)


def _held(capstone: Capstone) -> Capstone:
    capstones = Capstone.objects.select_for_update(of=("self",))
    fresh = capstones.select_related("member__cohort__programme", "member__person").get(pk=capstone.pk)
    if fresh.status != CapstoneStatus.SENT:
        raise ValidationError(_("This has gone on in the meantime. Look at it again."))
    return fresh


def _note(capstone: Capstone, what: str, *, by: Person, **detail: object) -> None:
    audit.record(by=by, action=f"capstone.{what}", target=f"capstone:{capstone.uid}", detail=detail)
