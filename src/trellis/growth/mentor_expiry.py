"""What the daily jobs do about mentoring: end what is past its last day, and forget what was kept long enough."""

import datetime as dt

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from trellis.core import audit, clock
from trellis.core.sqlite.traces import forget_deleted
from trellis.growth.mentor_mail import ENDED, tell
from trellis.growth.mentor_rules import DECIDED_KEPT, MENTORSHIP_KEPT, NOTES_KEPT, SEARCH_KEPT
from trellis.growth.models import (
    OPEN_ASKS,
    MentorAsk,
    MentorMeeting,
    MentorOffer,
    MentorSearch,
    Mentorship,
    MentorSuggestion,
)
from trellis.people.models import Membership


@transaction.atomic
def end_past_mentorships(on: dt.date) -> str:
    """End the mentorships whose last day is over, and tell both; returns a line without names."""
    past = list(
        Mentorship.objects.running()
        .select_for_update(of=("self",))
        .filter(until__lt=on)
        .select_related("mentor", "mentee")
    )
    for mentorship in past:
        mentorship.ended_at = clock.now()
        mentorship.save(update_fields=["ended_at"])
        audit.record(by=None, action="growth.mentorship_end", target=f"mentorship:{mentorship.uid}")
        for person in (mentorship.mentor, mentorship.mentee):
            tell(person, ENDED, "growth:mentorship", uid=mentorship.uid)
    return f"{len(past)} ended"


@transaction.atomic
def forget_mentoring(on: dt.date) -> str:
    """Delete what was kept as long as it is said to be; returns a line without names.

    Offers and searches go with the last membership, notes and thanks 90 days after the end, with the key that sealed
    them; then what was decided, and at last the mentorship itself.
    """
    here = Membership.objects.active(on).filter(person=OuterRef("person_id"))
    gone = Q(person__is_active=False) | ~Exists(here)
    notes = Mentorship.objects.filter(ended_at__date__lt=on - NOTES_KEPT, key__isnull=False)
    MentorMeeting.objects.filter(mentorship__in=notes).delete()
    shredded = notes.update(key=None, mentor_thanks=None, mentee_thanks=None)
    old = (
        MentorOffer.objects.filter(gone),
        MentorSearch.objects.filter(gone | Q(changed_at__date__lt=on - SEARCH_KEPT)),
        MentorAsk.objects.exclude(state__in=OPEN_ASKS).filter(answered_at__date__lt=on - DECIDED_KEPT),
        MentorSuggestion.objects.filter(lapses_on__lt=on - DECIDED_KEPT),
        Mentorship.objects.filter(ended_at__date__lt=on - MENTORSHIP_KEPT),
    )
    deleted = sum(rows.delete()[0] for rows in old)
    if shredded or deleted:
        audit.record(
            by=None,
            action="growth.mentoring_forget",
            target="mentoring:old",
            detail={"shredded": shredded, "deleted": deleted},
        )
        transaction.on_commit(lambda: forget_deleted(connection))
    return f"{shredded} shredded, {deleted} deleted"
