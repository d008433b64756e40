"""Writes of a 360 before it opens: what it asks, whom, until when, and whether a coach agrees."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trellis.assessment.actions import instrument_for
from trellis.assessment.employer_addresses import may_be_read_by_employer
from trellis.assessment.instruments import THREE_SIXTY
from trellis.assessment.models import Rater, Round, ThreeSixty, ThreeSixtyState
from trellis.assessment.three_sixty_queries import coaches_for, shows_something, under_way
from trellis.core import audit, clock
from trellis.framework.models import Edition
from trellis.people.models import Person
from trellis.people.queries import home_unit, person_at

MOST_RATERS = 40
USUAL_DAYS, LEAST_DAYS, MOST_DAYS = 21, 7, 60
# Two reports soon after each other, with one rater more or less, would tell what that one said.
REPEAT_DAYS = 180


def note(three_sixty: ThreeSixty, action: str, *, by: audit.Actor | None, **detail: Any) -> None:
    """Write down what was done to a 360: never about whom of its raters, whose rows are to leave no trace."""
    audit.record(by=by, action=f"three_sixty.{action}", target=f"three-sixty:{three_sixty.uid}", detail=detail)


def held(three_sixty: ThreeSixty, *states: ThreeSixtyState) -> ThreeSixty:
    """Read a 360 again and hold it until the transaction ends; raises ValidationError unless it is in these states."""
    fresh = (
        ThreeSixty.objects.select_for_update(of=("self",))
        .select_related("round__instrument__edition__framework", "round__subject", "coach")
        .get(pk=three_sixty.pk)
    )
    if fresh.state not in states:
        raise ValidationError(_("This has gone on in the meantime. Look at it again."))
    return fresh


@transaction.atomic
def start_three_sixty(
    edition: Edition, *, domains: Collection[str], last_day: dt.date, coach: Person | None, by: Person
) -> ThreeSixty:
    """Begin a 360 about the person who asks; `domains` are codes, empty for all. One at a time.

    Raises ValidationError when one is under way or was closed within half a year, the person belongs to no unit, or
    the frame does not hold.
    """
    Person.objects.select_for_update().get(pk=by.pk)  # two devices that begin at once begin one
    unit = home_unit(by)
    if unit is None:
        raise ValidationError(_("You belong to no unit yet, so there is nobody here to ask about you."))
    if under_way(by) is not None:
        raise ValidationError(_("You have one under way. Finish or cancel it first."))
    again = may_start_on(by)
    if again is not None and again > clock.today():
        raise ValidationError(
            _("Two reports soon after each other would give raters away. You can start the next one on %(day)s.")
            % {"day": date_format(again, "DATE_FORMAT")}
        )
    instrument = instrument_for(edition, THREE_SIXTY, by=by)
    _check_frame(edition, domains, last_day, coach, by)
    today = clock.today()
    name = f"360, {today.year}"
    round_ = Round.objects.create(
        instrument=instrument, unit=unit, subject=by, name=name, opens_on=today, closes_on=last_day
    )
    three_sixty = ThreeSixty.objects.create(round=round_, coach=coach, domains=sorted(domains))
    note(three_sixty, "start", by=by, domains=len(domains))
    return three_sixty


def may_start_on(person: Person) -> dt.date | None:
    """Return the first day on which the person may start another 360, or None when there was none; one query."""
    closed = ThreeSixty.objects.filter(round__subject=person, state=ThreeSixtyState.CLOSED)
    last = closed.aggregate(last=Max("closed_at"))["last"]
    return timezone.localdate(last) + dt.timedelta(days=REPEAT_DAYS) if last else None


@transaction.atomic
def change_frame(
    three_sixty: ThreeSixty, *, domains: Collection[str], last_day: dt.date, coach: Person | None, by: Person
) -> None:
    """Change what is asked, until when and who approves; raises ValidationError as starting does."""
    three_sixty = held(three_sixty, ThreeSixtyState.CHOOSING)
    _check_frame(three_sixty.round.instrument.edition, domains, last_day, coach, by)
    three_sixty.domains, three_sixty.coach = sorted(domains), coach
    three_sixty.save(update_fields=["domains", "coach"])
    three_sixty.round.closes_on = last_day
    three_sixty.round.save(update_fields=["closes_on"])
    note(three_sixty, "frame", by=by, domains=len(domains))


def _check_frame(
    edition: Edition, domains: Collection[str], last_day: dt.date, coach: Person | None, by: Person
) -> None:
    known = set(edition.domains.values_list("code", flat=True))
    if not set(domains) <= known:
        raise ValidationError(_("Choose among the domains that are listed."))
    if not LEAST_DAYS <= (last_day - clock.today()).days <= MOST_DAYS:
        raise ValidationError(_("Choose a last day from one week to about two months from today."))
    if coach is not None and coach not in coaches_for(by):
        raise ValidationError(_("Choose a coach of your own unit."))


@transaction.atomic
def name_person(three_sixty: ThreeSixty, person: Person, *, relation: str, language: str, by: Person) -> Rater:
    """Put a known person on the list; raises ValidationError when they are there, it is full, or it is oneself."""
    rater = Rater(person=person, name=person.name, relation=relation, language=language)
    return _name(three_sixty, rater, person.email or "", by=by)


@transaction.atomic
def name_address(three_sixty: ThreeSixty, *, name: str, email: str, relation: str, language: str, by: Person) -> Rater:
    """Put somebody on the list by name and e-mail; raises ValidationError as above.

    Whose address it is, is kept beside it and shown to nobody.
    """
    email = email.lower()
    rater = Rater(person=person_at(email), name=name, email=email, relation=relation, language=language)
    return _name(three_sixty, rater, email, by=by)


def _name(three_sixty: ThreeSixty, rater: Rater, address: str, *, by: Person) -> Rater:
    three_sixty = held(three_sixty, ThreeSixtyState.CHOOSING)
    if rater.relation not in three_sixty.round.instrument.definition["relations"]:
        raise ValidationError(_("Say how this person knows your work."))
    if rater.person_id == by.pk:
        raise ValidationError(_("That is you. You answer about yourself in your self-assessment."))
    there = list(three_sixty.raters.values_list("person", "email"))
    if len(there) >= MOST_RATERS:
        raise ValidationError(_("The list is full. Remove somebody first."))
    persons, emails = {person for person, _ in there if person}, {email for _, email in there if email}
    if rater.person_id in persons or rater.email in emails:
        raise ValidationError(_("This person is on your list already."))
    rater.three_sixty = three_sixty
    rater.is_employer_address = may_be_read_by_employer(address)
    rater.save()
    note(three_sixty, "name", by=by)
    return rater


@transaction.atomic
def remove_rater(three_sixty: ThreeSixty, uid: uuid.UUID, *, by: Person) -> None:
    """Take somebody off the list; taking off who is not there does no harm."""
    three_sixty = held(three_sixty, ThreeSixtyState.CHOOSING)
    three_sixty.raters.filter(uid=uid).delete()
    note(three_sixty, "unname", by=by)


@transaction.atomic
def send_to_coach(three_sixty: ThreeSixty, *, by: Person) -> None:
    """Hand the list to the coach; raises ValidationError without one, or when too few are named to show anything."""
    three_sixty = held(three_sixty, ThreeSixtyState.CHOOSING)
    if three_sixty.coach is None or three_sixty.coach not in coaches_for(by):
        raise ValidationError(_("Choose a coach of your own unit."))
    check_list(three_sixty)
    three_sixty.state, three_sixty.note = ThreeSixtyState.WITH_COACH, ""
    three_sixty.save(update_fields=["state", "note"])
    note(three_sixty, "send", by=by, raters=three_sixty.raters.count())


def check_list(three_sixty: ThreeSixty) -> None:
    """Raise ValidationError when nothing could be shown even if everybody on the list answered."""
    if not shows_something(three_sixty, three_sixty.raters.all()):
        raise ValidationError(_("Too few people are named: we show answers only in groups of five or more."))


@transaction.atomic
def return_list(three_sixty: ThreeSixty, text: str, *, by: Person) -> None:
    """Give the list back with the coach's note."""
    three_sixty = held(three_sixty, ThreeSixtyState.WITH_COACH)
    three_sixty.state, three_sixty.note = ThreeSixtyState.CHOOSING, text
    three_sixty.save(update_fields=["state", "note"])
    note(three_sixty, "return", by=by)
