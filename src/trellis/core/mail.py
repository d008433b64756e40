"""Plain mails from templates: the first line is the subject, the rest is the text, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils.translation import override


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
    mail = EmailMessage(
        " ".join(subject.split()), f"{body.strip()}\n", to=[to], headers=dict(headers or {}), connection=connection
    )
    mail.send()
