"""What two people in a mentorship do: agree, share, meet, end it, say thank you. Each atomic, with an audit row."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.growth.mentor_mail import AGREEMENT, BEGUN, ENDED, tell
from trellis.growth.mentor_notes import seal_words
from trellis.growth.mentor_rules import LONGEST
from trellis.growth.models import HowOften, MentorMeeting, Mentorship, Shares
from trellis.people.models import Person


@transaction.atomic
def set_terms(
    mentorship: Mentorship, *, themes: Sequence[str], how_often: str, until: dt.date, version: int, by: Person
) -> Mentorship:
    """Write down what the two work on, how often and until when; whoever does it says yes to it.

    Changed terms ask the other one again, and until then nothing is open. `version` is the one that was on the page.
    Raises ValidationError for terms that do not fit, and when the other one has changed them meanwhile.
    """
    mentorship = _running(mentorship, by=by, version=version)
    if not themes or how_often not in HowOften.values:
        raise ValidationError(_("Choose at least one theme, and how often you meet."))
    if not clock.today() < until <= clock.today() + LONGEST:
        raise ValidationError(_("Choose a last day that lies ahead, a year from now at most."))
    terms = (tuple(themes), how_often, until)
    if terms != (mentorship.themes, mentorship.how_often, mentorship.until):
        mentorship.themes, mentorship.how_often, mentorship.until = terms
        mentorship.version += 1
        mentorship.mentor_agreed_at = mentorship.mentee_agreed_at = None
    _say_yes(mentorship, by=by)
    return mentorship


@transaction.atomic
def agree(mentorship: Mentorship, *, version: int, by: Person) -> Mentorship:
    """Say yes to the terms as they stand; raises ValidationError when the other one has changed them meanwhile."""
    mentorship = _running(mentorship, by=by, version=version)
    if mentorship.until is None or mentorship.until <= clock.today():
        raise ValidationError(_("Choose a last day that lies ahead, a year from now at most."))
    _say_yes(mentorship, by=by)
    return mentorship


@transaction.atomic
def change_shares(mentorship: Mentorship, shares: str, *, by: Person) -> None:
    """Set what the mentee lets the mentor see, from this moment; only the mentee may. Raises ValidationError."""
    mentorship = _running(mentorship, by=by)
    if mentorship.mentee_id != by.pk or shares not in Shares.values:
        raise ValidationError(_("Choose one of the three."))
    before, mentorship.shares = mentorship.shares, shares
    mentorship.save(update_fields=["shares"])
    _note(mentorship, "shares", by=by, before=before, to=shares)


@transaction.atomic
def note_meeting(
    mentorship: Mentorship,
    *,
    held_on: dt.date,
    notes: str,
    next_on: dt.date | None,
    by: Person,
    meeting: MentorMeeting | None = None,
) -> MentorMeeting:
    """Write down a meeting, or change one that was written down; both read it.

    Notes are sealed, and forgotten with the mentorship's key. Raises ValidationError before both have agreed, for days
    that do not fit, and for a day that stands there already.
    """
    mentorship = _running(mentorship, by=by)
    if mentorship.began_on is None:
        raise ValidationError(_("First you both say yes to what you agreed."))
    if held_on > clock.today():
        raise ValidationError(_("This day lies ahead. Write it down once you have met."))
    if next_on is not None and next_on <= held_on:
        raise ValidationError(_("The next meeting comes after this one."))
    kept = meeting or MentorMeeting(mentorship=mentorship)
    if MentorMeeting.objects.filter(mentorship=mentorship, held_on=held_on).exclude(pk=kept.pk).exists():
        raise ValidationError(_("This day is written down already. Change it there."))
    kept.held_on, kept.next_on, kept.notes = held_on, next_on, seal_words(mentorship, notes.strip())
    kept.written_by, kept.written_at = by, clock.now()
    kept.save()
    _note(mentorship, "meeting", by=by, new=int(meeting is None))
    return kept


@transaction.atomic
def end_mentorship(mentorship: Mentorship, *, thanks: str, by: Person) -> None:
    """End it at once, with no reason, and a thank-you if one is written; raises ValidationError when it has ended."""
    mentorship = _running(mentorship, by=by)
    mentorship.ended_at, mentorship.ended_by = clock.now(), by
    _keep_thanks(mentorship, thanks, by=by)
    mentorship.save()
    _note(mentorship, "end", by=by)
    tell(mentorship.other(by), ENDED, "growth:mentorship", uid=mentorship.uid)


@transaction.atomic
def say_thanks(mentorship: Mentorship, thanks: str, *, by: Person) -> None:
    """Say thank you after the end; raises ValidationError while it runs, and once its words are forgotten."""
    mentorship = Mentorship.objects.select_for_update(of=("self",)).get(pk=mentorship.pk)
    if mentorship.ended_at is None or mentorship.key is None or not thanks.strip():
        raise ValidationError(_("This cannot be kept."))
    _keep_thanks(mentorship, thanks, by=by)
    mentorship.save(update_fields=["mentor_thanks", "mentee_thanks"])
    _note(mentorship, "thanks", by=by)


def _running(mentorship: Mentorship, *, by: Person, version: int | None = None) -> Mentorship:
    held = Mentorship.objects.select_for_update(of=("self",)).select_related("mentor", "mentee").get(pk=mentorship.pk)
    if by.pk not in (held.mentor_id, held.mentee_id) or held.ended_at is not None:
        raise ValidationError(_("This mentorship has ended."))
    if version is not None and version != held.version:
        raise ValidationError(_("The other one has changed it meanwhile. Please read it again."))
    return held


def _say_yes(mentorship: Mentorship, *, by: Person) -> None:
    if by.pk == mentorship.mentor_id:
        mentorship.mentor_agreed_at = clock.now()
    else:
        mentorship.mentee_agreed_at = clock.now()
    both = mentorship.mentor_agreed_at is not None and mentorship.mentee_agreed_at is not None
    if both and mentorship.began_on is None:
        mentorship.began_on = clock.today()
    mentorship.save()
    _note(mentorship, "agree", by=by, version=mentorship.version, both=int(both))
    tell(mentorship.other(by), BEGUN if both else AGREEMENT, "growth:mentorship", uid=mentorship.uid)


def _keep_thanks(mentorship: Mentorship, thanks: str, *, by: Person) -> None:
    if not thanks.strip():
        return
    sealed = seal_words(mentorship, thanks.strip())
    if by.pk == mentorship.mentor_id:
        mentorship.mentor_thanks = sealed
    else:
        mentorship.mentee_thanks = sealed


def _note(mentorship: Mentorship, what: str, *, by: Person, **detail: str | int) -> None:
    audit.record(by=by, action=f"growth.mentorship_{what}", target=f"mentorship:{mentorship.uid}", detail=detail)
