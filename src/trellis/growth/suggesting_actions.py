"""Suggesting mentors: a person sends what matching proposed, and the member asks, or not. Each atomic, with a row."""

from collections.abc import Collection, Mapping

from django.db import transaction

from trellis.core import audit, clock
from trellis.growth.matching import Facts
from trellis.growth.matching_words import as_stored
from trellis.growth.mentor_mail import SUGGESTED, tell
from trellis.growth.mentor_rules import ASK_WAITS
from trellis.growth.models import MentorSuggestion, SuggestionState
from trellis.people.models import Person


@transaction.atomic
def suggest_mentors(
    pairs: Collection[tuple[Person, Person]], facts: Mapping[tuple[int, int], Facts], *, target: str, by: Person
) -> int:
    """Suggest to each mentee of these pairs (mentee, mentor) that they ask that mentor; returns how many are new.

    `facts` say why, by the keys of both. What waits already is not suggested again. The pairs must be ones that the
    viewer may propose (`mentor_access.searching_in_units`), and `target` names the unit or cohort they were matched in.
    """
    waiting = MentorSuggestion.objects.select_for_update().filter(
        mentee__in=[mentee for mentee, _mentor in pairs], state=SuggestionState.WAITING
    )
    # One whose time is over must not stand in the way of saying it again.
    waiting.filter(lapses_on__lt=clock.today()).update(state=SuggestionState.PUT_ASIDE)
    there = set(waiting.values_list("mentee_id", "mentor_id"))
    new = [(mentee, mentor) for mentee, mentor in pairs if (mentee.pk, mentor.pk) not in there]
    last_day = clock.today() + ASK_WAITS
    MentorSuggestion.objects.bulk_create(
        MentorSuggestion(
            mentee=mentee,
            mentor=mentor,
            by=by,
            facts=as_stored(facts[(mentee.pk, mentor.pk)]),
            lapses_on=last_day,
        )
        for mentee, mentor in new
    )
    if new:
        audit.record(by=by, action="growth.mentor_suggest", target=target, detail={"count": len(new)})
    for mentee, _mentor in new:
        tell(mentee, SUGGESTED, "growth:mentors")
    return len(new)


@transaction.atomic
def put_aside(suggestion: MentorSuggestion, *, by: Person) -> None:
    """Put a suggestion aside; nobody is told."""
    MentorSuggestion.objects.filter(pk=suggestion.pk, state=SuggestionState.WAITING).update(
        state=SuggestionState.PUT_ASIDE
    )
    audit.record(by=by, action="growth.mentor_put_aside", target=f"person:{by.uid}")
