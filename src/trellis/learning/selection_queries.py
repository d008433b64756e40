"""Reads of a call for those who run it: what is ready, what was found, what each step waits for."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects

from trellis.learning.models import Application, ApplicationStatus, BlindReading, Call, Endorsement
from trellis.learning.selection import Found, found


@dataclass(frozen=True, slots=True)
class Judged:
    """An application with what its readers found; `waiting` is how many readings are given out and not sent yet."""

    application: Application
    found: Found
    waiting: int
    endorsed: bool


def ready_to_read(call: Call) -> QuerySet[Application]:
    """Return the applications that readers should get: sent, and endorsed where the call asks for it; one query."""
    sent = call.applications.filter(status=ApplicationStatus.SENT)
    if not call.needs_endorsement:
        return sent
    return sent.filter(Exists(Endorsement.objects.filter(application=OuterRef("pk"), endorses=True)))


def is_endorsed(application: Application) -> bool:
    """Say whether a local or state has endorsed it; one query."""
    return application.endorsements.filter(endorses=True).exists()


def judged(call: Call, applications: Collection[Application]) -> list[Judged]:
    """Return these applications of a call, each with what its readers found, in the same order.

    Three queries, and one more where the applications have not brought their endorsements.
    """
    prefetch_related_objects(list(applications), "endorsements")
    criteria = list(call.criteria.all())
    readings = (
        BlindReading.objects.filter(application__in=applications, stepped_back_at=None)
        .prefetch_related("scores")
        .order_by("pk")
    )
    steps: dict[int, list[list[int]]] = {}
    waiting: dict[int, int] = {}
    for reading in readings:
        if reading.sent_at is None:
            waiting[reading.application_id] = waiting.get(reading.application_id, 0) + 1
            continue
        values = {score.criterion_id: score.value for score in reading.scores.all()}
        steps.setdefault(reading.application_id, []).append([values[criterion.pk] for criterion in criteria])
    weights = [criterion.weight for criterion in criteria]
    return [
        Judged(
            one,
            found(steps.get(one.pk, []), weights=weights, differ_at=call.differ_at),
            waiting.get(one.pk, 0),
            any(said.endorses for said in one.endorsements.all()),
        )
        for one in applications
    ]
