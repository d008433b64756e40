"""What a member says about mentoring: an offer, a pause, and what they look for. Each atomic, with an audit row."""

from collections.abc import Collection
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.growth.mentor_mail import ANSWERED, tell
from trellis.growth.mentor_rules import MOST_AT_ONCE
from trellis.growth.models import OPEN_ASKS, AskState, FreeTime, MentorAsk, MentorOffer, MentorSearch
from trellis.people.models import Person
from trellis.people.spoken import spoken


@dataclass(frozen=True, slots=True)
class When:
    """What offers and searches share: codes of themes, times and languages, and how to meet."""

    themes: tuple[str, ...]
    times: tuple[str, ...]
    languages: tuple[str, ...]
    in_person: bool
    online: bool


@transaction.atomic
def save_offer(when: When, *, capacity: int, sentence: str, strong: Collection[str], by: Person) -> MentorOffer:
    """Offer to mentor, or change the offer; a pause ends with it.

    `strong` are the themes in which the person may mentor (`matching_queries.strong_themes`); what was offered before
    may stay. Raises ValidationError for any other theme, and for what is missing or unknown.
    """
    kept = MentorOffer.objects.select_for_update().filter(person=by).first()
    allowed = {*strong, *(kept.themes if kept else ())}
    if not when.themes or not set(when.themes) <= allowed:
        raise ValidationError(_("Choose themes in which you stand at level 2 or higher."))
    if not when.times:
        raise ValidationError(_("Choose at least one time."))
    _check(when)
    if not 1 <= capacity <= MOST_AT_ONCE or not sentence.strip():
        raise ValidationError(_("Say how many people at once, and one sentence about yourself."))
    values = asdict(when) | {
        "capacity": capacity,
        "sentence": sentence.strip(),
        "is_paused": False,
        "changed_at": clock.now(),
    }
    offer, is_new = MentorOffer.objects.update_or_create(person=by, defaults=values)
    audit.record(
        by=by,
        action="growth.mentor_offer",
        target=f"person:{by.uid}",
        detail={"new": int(is_new), "themes": list(when.themes), "capacity": capacity},
    )
    return offer


@transaction.atomic
def pause_offer(offer: MentorOffer, *, paused: bool, by: Person) -> None:
    """Let nobody find an offer for a while, or let them find it again; whoever has asked still gets an answer."""
    MentorOffer.objects.filter(pk=offer.pk).update(is_paused=paused)
    audit.record(by=by, action="growth.mentor_pause", target=f"person:{by.uid}", detail={"paused": int(paused)})


@transaction.atomic
def withdraw_offer(offer: MentorOffer, *, by: Person) -> None:
    """Delete an offer. Open asks lapse, and who asked is told; mentorships that run go on."""
    asks = list(MentorAsk.objects.select_for_update(of=("self",)).filter(mentor=by, state__in=OPEN_ASKS))
    for ask in MentorAsk.objects.filter(pk__in=[ask.pk for ask in asks]).select_related("mentee"):
        tell(ask.mentee, ANSWERED, "growth:mentors")
    MentorAsk.objects.filter(pk__in=[ask.pk for ask in asks]).update(state=AskState.LAPSED, answered_at=clock.now())
    MentorOffer.objects.filter(pk=offer.pk).delete()
    audit.record(by=by, action="growth.mentor_withdraw", target=f"person:{by.uid}", detail={"asks": len(asks)})


@transaction.atomic
def save_search(when: When, *, without_leaders: bool, may_suggest: bool, by: Person) -> MentorSearch:
    """Keep what somebody looks for; with `may_suggest` coaches and programme staff of their units see it too.

    Raises ValidationError for what is missing or unknown.
    """
    if not when.themes:
        raise ValidationError(_("Choose at least one theme."))
    _check(when)
    values = asdict(when) | {
        "without_leaders": without_leaders,
        "may_suggest": may_suggest,
        "changed_at": clock.now(),
    }
    search, _new = MentorSearch.objects.update_or_create(person=by, defaults=values)
    audit.record(
        by=by, action="growth.mentor_search", target=f"person:{by.uid}", detail={"may_suggest": int(may_suggest)}
    )
    return search


@transaction.atomic
def clear_search(*, by: Person) -> None:
    """Forget what somebody looked for; nobody is suggested to them any more."""
    MentorSearch.objects.filter(person=by).delete()
    audit.record(by=by, action="growth.mentor_search_clear", target=f"person:{by.uid}")


def _check(when: When) -> None:
    if not set(when.times) <= set(FreeTime.values):
        raise ValidationError(_("Choose from the times that are there."))
    if not when.languages or not set(when.languages) <= set(spoken()):
        raise ValidationError(_("Choose at least one language."))
    if not when.in_person and not when.online:
        raise ValidationError(_("Choose whether to meet in person, online, or both."))
