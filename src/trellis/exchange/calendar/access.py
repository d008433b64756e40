"""Whose feeds a viewer sees, and what the holder of an address may fetch: no more than its owner may see today."""

from django.db.models import QuerySet

from trellis.core.sealing import digest
from trellis.exchange.models import CalendarFeed
from trellis.people.access import visible_units
from trellis.people.models import Person, Unit


def own_feeds(viewer: Person) -> QuerySet[CalendarFeed]:
    """Return the viewer's own feeds."""
    return CalendarFeed.objects.filter(person=viewer)


def offered_units(viewer: Person) -> QuerySet[Unit]:
    """Return the units whose sessions the viewer may subscribe to: those that they see, from the top down."""
    return visible_units(viewer).distinct().order_by("tree_id", "lft")


def feed_behind(token: str) -> CalendarFeed | None:
    """Return the feed whose address this is, while its owner is active and may see what it shows; else None."""
    feed = CalendarFeed.objects.filter(digest=digest(token)).select_related("person", "unit").first()
    if feed is None or not feed.person.is_active:
        return None
    if feed.unit is not None and not visible_units(feed.person).filter(pk=feed.unit.pk).exists():
        return None
    return feed
