"""Who was asked and who answered: round by round, and over all closed 360s together, as each is about one person."""

from typing import Any

from django.db.models import Count, Q

from trellis.assessment.models import Instrument, Response, Round, ThreeSixty, ThreeSixtyState
from trellis.assessment.trial_figures import shown_count, shown_share
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.measure.disclosure import THRESHOLD
from trellis.people.models import Membership, within

Figures = dict[str, Any]
SHOWN_ROUNDS = 8


def answered_by_round(instrument: Instrument) -> list[Figures]:
    """Return the newest rounds of an instrument, each with the share of its unit's members who answered.

    Rounds of a moment ask who is there, and not a unit: they are left out.

    Asked is who was an active member on the last day, or is today. One query, and one more for each of 8 rounds. A
    round that asked fewer than 10 people shows no share; a meeting whose phones still answer is not there.
    """
    rounds = (
        Round.objects.filter(instrument=instrument, subject=None, moment="")
        .exclude(readiness_meeting__isnull=False, readiness_meeting__closed_at=None)
        .select_related("unit")
        .annotate(
            persons=Count("responses__subject", filter=Q(responses__finished_at__isnull=False), distinct=True),
            nobodies=Count("responses", filter=Q(responses__subject=None)),
        )
        .order_by("-opens_on", "-pk")[:SHOWN_ROUNDS]
    )
    return [_round(held, held.persons + held.nobodies) for held in rounds]


def _round(held: Round, answered: int) -> Figures:
    last = min(held.closes_on or clock.today(), clock.today())
    members = Membership.objects.active(last).filter(within([held.unit], "unit__"), person__is_active=True)
    asked = members.values("person_id").distinct().count()
    return {
        "round": str(held.uid),
        "asked": shown_count(asked),
        "answered": shown_count(answered, asked),
        "share": shown_share(min(answered, asked), asked) if asked else None,
    }


def answered_about_people(instrument: Instrument) -> Figures:
    """Return the totals of all closed 360s: people, raters asked, answers kept, and their share; None below 10 people.

    How many were asked stands in the audit trail alone, because closing forgets the raters.
    """
    closed = ThreeSixty.objects.filter(round__instrument=instrument, state=ThreeSixtyState.CLOSED)
    held = dict(closed.values_list("uid", "round_id"))
    targets = {f"three-sixty:{uid}": round_id for uid, round_id in held.items()}
    opened = AuditEntry.objects.filter(action="three_sixty.open", target__in=targets).values_list("target", "detail")
    asked = {targets[target]: detail.get("raters", 0) for target, detail in opened}
    people = closed.filter(round__in=asked).values("round__subject").distinct().count()
    if people < THRESHOLD:
        return {"people": shown_count(people)}
    kept = Response.objects.filter(instrument=instrument, round__in=asked, rater=None).count()
    whole = sum(asked.values())
    return {
        "people": shown_count(people),
        "asked": shown_count(whole),
        "answered": shown_count(kept, whole),
        "share": shown_share(min(kept, whole), whole),
    }
