"""A 360 on its way through the real actions: a list of names, sent and opened, and the mails that went out."""

import datetime as dt
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.core import mail
from django.core.mail import EmailMessage

from tests.assessment.three_sixty.circle import answered_circle
from trellis.assessment.inviting import open_three_sixty
from trellis.assessment.links import link_of, new_token
from trellis.assessment.models import Invitation, ThreeSixty
from trellis.assessment.nominating import name_address, send_to_coach, start_three_sixty
from trellis.core import clock, sealing
from trellis.framework.queries import main_edition
from trellis.people.models import Person

PEERS = tuple(f"peer{number}@example.net" for number in range(6))


def started(
    person: Person, coach: Person | None = None, *, domains: Sequence[str] = ("COM",), days: int = 21
) -> ThreeSixty:
    """A 360 that is being chosen, about one small domain unless it says otherwise."""
    edition = main_edition()
    assert edition is not None
    last_day = clock.today() + dt.timedelta(days=days)
    return start_three_sixty(edition, domains=domains, last_day=last_day, coach=coach, by=person)


def named(three_sixty: ThreeSixty, by: Person, emails: Sequence[str] = PEERS, relation: str = "peer") -> ThreeSixty:
    """Put these addresses on the list."""
    for email in emails:
        name_address(three_sixty, name=email.partition("@")[0], email=email, relation=relation, language="en", by=by)
    return three_sixty


def with_coach(person: Person, coach: Person) -> ThreeSixty:
    """A list that waits for the coach."""
    three_sixty = named(started(person, coach), person)
    send_to_coach(three_sixty, by=person)
    return three_sixty


def opened(person: Person, coach: Person) -> ThreeSixty:
    """A 360 that is open; the mails go out when the test lets the transaction's callbacks run."""
    three_sixty = with_coach(person, coach)
    open_three_sixty(three_sixty, confirmed=(), by=coach)
    return ThreeSixty.objects.get(pk=three_sixty.pk)


def link_into(three_sixty: ThreeSixty) -> str:
    """A link of the first rater, as it stands in the address."""
    token = new_token()
    rater = three_sixty.raters.order_by("pk")[0]
    Invitation.objects.create(rater=rater, digest=sealing.digest(token), sent_on=clock.today())
    return link_of(three_sixty, token)


def released(person: Person, coach: Person | None = None, *, shared: bool = False) -> ThreeSixty:
    """A 360 that six peers have answered, closed."""
    circle = answered_circle(person, [("peer", 6)])
    ThreeSixty.objects.filter(pk=circle.three_sixty.pk).update(coach=coach, shared_with_coach=shared)
    circle.close()
    return ThreeSixty.objects.get(pk=circle.three_sixty.pk)


def mail_to(email: str) -> EmailMessage:
    """The newest mail to an address."""
    return [message for message in mail.outbox if message.to == [email]][-1]


def links_in(text: str) -> list[str]:
    """The addresses in a mail, without the site: first where to answer, then where to say no."""
    return [urlsplit(link).path for link in re.findall(r"https?://\S+", text)]


def link_to(email: str) -> str:
    """Where somebody answers, by their newest mail."""
    return links_in(str(mail_to(email).body))[0]
