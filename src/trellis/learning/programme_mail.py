"""Mails about programmes: a line of news and a link, never what was written or decided about somebody."""

import logging
from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from trellis.core import mail
from trellis.people.models import Person

_log = logging.getLogger(__name__)


def page(name: str, **kwargs: object) -> str:
    """Return the whole address of a page of programmes."""
    return f"{settings.TRELLIS_URL}{reverse(f'programmes:{name}', kwargs=kwargs)}"


def tell(
    people: Iterable[Person], template: str, *, link: str, about: str, sent: Callable[[], object] | None = None
) -> None:
    """Send each of them a mail once the transaction has succeeded; `about` is the programme's title.

    `sent` is called after the last one went out, so that what could not be sent can be sent later.
    """
    addressed = [person for person in people if person.email and person.is_active]
    transaction.on_commit(lambda: _post(addressed, template, {"link": link, "about": about}, sent))


def _post(people: Iterable[Person], template: str, context: dict[str, str], sent: Callable[[], object] | None) -> None:
    for person in people:
        try:
            mail.send(
                to=person.email or "",
                template=f"learning/programmes/mail/{template}.txt",
                context=context,
                language=person.language,
            )
        except OSError as error:
            # Neither name nor address goes into the log.
            _log.warning("a mail about a program could not be sent (%s)", type(error).__name__)
            return
    if sent is not None:
        sent()
