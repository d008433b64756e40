"""What a coach does with evidence: read it, read it a second time, settle a dispute. Each atomic, with an audit row."""

import datetime as dt
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.growth.credential_actions import revoke_with_evidence
from trellis.growth.evidence_queries import statements_of
from trellis.growth.evidence_rules import SECOND_READING_SHARE, last_day, may_attest
from trellis.growth.models import (
    Decision,
    Evidence,
    EvidenceEvent,
    EvidenceStatus,
    Happening,
    Reading,
    ReadingAnswer,
    Revocation,
    SecondReading,
)
from trellis.people.models import Person

# Nobody may foresee which evidence is read twice, so the draw is not from a seeded source.
_draw = random.SystemRandom().random


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader found: how far each statement is shown (0 to 2, by uid), whether to attest, and a comment.

    `submission` says which submission they had before them; `expires_on` is for the first reader, and None means the
    longest time allowed.
    """

    submission: int
    answers: Mapping[UUID, int]
    attest: bool
    comment: str = ""
    expires_on: dt.date | None = None


@transaction.atomic
def read_evidence(evidence: Evidence, verdict: Verdict, *, by: Person, chance: Callable[[], float] = _draw) -> Evidence:
    """Attest evidence or send it back, as its first reader; one in ten of those attested is drawn to be read twice.

    The evidence must come from `access.evidence_to_read(by)`. `chance` returns a number from 0 to below 1. Raises
    ValidationError for a verdict that the rules do not allow, and when the evidence has changed or been read meanwhile.
    """
    evidence = _locked(evidence, by=by)
    if evidence.status != EvidenceStatus.SUBMITTED or evidence.submission != verdict.submission:
        raise ValidationError(_("This evidence has changed since you opened it. Please read it again."))
    _check(evidence, verdict)
    today = clock.today()
    longest = last_day(today)
    if verdict.attest and verdict.expires_on is not None and not today < verdict.expires_on <= longest:
        raise ValidationError(_("The last day must lie ahead, and within the longest time allowed."))
    _keep(evidence, verdict, by=by, is_second=False)
    evidence.read_by = by
    evidence.status = EvidenceStatus.ATTESTED if verdict.attest else EvidenceStatus.RETURNED
    evidence.attested_on = today if verdict.attest else None
    evidence.expires_on = (verdict.expires_on or longest) if verdict.attest else None
    drawn = verdict.attest and chance() < SECOND_READING_SHARE
    evidence.second = SecondReading.WAITING if drawn else SecondReading.NONE
    evidence.save()
    _tell(evidence, Happening.ATTESTED if verdict.attest else Happening.RETURNED, verdict.comment, by=by)
    return evidence


@transaction.atomic
def read_evidence_again(evidence: Evidence, verdict: Verdict, *, by: Person) -> Evidence:
    """Store a blind second reading; when it differs from the first, the evidence is marked, and counts until settled.

    The evidence must come from `access.evidence_to_read_again(by)`. Raises ValidationError as `read_evidence` does.
    """
    evidence = _locked(evidence, by=by)
    if evidence.second != SecondReading.WAITING or evidence.read_by_id == by.pk:
        raise ValidationError(_("This evidence needs no second reading any more."))
    _check(evidence, verdict)
    _keep(evidence, verdict, by=by, is_second=True)
    evidence.second = SecondReading.AGREED if verdict.attest else SecondReading.DIFFER
    evidence.save(update_fields=["second"])
    _tell(evidence, Happening.AGREED if verdict.attest else Happening.DIFFERED, verdict.comment, by=by)
    return evidence


@transaction.atomic
def settle_evidence(evidence: Evidence, *, keep: bool, comment: str, by: Person) -> Evidence:
    """End a dispute of two readers: keep the attestation, or take it back and return the evidence with a comment.

    A credential that stands on what is taken back is revoked. The evidence must come from
    `access.evidence_in_dispute(by)`. Raises ValidationError when it is settled already, and without a comment when it
    is taken back.
    """
    evidence = _locked(evidence, by=by)
    if evidence.second != SecondReading.DIFFER:
        raise ValidationError(_("This was settled already."))
    if not keep and not comment:
        raise ValidationError(_("Say what is missing, so that it can be mended."))
    evidence.second = SecondReading.KEPT if keep else SecondReading.NONE
    if not keep:
        evidence.status = EvidenceStatus.RETURNED
        evidence.attested_on = evidence.expires_on = None
    evidence.save()
    _tell(evidence, Happening.KEPT if keep else Happening.TAKEN_BACK, comment, by=by)
    if not keep:
        revoke_with_evidence(evidence, Revocation.SETTLED, by=by)
    return evidence


def _locked(evidence: Evidence, *, by: Person) -> Evidence:
    evidence = Evidence.objects.select_for_update(of=("self",)).select_related("edition__framework").get(pk=evidence.pk)
    if evidence.person_id == by.pk:
        raise ValidationError(_("Nobody reads their own evidence."))
    return evidence


def _check(evidence: Evidence, verdict: Verdict) -> None:
    asked = [statement.uid for statement in statements_of(evidence)]
    if not set(verdict.answers) <= set(asked) or not set(verdict.answers.values()) <= {0, 1, 2}:
        raise ValidationError(_("The answers do not fit the statements."))
    if verdict.attest and not may_attest(verdict.answers, asked):
        raise ValidationError(_("To attest, answer every statement, and more than half must be clearly shown."))
    if not verdict.attest and not verdict.comment:
        raise ValidationError(_("Say what is missing, so that it can be mended."))


def _keep(evidence: Evidence, verdict: Verdict, *, by: Person, is_second: bool) -> None:
    reading = Reading.objects.create(
        evidence=evidence,
        submission=evidence.submission,
        is_second=is_second,
        reader=by,
        decision=Decision.ATTEST if verdict.attest else Decision.RETURN,
        comment=verdict.comment,
    )
    ReadingAnswer.objects.bulk_create(
        ReadingAnswer(
            reading=reading,
            statement_uid=statement.uid,
            statement_version=statement.version,
            shown=verdict.answers[statement.uid],
        )
        for statement in statements_of(evidence)
        if statement.uid in verdict.answers
    )


def _tell(evidence: Evidence, what: Happening, comment: str, *, by: Person) -> None:
    EvidenceEvent.objects.create(evidence=evidence, by=by, what=what, comment=comment)
    audit.record(
        by=by,
        action=f"growth.evidence.{what.replace(' ', '_')}",
        target=f"evidence:{evidence.uid}",
        detail={"cell": evidence.cell_code, "submission": evidence.submission},
    )
