"""The weekly mail: links and counts only, on the person's own day, never twice a week, silent when all is quiet."""

import datetime as dt
import logging
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from trellis.core import audit, clock, mail
from trellis.growth.models import Plan, Step
from trellis.learning.models import SessionStatus, SignUp, SignUpStatus
from trellis.people.models import Person

TEMPLATE = "growth/mail/weekly.txt"
_SALT = "trellis.growth.weekly-mail"
_WEEK = dt.timedelta(days=7)
# A day that was missed is made up for, and the week after the mail finds back to its day.
_MADE_UP_FOR = dt.timedelta(days=1)
_LEAST_APART = dt.timedelta(days=6)
# Whoever has let a date lie for four weeks knows it: the mail is silent, and does not nag.
_PATIENCE = dt.timedelta(days=28)
_MANY = 500
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class News:
    """What a mail would say, in numbers: steps of the week ahead, dates that passed lately, seats, a check-in."""

    due: int = 0
    late: int = 0
    seats: int = 0
    check_in: bool = False

    def __bool__(self) -> bool:
        return bool(self.due or self.late or self.seats or self.check_in)


def is_due(today: dt.date, *, weekday: int, mailed_on: dt.date | None, since: dt.date) -> bool:
    """Say whether it is time: the person's day, or the day after where that was missed.

    Never on the day of `since`, when the plan was made, nor within six days of `mailed_on`, the last time it was.
    """
    newest = today - dt.timedelta(days=(today.weekday() - weekday) % 7)
    if today - newest > _MADE_UP_FOR or since >= newest:
        return False
    return mailed_on is None or today - mailed_on >= _LEAST_APART


def link_of(plan: Plan) -> str:
    """Return the part of the address that turns a plan's mail off, signed so that nobody can make one up."""
    return signing.Signer(salt=_SALT).sign(plan.uid.hex)


def plan_of(link: str) -> Plan | None:
    """Return the plan whose mail a link turns off, None for a link that we did not make or a plan that is gone."""
    try:
        uid = signing.Signer(salt=_SALT).unsign(link)
    except signing.BadSignature:
        return None
    return Plan.objects.filter(uid=uid).first()


@transaction.atomic
def set_weekly_mail(plan: Plan, *, on: bool, weekday: int | None = None, by: Person | None) -> None:
    """Turn the weekly mail on or off, and choose its day; `by` is None when a link in a mail did it."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    day = plan.mail_weekday if weekday is None else weekday
    if (plan.mails_weekly, plan.mail_weekday) == (on, day):
        return
    plan.mails_weekly, plan.mail_weekday = on, day
    plan.save(update_fields=["mails_weekly", "mail_weekday"])
    audit.record(
        by=by, action="growth.weekly_mail.set", target=f"plan:{plan.uid}", detail={"on": int(on), "weekday": day}
    )


def send_due(today: dt.date) -> str:
    """Send the mails that are due on a day; one that the server does not take is tried again the next day."""
    days = [(today.weekday() - back) % 7 for back in range(_MADE_UP_FOR.days + 1)]
    rested = Q(mailed_on=None) | Q(mailed_on__lte=today - _LEAST_APART)
    plans = Plan.objects.filter(rested, mails_weekly=True, mail_weekday__in=days, person__is_active=True)
    keys = list(plans.exclude(person__email=None).order_by("pk").values_list("pk", flat=True))
    sent = quiet = 0
    for start in range(0, len(keys), _MANY):
        found = Plan.objects.filter(pk__in=keys[start : start + _MANY]).select_related("person").order_by("pk")
        some = [plan for plan in found if _is_due(plan, today)]
        news = news_of(some, today)
        silent = [plan.pk for plan in some if not news[plan.pk]]
        # Looked at too: who had nothing to hear on their day is not written to on another.
        quiet += Plan.objects.filter(pk__in=silent).update(mailed_on=today)
        try:
            with get_connection() as connection:
                sent += sum(_send(plan, news[plan.pk], today, connection) for plan in some if news[plan.pk])
        except OSError as error:
            _log.warning("the mail server cannot be reached (%s); the daily jobs try again", type(error).__name__)
            break
    if sent:
        with transaction.atomic():
            audit.record(by=None, action="growth.weekly_mail.send", target="mails:weekly", detail={"sent": sent})
    return f"{sent} sent, nothing to say to {quiet}"


def _is_due(plan: Plan, today: dt.date) -> bool:
    since = timezone.localdate(plan.created_at)
    return is_due(today, weekday=plan.mail_weekday, mailed_on=plan.mailed_on, since=since)


def news_of(plans: list[Plan], today: dt.date) -> dict[int, News]:
    """Return what there is to say to each of these plans' owners, by the plan's key; two queries."""
    keys = [plan.pk for plan in plans]
    week = Q(due_on__gte=today, due_on__lt=today + _WEEK)
    lately = Q(due_on__lt=today, due_on__gte=today - _PATIENCE)
    steps = {
        row["goal__plan"]: row
        for row in Step.objects.waiting()
        .filter(goal__plan__in=keys)
        .values("goal__plan")
        .annotate(due=Count("pk", filter=week), late=Count("pk", filter=lately))
        .order_by()
    }
    now = clock.now()
    seats = dict(
        SignUp.objects.filter(
            person__in=[plan.person_id for plan in plans],
            status=SignUpStatus.SEAT,
            session__status=SessionStatus.PLANNED,
            session__starts_at__gte=now,
            session__starts_at__lt=now + _WEEK,
        )
        .values_list("person")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return {
        plan.pk: News(
            due=steps[plan.pk]["due"] if plan.pk in steps else 0,
            late=steps[plan.pk]["late"] if plan.pk in steps else 0,
            seats=seats.get(plan.person_id, 0),
            check_in=plan.check_in_on is not None and today - _PATIENCE <= plan.check_in_on < today + _WEEK,
        )
        for plan in plans
    }


def _send(plan: Plan, news: News, today: dt.date, connection: BaseEmailBackend) -> bool:
    """Mark it first, so that two runs at once send one mail; take the mark back when the server does not take it."""
    before = Plan.objects.filter(pk=plan.pk, mails_weekly=True, mailed_on=plan.mailed_on)
    if not before.update(mailed_on=today):
        return False
    off = f"{settings.TRELLIS_URL}{reverse('growth:weekly-mail', kwargs={'link': link_of(plan)})}"
    context = {
        "news": news,
        "plan_link": f"{settings.TRELLIS_URL}{reverse('growth:plan')}",
        "check_in_link": f"{settings.TRELLIS_URL}{reverse('growth:check-in')}",
        "off_link": off,
    }
    headers = {"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    try:
        mail.send(
            to=plan.person.email or "",
            template=TEMPLATE,
            context=context,
            language=plan.person.language,
            headers=headers,
            connection=connection,
        )
    except OSError as error:
        Plan.objects.filter(pk=plan.pk, mailed_on=today).update(mailed_on=plan.mailed_on)
        _log.warning("a weekly mail could not be sent (%s); the daily jobs try again", type(error).__name__)
        return False
    return True
