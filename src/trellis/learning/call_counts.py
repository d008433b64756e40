"""How far calls have come, in counts; and in words, what each waits for."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.core import clock
from trellis.learning.models import (
    Application,
    ApplicationStatus,
    BlindReading,
    Call,
    CallStatus,
    Cohort,
    Endorsement,
    Offer,
    OfferAnswer,
    Outcome,
)


@dataclass(slots=True)
class CallCounts:
    """Counts of one call; `ready` are the applications that readers should get, `given` and `read` are readings."""

    drafts: int = 0
    sent: int = 0
    endorsed: int = 0
    silent: int = 0
    refused: int = 0
    ready: int = 0
    given: int = 0
    read: int = 0
    further: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    offers: Counter[str] = field(default_factory=Counter)
    has_cohort: bool = False

    @property
    def undecided(self) -> int:
        """How many nobody has decided about."""
        return self.outcomes[Outcome.OPEN]

    @property
    def decided(self) -> int:
        """How many somebody has decided about."""
        return self.sent - self.undecided

    @property
    def offered(self) -> int:
        """How many are to get a place."""
        return self.outcomes[Outcome.OFFER]

    @property
    def waiting(self) -> int:
        """How many are on the waiting list."""
        return self.outcomes[Outcome.WAITING]

    @property
    def accepted(self) -> int:
        """How many have taken their place."""
        return self.offers[OfferAnswer.ACCEPTED]

    @property
    def unanswered(self) -> int:
        """How many offers wait for an answer."""
        return self.offers[OfferAnswer.OPEN]


def counts_of(calls: Collection[Call]) -> dict[int, CallCounts]:
    """Return the counts of these calls by their key; four queries, however many there are."""
    found = {call.pk: CallCounts() for call in calls}
    needs = {call.pk: call.needs_endorsement for call in calls}
    said = Endorsement.objects.filter(application=OuterRef("pk"))
    applications = (
        Application.objects.filter(call__in=calls)
        .exclude(status=ApplicationStatus.WITHDRAWN)
        .annotate(endorsed=Exists(said.filter(endorses=True)), heard=Exists(said))
        .values_list("call_id", "status", "outcome", "endorsed", "heard")
        .annotate(many=Count("pk"))
    )
    for call, status, outcome, endorsed, heard, many in applications:
        counts = found[call]
        if status == ApplicationStatus.DRAFT:
            counts.drafts += many
            continue
        counts.sent += many
        counts.outcomes[outcome] += many
        counts.endorsed += many if endorsed else 0
        counts.refused += many if heard and not endorsed else 0
        counts.silent += 0 if heard else many
        counts.ready += many if endorsed or not needs[call] else 0
    readings = (
        BlindReading.objects.filter(application__call__in=calls, stepped_back_at=None)
        .annotate(unsent=Q(sent_at=None))
        .values_list("application__call_id", "is_further", "unsent")
        .annotate(many=Count("pk"))
    )
    for call, further, unsent, many in readings:
        found[call].given += 0 if further else many
        found[call].further += many if further else 0
        found[call].read += 0 if unsent else many
    offers = Offer.objects.filter(application__call__in=calls).values_list("application__call_id", "answer")
    for call, answer, many in offers.annotate(many=Count("pk")):
        found[call].offers[answer] = many
    for call in Cohort.objects.filter(call__in=calls).values_list("call_id", flat=True):
        found[call].has_cohort = True
    return found


def waits_for(call: Call, counts: CallCounts) -> list[str]:
    """Say what a call waits for; nothing when it is done."""
    if call.status == CallStatus.DRAFT:
        return [_("Not open yet: it is a draft.")]
    if call.status == CallStatus.OPEN:
        return [_open_said(call), *_endorsements_said(call, counts)]
    if call.status == CallStatus.CLOSED:
        return [*_endorsements_said(call, counts), *_reading_said(call, counts)]
    return _answers_said(counts)


def _open_said(call: Call) -> str:
    if call.opens_on > clock.today():
        return _("Opens on %(day)s.") % {"day": date_format(call.opens_on, "DATE_FORMAT")}
    return _("Open for applications until %(day)s.") % {"day": date_format(call.closes_on, "DATE_FORMAT")}


def _endorsements_said(call: Call, counts: CallCounts) -> list[str]:
    if not call.needs_endorsement or not counts.silent:
        return []
    said = ngettext("Waiting for one endorsement.", "Waiting for %(count)d endorsements.", counts.silent)
    return [said % {"count": counts.silent}]


def _reading_said(call: Call, counts: CallCounts) -> list[str]:
    said = []
    missing = max(0, counts.ready * call.readers_each - counts.given)
    unread = counts.given + counts.further - counts.read
    if missing:
        words = ngettext("One reading is to be given out.", "%(count)d readings are to be given out.", missing)
        said.append(words % {"count": missing})
    if unread:
        said.append(ngettext("Waiting for one reading.", "Waiting for %(count)d readings.", unread) % {"count": unread})
    if counts.undecided:
        words = ngettext(
            "One application is to be decided.", "%(count)d applications are to be decided.", counts.undecided
        )
        said.append(words % {"count": counts.undecided})
    return said or [_("All are decided: tell everybody.")]


def _answers_said(counts: CallCounts) -> list[str]:
    said = []
    if counts.unanswered:
        words = ngettext(
            "Waiting for one answer to an offer.", "Waiting for %(count)d answers to offers.", counts.unanswered
        )
        said.append(words % {"count": counts.unanswered})
    if counts.accepted and not counts.has_cohort:
        said.append(_("The cohort can begin."))
    return said
