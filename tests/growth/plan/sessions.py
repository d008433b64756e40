"""Offerings and sessions for the tests of plans: made by hand, as the catalogue would hold them."""

import datetime as dt
from typing import Any

from tests.cast import Cast
from trellis.core import clock
from trellis.framework.tree import CellNode, ThemeNode
from trellis.learning.models import Offering, OfferingCell, OfferingStatus, Session

DAY = dt.timedelta(days=1)


def offering(cast: Cast, theme: ThemeNode, cell: CellNode, *, title: str = "Listening first", **more: Any) -> Offering:
    """An offering of Riverside in the catalogue that teaches one cell."""
    found = Offering.objects.create(
        unit=cast.unit("Riverside"), title=title, minutes=90, **{"status": OfferingStatus.LISTED} | more
    )
    OfferingCell.objects.create(
        offering=found, theme_uid=theme.uid, theme_code=theme.code, cell_uid=cell.uid, cell_code=cell.code,
        level=cell.level,
    )  # fmt: skip
    return found


def session(of: Offering, *, days: int = 20, **more: Any) -> Session:
    """A session of it, so many days from now, at seven in the evening in Denver."""
    starts = clock.now().replace(hour=1, minute=0, second=0, microsecond=0) + (days + 1) * DAY
    return Session.objects.create(
        offering=of, unit=of.unit, starts_at=starts, ends_at=starts + dt.timedelta(minutes=of.minutes),
        zone="America/Denver", place="Union hall", **more,
    )  # fmt: skip
