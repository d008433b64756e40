"""Asking a mentor, and the mentor's answer. Each is atomic, leaves an audit row, and tells the other one by mail."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.growth.mentor_mail import ANSWERED, ASKED, TALK, tell
from trellis.growth.mentor_notes import new_wrapped_key
from trellis.growth.mentor_rules import ASK_WAITS, MOST_OPEN_ASKS, USUAL
from trellis.growth.models import (
    OPEN_ASKS,
    AskState,
    Decline,
    MentorAsk,
    MentorOffer,
    Mentorship,
    MentorSuggestion,
    SuggestionState,
)
from trellis.people.models import Person


@transaction.atomic
def ask_mentor(offer: MentorOffer, *, themes: Sequence[str], sentence: str, by: Person) -> MentorAsk:
    """Ask a mentor for some of their themes. The offer must come from `mentor_access.visible_offers(by)`.

    Raises ValidationError when too many asks are open, one to this mentor is open already or a mentorship runs, the
    mentor's hands are full, or themes and sentence do not fit.
    """
    # Held, so that two asks at once do not both count as the last one allowed.
    Person.objects.select_for_update().get(pk=by.pk)
    offer = MentorOffer.objects.with_places().get(pk=offer.pk)
    today = clock.today()
    if not themes or not set(themes) <= set(offer.themes) or not sentence.strip():
        raise ValidationError(_("Choose at least one of their themes, and write one sentence."))
    going = MentorAsk.objects.filter(mentee=by, state__in=OPEN_ASKS, lapses_on__gte=today)
    if going.filter(mentor=offer.person_id).exists():
        raise ValidationError(_("You have asked them already. Give them a little time."))
    if Mentorship.objects.running().filter(mentee=by, mentor=offer.person_id).exists():
        raise ValidationError(_("They mentor you already."))
    if going.count() >= MOST_OPEN_ASKS:
        raise ValidationError(
            _("You have %(count)s open asks. Wait for an answer, or take one back."), params={"count": MOST_OPEN_ASKS}
        )
    if not offer.room:
        raise ValidationError(_("Their hands are full just now."))
    # What has lapsed since the last daily job must not stand in the way of asking again.
    MentorAsk.objects.filter(mentee=by, mentor=offer.person_id, state__in=OPEN_ASKS).update(
        state=AskState.LAPSED, answered_at=clock.now()
    )
    ask = MentorAsk.objects.create(
        mentee=by,
        mentor=offer.person,
        themes=tuple(code for code in offer.themes if code in set(themes)),
        sentence=sentence.strip(),
        lapses_on=today + ASK_WAITS,
    )
    MentorSuggestion.objects.filter(mentee=by, mentor=offer.person_id, state=SuggestionState.WAITING).update(
        state=SuggestionState.ASKED
    )
    _note(ask, "ask", by=by)
    tell(offer.person, ASKED, "growth:mentor-ask", uid=ask.uid)
    return ask


@transaction.atomic
def take_ask_back(ask: MentorAsk, *, by: Person) -> None:
    """Take one's own ask back; nothing happens when it is over already."""
    ask = MentorAsk.objects.select_for_update(of=("self",)).get(pk=ask.pk, mentee=by)
    if ask.state in OPEN_ASKS:
        _close(ask, AskState.WITHDRAWN)
        _note(ask, "ask_back", by=by)


@transaction.atomic
def accept_ask(ask: MentorAsk, *, by: Person) -> Mentorship:
    """Say yes: a mentorship begins, to whose terms both still have to say yes. It takes one of the mentor's places.

    Raises ValidationError when the ask is over, or no place is free: two yeses at once never take the same place.
    """
    # The offer first: whoever holds it is the only one who counts its places.
    offer = MentorOffer.objects.select_for_update().filter(person=by).first()
    ask = _to_answer(ask, by=by)
    running = Mentorship.objects.running().filter(mentor=by)
    if offer is None or running.count() >= offer.capacity:
        raise ValidationError(_("Your hands are full. Raise how many people you take, or end a mentorship first."))
    if running.filter(mentee=ask.mentee).exists():
        raise ValidationError(_("You mentor them already."))
    _close(ask, AskState.ACCEPTED)
    mentorship = Mentorship.objects.create(
        mentor=by, mentee=ask.mentee, themes=ask.themes, until=clock.today() + USUAL, key=new_wrapped_key()
    )
    _note(ask, "ask_accept", by=by)
    tell(ask.mentee, ANSWERED, "growth:mentorship", uid=mentorship.uid)
    return mentorship


@transaction.atomic
def decline_ask(ask: MentorAsk, *, reason: str, by: Person) -> None:
    """Say no, kindly, in one of the ready sentences; raises ValidationError for another, or when the ask is over."""
    if reason not in Decline.values:
        raise ValidationError(_("Choose one of the sentences."))
    ask = _to_answer(ask, by=by)
    ask.reason = reason
    _close(ask, AskState.DECLINED)
    _note(ask, "ask_decline", by=by, reason=reason)
    tell(ask.mentee, ANSWERED, "growth:mentors")


@transaction.atomic
def propose_talk(ask: MentorAsk, *, words: str, by: Person) -> None:
    """Say "let us talk first", with when and where; the ask waits as long again. Raises ValidationError as above."""
    if not words.strip():
        raise ValidationError(_("Say when and how you could talk."))
    ask = _to_answer(ask, by=by)
    ask.state, ask.words, ask.lapses_on = AskState.TALK, words.strip(), clock.today() + ASK_WAITS
    ask.save(update_fields=["state", "words", "lapses_on"])
    _note(ask, "ask_talk", by=by)
    tell(ask.mentee, TALK, "growth:mentors")


@transaction.atomic
def lapse_asks(on: dt.date) -> str:
    """Let the asks lapse whose last day is over, and tell who asked; the daily job. Returns a line without names."""
    over = list(
        MentorAsk.objects.select_for_update(of=("self",))
        .filter(state__in=OPEN_ASKS, lapses_on__lt=on)
        .select_related("mentee")
    )
    for ask in over:
        _close(ask, AskState.LAPSED)
        _note(ask, "ask_lapse", by=None)
        tell(ask.mentee, ANSWERED, "growth:mentors")
    return f"{len(over)} lapsed"


def _to_answer(ask: MentorAsk, *, by: Person) -> MentorAsk:
    ask = MentorAsk.objects.select_for_update(of=("self",)).select_related("mentee").get(pk=ask.pk, mentor=by)
    if not ask.is_open:
        raise ValidationError(_("This ask is over: it was taken back, answered, or has lapsed."))
    return ask


def _close(ask: MentorAsk, state: AskState) -> None:
    ask.state, ask.answered_at = state, clock.now()
    ask.save(update_fields=["state", "answered_at", "reason"])


def _note(ask: MentorAsk, what: str, *, by: Person | None, **detail: str) -> None:
    audit.record(by=by, action=f"growth.mentor_{what}", target=f"ask:{ask.uid}", detail=detail)
