"""When those who come to a session are asked, and about which themes: few enough to answer in two minutes."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from trellis.assessment.models import Moment
from trellis.framework.tree import EditionTree
from trellis.learning.models import OfferingCell, Place, Session

# Asked before: in these days, and until those who were late have sat down.
BEFORE_DAYS = dt.timedelta(days=5)
SITTING_DOWN = dt.timedelta(minutes=10)
# Asked after: from the end on for so long.
AFTER_DAYS = dt.timedelta(days=14)
# Eight questions after a session, at a quarter of a minute each, are two minutes.
MOST_THEMES = 4
# What somebody wrote is read by others only when so many wrote.
LEAST_REMARKS = 5


def span_of(session: Session, moment: Moment) -> tuple[dt.datetime, dt.datetime]:
    """Return from when to when a session's people are asked on an occasion."""
    if moment == Moment.BEFORE:
        return session.starts_at - BEFORE_DAYS, session.starts_at + min(
            SITTING_DOWN, session.ends_at - session.starts_at
        )
    return session.ends_at, session.ends_at + AFTER_DAYS


def themes_asked(cells: Iterable[OfferingCell], tree: EditionTree) -> list[str]:
    """Return the codes of the themes that are asked about, in the framework's order.

    Of more than four those of which most cells are taught, the first in the framework among equals.
    """
    codes = {theme.uid: theme.code for theme in tree.themes}
    order = {code: place for place, code in enumerate(tree.theme_by_code)}
    taught = Counter(codes[cell.theme_uid] for cell in cells if cell.place == Place.TEACHES and cell.theme_uid in codes)
    most = sorted(taught, key=lambda code: (-taught[code], order[code]))[:MOST_THEMES]
    return sorted(most, key=order.__getitem__)
