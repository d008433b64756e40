"""What stands in a calendar, before it is written as one: sessions, steps of a plan, check-ins."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from trellis.growth.models import Step
from trellis.learning.models import Session
from trellis.people.models import Person


class Status(StrEnum):
    """Whether it takes place for the reader, in iCalendar's own words."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a span of time in a zone, or a whole day. `revision` goes up with every change, `changed_at` too."""

    uid: str
    starts: dt.datetime | dt.date
    ends: dt.datetime | None
    title: str
    changed_at: dt.datetime
    zone: str = ""
    status: Status = Status.CONFIRMED
    revision: int = 0
    place: str = ""
    description: str = ""
    address: str = ""
    is_busy: bool = True

    def without_words(self, title: str) -> "Entry":
        """Return it with nothing that says what it is about; the way to its page stays, which asks for sign-in."""
        return replace(self, title=title, place="", description="")


def session_entry(session: Session, *, waits: bool = False) -> Entry:
    """Return a session, with its `offering`; who only waits for a seat sees it as tentative, and stays free.

    Where it meets online is not in it: a calendar is seen by more people than have a seat. Its page says it.
    """
    status = Status.TENTATIVE if waits else Status.CONFIRMED
    title = session.offering.title
    if session.is_cancelled:
        status, title = Status.CANCELLED, _("Cancelled: %(title)s") % {"title": title}
    elif waits:
        title = _("Waiting list: %(title)s") % {"title": title}
    online = _("It meets online. The link is on its page.") if session.link else ""
    return Entry(
        uid=f"session-{session.uid}",
        starts=session.starts_at,
        ends=session.ends_at,
        zone=session.zone,
        title=title,
        changed_at=session.changed_at,
        status=status,
        revision=session.revision,
        place=session.place,
        description="\n".join(filter(None, (session.note, online))),
        address=_whole(reverse("learning:session", kwargs={"uid": session.uid})),
        is_busy=status is Status.CONFIRMED,
    )


def step_entry(step: Step, day: dt.date) -> Entry:
    """Return a step of a plan, with its `goal`, on its day."""
    return Entry(
        uid=f"step-{step.uid}",
        starts=day,
        ends=None,
        title=step.text,
        changed_at=step.changed_at,
        description=step.goal.theme_name,
        address=_whole(reverse("growth:plan")),
        is_busy=False,
    )


def check_in_entry(person: Person, day: dt.date) -> Entry:
    """Return the day on which a person looks at their plan again."""
    return Entry(
        uid=f"check-in-{person.uid}-{day:%Y%m%d}",
        starts=day,
        ends=None,
        title=_("Check in on my plan"),
        changed_at=dt.datetime.combine(day, dt.time(), dt.UTC) - dt.timedelta(days=30),
        address=_whole(reverse("growth:plan")),
        is_busy=False,
    )


def plain(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries that say when, and nothing of what."""
    for entry in entries:
        if entry.status is Status.CANCELLED:
            yield entry.without_words(_("Trellis: cancelled"))
        elif entry.uid.startswith("session-"):
            yield entry.without_words(_("Trellis: session"))
        else:
            yield entry.without_words(_("Trellis: my plan"))


def _whole(path: str) -> str:
    return urljoin(settings.TRELLIS_URL, path)
