"""Run on a site's data (python -m tests.browser.plan_offering): a session in the catalogue that teaches ORG.1.

A goal shows the six choices that come first: by the level taught, then by the date. This one teaches both levels that
can be missing and is tomorrow, so that it is among them whatever the newcomer answered and whatever else is offered.
"""

import datetime as dt

import django

django.setup()

from trellis.core.clock import now  # noqa: E402
from trellis.framework.queries import main_tree  # noqa: E402
from trellis.learning.models import Offering, OfferingCell, OfferingStatus, Session  # noqa: E402
from trellis.people.models import Unit  # noqa: E402

TITLE = "An evening on organizing"


def main() -> None:
    """Store it, once."""
    tree = main_tree()
    assert tree is not None
    theme, unit = tree.theme_by_code["ORG.1"], Unit.objects.filter(kind="local").order_by("pk")[0]
    offering, is_new = Offering.objects.get_or_create(
        unit=unit, key="browser-evening", defaults={"title": TITLE, "minutes": 90, "status": OfferingStatus.LISTED}
    )
    if not is_new:
        return
    for cell in (theme.cell(1), theme.cell(2)):
        OfferingCell.objects.create(
            offering=offering, theme_uid=theme.uid, theme_code=theme.code,
            cell_uid=cell.uid, cell_code=cell.code, level=cell.level,
        )  # fmt: skip
    starts = now() + dt.timedelta(hours=20)
    Session.objects.create(
        offering=offering, unit=unit, starts_at=starts, ends_at=starts + dt.timedelta(minutes=90),
        zone="America/Denver", place="Union hall",
    )  # fmt: skip


if __name__ == "__main__":
    main()
