"""Mails about programmes: written down with the change, sent once that is stored, and sent again when a try fails.

They carry the programme's title and a link: not what was written, nor what was decided about whom.
"""

import datetime as dt
import logging
from collections.abc import Collection, Iterable
from uuid import UUID

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import reverse

from trellis.core import clock, mail
from trellis.learning.models import News, NewsKind, Programme
from trellis.people.models import Person

_STILL_GOING = dt.timedelta(minutes=10)
# Where each of them leads.
_PAGES = {
    NewsKind.ENDORSE: "endorsements",
    NewsKind.ENDORSED: "application",
    NewsKind.READ: "readings",
    NewsKind.OUTCOME: "application",
    NewsKind.OFFER: "offer",
    NewsKind.LAPSED: "application",
    NewsKind.COHORT: "cohort",
    NewsKind.CAPSTONE_SENT: "readings",
    NewsKind.CAPSTONE_READ: "capstone",
    NewsKind.COMPLETED: "cohort",
}
_log = logging.getLogger(__name__)


def write_news(people: Iterable[Person], kind: NewsKind, programme: Programme, *, uid: UUID | None = None) -> None:
    """Write to each of them once the transaction stands; `uid` is of what the page shows.

    What still waits to say the same is not written twice.
    """
    page = reverse(f"programmes:{_PAGES[kind]}", kwargs={"uid": uid} if uid else None)
    there = set(News.objects.filter(kind=kind, page=page).values_list("person_id", flat=True))
    fresh = dict.fromkeys(one.pk for one in people if one.pk not in there and one.email and one.is_active)
    rows = [News(person_id=pk, programme=programme, kind=kind, page=page) for pk in fresh]
    keys = [one.pk for one in News.objects.bulk_create(rows)]
    if keys:
        transaction.on_commit(lambda: post(keys))


def post(keys: Collection[int]) -> int:
    """Send these; returns how many went out. What fails stays for the daily jobs."""
    waiting = News.objects.filter(pk__in=keys).select_related("person", "programme").order_by("pk")
    done, failed = mail.send_each(waiting, _send)
    News.objects.filter(pk__in=[one.pk for one in done]).delete()
    if failed:
        # Neither name nor address goes into the log.
        _log.warning("%d mails about programs could not be sent (%s)", len(keys) - len(done), failed)
    return len(done)


def post_waiting(day: dt.date) -> str:
    """Send what could not be sent before; run by the daily jobs."""
    keys = list(News.objects.filter(made_at__lt=clock.now() - _STILL_GOING).values_list("pk", flat=True))
    return f"{post(keys)} of {len(keys)} mails about programs that waited were sent"


def _send(news: News, connection: BaseEmailBackend) -> None:
    if not news.person.email or not news.person.is_active:
        return
    mail.send(
        to=news.person.email,
        template=f"learning/programmes/mail/{news.kind}.txt",
        context={"link": f"{settings.TRELLIS_URL}{news.page}", "about": news.programme.title},
        language=news.person.language,
        connection=connection,
    )
