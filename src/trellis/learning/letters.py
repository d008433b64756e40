"""Mails about a session: written down with the change, sent once that is stored, and sent again when a try fails.

They carry a link and nothing else: not what the session is, nor where, nor who comes.
"""

import datetime as dt
import logging
from collections.abc import Collection, Iterable

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import reverse

from trellis.core import clock, mail
from trellis.learning.models import Letter, LetterKind, SignUp, SignUpStatus

_STILL_GOING = dt.timedelta(minutes=10)
_log = logging.getLogger(__name__)


def write_letters(sign_ups: Iterable[SignUp], kind: LetterKind) -> None:
    """Write one letter to each and send them once the transaction stands; a newer one replaces one that still waits."""
    letters = [Letter(sign_up=sign_up, kind=kind) for sign_up in sign_ups]
    Letter.objects.filter(kind=kind, sign_up__in=[letter.sign_up_id for letter in letters]).delete()
    keys = [letter.pk for letter in Letter.objects.bulk_create(letters)]
    if keys:
        transaction.on_commit(lambda: post(keys))


def post(keys: Collection[int]) -> int:
    """Send these letters, all by one connection; returns how many went out. One that fails stays for the daily jobs."""
    waiting = list(
        Letter.objects.filter(pk__in=keys).select_related("sign_up__person", "sign_up__session").order_by("pk")
    )
    done, failed = mail.send_each(waiting, _send)
    Letter.objects.filter(pk__in=[letter.pk for letter in done]).delete()
    if failed:
        # Neither name nor address goes into the log.
        left = len(waiting) - len(done)
        _log.warning("%d mails about sessions could not be sent (%s); the daily jobs try again", left, failed)
    return len(done)


def post_waiting(day: dt.date) -> str:
    """Send what could not be sent before; run by the daily jobs."""
    keys = list(Letter.objects.filter(made_at__lt=clock.now() - _STILL_GOING).values_list("pk", flat=True))
    return f"{post(keys)} of {len(keys)} letters that waited were sent"


def _means_something(letter: Letter) -> bool:
    """Whether the letter is still true, and there is somebody to read it."""
    sign_up, session = letter.sign_up, letter.sign_up.session
    if not sign_up.person.email or not sign_up.person.is_active or session.is_over:
        return False
    if letter.kind == LetterKind.CANCELLED:
        return session.is_cancelled
    if session.is_cancelled or sign_up.status == SignUpStatus.LEFT:
        return False
    return letter.kind == LetterKind.CHANGED or sign_up.status == SignUpStatus.SEAT


def _send(letter: Letter, connection: BaseEmailBackend) -> None:
    if not _means_something(letter):
        return
    person = letter.sign_up.person
    address = reverse("learning:session", kwargs={"uid": letter.sign_up.session.uid})
    mail.send(
        to=person.email or "",
        template=f"learning/mail/{letter.kind}.txt",
        context={"link": f"{settings.TRELLIS_URL}{address}"},
        language=person.language,
        connection=connection,
    )
