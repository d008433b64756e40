"""Mails: subject and text from one template, in the reader's language; and a log that holds no links."""

import logging

import pytest
from django.core import mail as outbox
from django.test import Client, RequestFactory

from trellis.core.logs import WithoutLinks
from trellis.core.mail import send


def test_the_first_line_is_the_subject(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trellis.core.mail.render_to_string", lambda *_: "\nA subject \n\nThe text.\nMore.\n")
    send(to="ana@example.org", template="any", context={}, language="en")
    [message] = outbox.outbox
    assert (message.subject, message.body, message.to) == ("A subject", "The text.\nMore.\n", ["ana@example.org"])


def test_a_mail_speaks_its_readers_language() -> None:
    for language in ("en", "es"):
        send(
            to="ana@example.org",
            template="assessment/three_sixty/mail/ready.txt",
            context={"link": "https://example.org/<&>"},
            language=language,
        )
    english, spanish = outbox.outbox
    assert english.subject == "Your report is ready"
    assert spanish.subject != english.subject
    assert "https://example.org/<&>" in str(english.body)


def test_a_link_of_a_rater_stays_out_of_the_log(db: None, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "django.request"):
        client.get("/answer/a-secret-link/")
        client.get("/nowhere/")
    shown = WithoutLinks()
    assert all(shown.filter(record) for record in caplog.records)
    texts = [record.getMessage() for record in caplog.records]
    assert "Not Found: /answer/…" in texts
    assert "Not Found: /nowhere/" in texts


def test_a_record_without_a_request_passes() -> None:
    record = logging.LogRecord("trellis", logging.INFO, "", 1, "%s done", ("all",), None)
    assert WithoutLinks().filter(record)
    record.request = RequestFactory().get("/")  # type: ignore[attr-defined]
    assert WithoutLinks().filter(record)
    assert record.getMessage() == "all done"
