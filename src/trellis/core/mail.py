"""Plain mails from templates: the first line is the subject, the rest is the text, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils.translation import override

LetterT = TypeVar("LetterT")


def send(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    language: str,
    headers: Mapping[str, str] | None = None,
    connection: BaseEmailBackend | None = None,
) -> None:
    """Send one mail; raises OSError when the mail server cannot be reached or does not take it.

    Send after the transaction has been committed: a mail cannot be taken back. Who sends many opens one `connection`.
    """
    with override(language):
        text = render_to_string(template, dict(context))
    subject, _, body = text.strip().partition("\n")
    # A name could hold a line break, and a subject must not.
    said = {"Auto-Submitted": "auto-generated", **(headers or {})}  # RFC 3834: no holiday note is to come back
    mail = EmailMessage(" ".join(subject.split()), f"{body.strip()}\n", to=[to], headers=said, connection=connection)
    mail.send()


def send_each(
    letters: Iterable[LetterT], write: Callable[[LetterT, BaseEmailBackend], None]
) -> tuple[list[LetterT], str]:
    """Send many by one connection; returns those that are done, and what went wrong with the first that is not.

    `write` sends one, or nothing when there is no need any more. One address that is refused keeps nobody else waiting.
    """
    done: list[LetterT] = []
    failed: list[str] = []
    waiting = list(letters)
    try:
        with get_connection() as connection:
            for letter in waiting:
                try:
                    write(letter, connection)
                    done.append(letter)
                except OSError as error:
                    failed.append(type(error).__name__)
    except OSError as error:
        failed.append(type(error).__name__)
    return done, failed[0] if failed else ""
