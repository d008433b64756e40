"""Mails about mentoring: each says that something waits, and where; never who, and never what."""

import logging

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from trellis.core import mail
from trellis.people.models import Person

ASKED, ANSWERED, TALK, SUGGESTED, AGREEMENT, BEGUN, ENDED = (
    f"growth/mentors/mail/{name}.txt"
    for name in ("asked", "answered", "talk", "suggested", "agreement", "begun", "ended")
)
_log = logging.getLogger(__name__)


def tell(person: Person, template: str, page: str, **kwargs: object) -> None:
    """Send a mail with a link to a page once the transaction has succeeded; who has no address gets none.

    A mail that cannot be sent is logged by its kind of error alone: what it told of stands on the person's pages too.
    """
    if not person.email or not person.is_active:
        return
    to, language = person.email, person.language
    context = {"link": f"{settings.TRELLIS_URL}{reverse(page, kwargs=kwargs or None)}"}

    def send() -> None:
        try:
            mail.send(to=to, template=template, context=context, language=language)
        except OSError as error:
            _log.warning("a mail about mentoring could not be sent (%s)", type(error).__name__)

    transaction.on_commit(send)
