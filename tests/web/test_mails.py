"""Every mail, as the bytes that leave: read by a parser that forgives nothing, plain, true to its links, and discreet.

A new mail is a new template: the first test asks for its moment in `mails.py`, and then all of this holds for it too.
"""

import email
import re
from email import policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

import trellis
from tests.cast import Cast
from tests.learning.programmes import stages
from tests.web import mails
from trellis.learning.models import LetterKind, NewsKind
from trellis.people.models import Person

pytestmark = pytest.mark.usefixtures("framework")
STRICT = policy.default.clone(raise_on_defect=True)
LINK = re.compile(r"https?://\S+")
WEEKLY = "growth/mail/weekly.txt"
# These are about one person who asks another, by name.
NAMING = frozenset(("assessment/three_sixty/mail/invite.txt", "assessment/three_sixty/mail/remind.txt"))
FAMILY, PROGRAMME = "Ñandú-Whitlock", "Año uno & O'Hara's \"leaders\""
UNSAID = (
    mails.TITLE, mails.PLACE, mails.STEP, mails.WHY, stages.ANSWER, "speak up in meetings", "run three campaigns",
    "We know her well", "As the readers say", "welcome table", "Nine people", "Riverside", "Lincoln", "Alder",
)  # fmt: skip


def templates() -> set[str]:
    """The templates of mails, wherever an app keeps them."""
    root = Path(trellis.__file__).parent
    found = {path.as_posix().partition("/templates/")[2] for path in root.glob("*/templates/**/*.txt")}
    return {name for name in found if "/mail/" in name or "/email/" in name} - {"account/email/base_message.txt"}


def test_each_mail_has_a_moment_at_which_it_is_sent() -> None:
    assert templates() == set(mails.MOMENTS)
    kinds = {f"learning/mail/{kind}.txt" for kind in LetterKind}
    assert kinds | {f"learning/programmes/mail/{kind}.txt" for kind in NewsKind} <= set(mails.MOMENTS)


@pytest.fixture(params=["en", "es"])
def language(request: pytest.FixtureRequest, cast: Cast) -> str:
    """Everybody reads this language, and has a name and a programme that need more than ASCII."""
    Person.objects.update(language=request.param, family_name=FAMILY)
    for person in cast.persons.values():
        person.language, person.family_name = request.param, FAMILY
    return str(request.param)


@pytest.fixture(params=sorted(mails.MOMENTS))
def template(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The template of one mail."""
    facts = stages.programme_facts
    monkeypatch.setattr(stages, "programme_facts", lambda **more: facts(**{"title": PROGRAMME} | more))
    return str(request.param)


@pytest.fixture
def sent(
    template: str,
    language: str,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> bytes:
    """Let its moment come; returns the newest mail of this template, as it goes to the mail server."""
    rendered: list[str] = []

    def noted(name: str, context: dict[str, object]) -> str:
        rendered.append(name)
        return render_to_string(name, context)

    monkeypatch.setattr("trellis.core.mail.render_to_string", noted)
    with django_capture_on_commit_callbacks(execute=True):
        mails.MOMENTS[template](cast)
    names = rendered or [template]  # those about the account are not rendered by us
    message = [one for name, one in zip(names, mail.outbox, strict=True) if name == template][-1]
    return message.message().as_bytes(linesep="\r\n")


def parsed(raw: bytes) -> EmailMessage:
    """Read a mail; whatever is wrong with it raises an error."""
    message = email.message_from_bytes(raw, policy=STRICT)
    assert isinstance(message, EmailMessage)
    return message


def test_it_is_plain_discreet_and_leads_somewhere(sent: bytes, template: str, language: str, cast: Cast) -> None:
    message = parsed(sent)
    _is_well_formed(message, sent)
    # Where a header is folded right after its name, the space that is left belongs to nobody.
    subject = str(message["Subject"]).strip()
    text = f"{subject}\n{message.get_content()}".replace("\r\n", "\n")
    assert not re.search(r"&#?\w+;|\{[{%]|<[a-z]|\bNone\b", LINK.sub("", text)), (
        "words, and nothing of how they were made"
    )
    if template not in NAMING:
        assert FAMILY not in text
    unsaid = [*UNSAID, *(person.email or "" for person in cast.persons.values())]
    assert [words for words in unsaid if words and words in text] == []
    if template.startswith("learning/programmes/"):
        assert subject.startswith(f"{PROGRAMME}: "), "whole, whatever its letters"
    _leads_somewhere(text, template)
    _says_how_it_stops(message, text, template)


def _is_well_formed(message: EmailMessage, raw: bytes) -> None:
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert list(message.iter_attachments()) == []
    assert max(map(len, raw.split(b"\r\n"))) <= 998, "RFC 5322"
    assert b"\n" not in raw.replace(b"\r\n", b"")
    [to] = message["To"].addresses
    assert "@" in to.addr_spec
    assert not to.display_name
    assert (message["Cc"], message["Bcc"], message["Reply-To"]) == (None, None, None)
    assert [one.addr_spec for one in message["From"].addresses] == [settings.DEFAULT_FROM_EMAIL]
    assert message["Date"].datetime is not None
    assert re.fullmatch(r"<[^<>@\s]+@[^<>@\s]+>", message["Message-ID"])
    assert 3 <= len(str(message["Subject"])) <= 140


def _leads_somewhere(text: str, template: str) -> None:
    """Every link is one of this site's, and whoever is not signed in is asked to, or sees what it promised."""
    links = LINK.findall(text)
    if template == "account/email/login_code_message.txt":
        assert re.search(r"^[A-Z0-9-]{6,9}$", text, re.MULTILINE)
    elif template != "exchange/own_data/mail/done.txt":  # whose account is gone
        assert links
    for link in links:
        assert link.startswith((f"{settings.TRELLIS_URL}/", "http://testserver/")), link
        answer = Client().get(urlsplit(link).path)
        assert answer.status_code in (200, 302), link
        if answer.status_code == 302 and not template.startswith("account/"):
            assert answer.headers["Location"].startswith("/account/login/")


def _says_how_it_stops(message: EmailMessage, text: str, template: str) -> None:
    """The weekly mail is the one that nothing brings about: only it can be turned off, by the mail program too."""
    if template == WEEKLY:
        address = str(message["List-Unsubscribe"])
        assert address.strip(" <>") in LINK.findall(text)
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    else:
        assert message["List-Unsubscribe"] is None
    if not template.startswith("account/"):
        assert message["Auto-Submitted"] == "auto-generated", "no holiday note comes back"
