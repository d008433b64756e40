"""A page of the feed, as JSON Feed 1.1 has it: https://www.jsonfeed.org/version/1.1/

It names nobody: not who comes, not who leads, and not where a session meets online.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trellis.framework.queries import main_tree
from trellis.framework.tree import EditionTree
from trellis.learning.models import OfferingCell, Place, Session
from trellis.learning.queries import cells_of
from trellis.learning.taught import steps
from trellis.learning.when import day_of, hours_of, there
from trellis.people.models import Unit
from trellis.people.queries import association_name

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"
ABOUT = "https://www.jsonfeed.org/version/1.1/#extensions-a-name-extensions-a"


def page_of_feed(sessions: Iterable[Session], unit: Unit | None, *, own_url: str, next_url: str) -> dict[str, Any]:
    """Return a page of the feed in the language of today's reader; sessions come with `offering` and `unit`.

    `next_url` is empty on the last page.
    """
    shown = list(sessions)
    cells, tree = cells_of([session.offering for session in shown]), main_tree()
    name = unit.name if unit else association_name() or "Trellis"
    found = {
        "version": VERSION,
        "title": _("Sessions of %(name)s") % {"name": name},
        "description": _("What is coming, for everybody to see. To take part, sign in."),
        "home_page_url": _whole(reverse("learning:catalogue")),
        "feed_url": own_url,
        "language": get_language() or settings.LANGUAGE_CODE,
        "items": [_item(session, cells.get(session.offering_id, ()), tree) for session in shown],
    }
    return {**found, "next_url": next_url} if next_url else found


def _item(session: Session, cells: Iterable[OfferingCell], tree: EditionTree | None) -> dict[str, Any]:
    offering, address = session.offering, _whole(reverse("learning:session", kwargs={"uid": session.uid}))
    title = _("Cancelled: %(title)s") % {"title": offering.title} if session.is_cancelled else offering.title
    place = _place(session)
    return {
        "id": address,
        "url": address,
        "title": title,
        "summary": ", ".join(filter(None, (day_of(session), hours_of(session), place))),
        "content_text": "\n\n".join(_said(session, place)),
        "date_modified": _moment(max(session.changed_at, offering.changed_at)),
        "authors": [{"name": session.unit.name}],
        "language": offering.language,
        "tags": list(dict.fromkeys(step.theme for step in steps(tree, cells, Place.TEACHES))),
        "_trellis": {
            "about": ABOUT,
            "starts_at": there(session.starts_at, session.zone).isoformat(timespec="seconds"),
            "ends_at": there(session.ends_at, session.zone).isoformat(timespec="seconds"),
            "zone": session.zone,
            "place": session.place,
            "meets_online": bool(session.link),
            "status": session.status,
            "format": offering.format,
            "cost": f"{offering.cost:.2f}",
        },
    }


def _place(session: Session) -> str:
    return session.place or (_("online") if session.link else "")


def _said(session: Session, place: str) -> Iterator[str]:
    """Yield paragraphs; a feed has one text or more for each item, so that there is always one."""
    yield "\n".join(filter(None, (day_of(session), hours_of(session), place)))
    if session.offering.description:
        yield session.offering.description
    if session.offering.access_notes:
        yield session.offering.access_notes


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _whole(path: str) -> str:
    return urljoin(settings.TRELLIS_URL, path)
