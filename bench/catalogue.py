"""A catalogue of any size: offerings over all cells of the framework, with sessions ahead and seats taken."""

import datetime as dt
import random
import uuid

from trellis.core import clock
from trellis.framework.tree import EditionTree
from trellis.learning.models import (
    Format,
    Offering,
    OfferingCell,
    OfferingStatus,
    Place,
    Session,
    SignUp,
    SignUpStatus,
)
from trellis.people.models import Person, Unit, UnitKind

# As catalogues are: most offerings teach two or three steps, and every other one has dates.
_CELLS, _DATES, _SEATS, _TAKEN = (1, 2, 2, 3, 3, 4), (0, 0, 1, 1, 2, 4), (12, 20, 25, 40), 3


def plant_catalogue(tree: EditionTree, offerings: int) -> None:
    """Store that many listed offerings of all units, each with its cells and sessions; the same ones every time."""
    rng = random.Random(offerings)
    units = list(Unit.objects.exclude(kind__in=(UnitKind.WORKSITE, UnitKind.COMMITTEE)).order_by("pk"))
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True)[:2000])
    cells = [(theme, cell) for theme in tree.themes for cell in theme.cells]
    formats, now = [form.value for form in Format], clock.now()
    made, taught, sessions, sign_ups = [], [], [], []
    for number in range(offerings):
        offering = Offering(
            uid=uuid.UUID(int=rng.getrandbits(128), version=4),
            unit=rng.choice(units),
            title=f"Offering {number}",
            description="What it is about, in a sentence or two.",
            format=rng.choice(formats),
            minutes=rng.choice((60, 90, 240, 480)),
            language="es" if rng.random() < 0.15 else "en",
            status=OfferingStatus.LISTED,
        )
        made.append(offering)
        for place, (theme, cell) in enumerate(rng.sample(cells, rng.choice(_CELLS))):
            needs_first = place > 0 and rng.random() < 0.1
            taught.append(
                OfferingCell(
                    offering=offering,
                    place=Place.NEEDS if needs_first else Place.TEACHES,
                    theme_uid=theme.uid,
                    theme_code=theme.code,
                    cell_uid=cell.uid,
                    cell_code=cell.code,
                    level=cell.level,
                )
            )
        for _ in range(rng.choice(_DATES)):
            starts = now + dt.timedelta(days=rng.randrange(1, 200), hours=rng.randrange(10))
            session = Session(
                offering=offering,
                unit=offering.unit,
                starts_at=starts,
                ends_at=starts + dt.timedelta(minutes=offering.minutes),
                zone="America/Denver",
                seats=rng.choice(_SEATS),
                attendance_key=f"{rng.getrandbits(64):016x}",
            )
            sessions.append(session)
            taken = rng.sample(people, min(len(people), rng.randrange(_TAKEN * 2)))
            sign_ups += [SignUp(session=session, person_id=person, status=SignUpStatus.SEAT) for person in taken]
    Offering.objects.bulk_create(made, batch_size=500)
    OfferingCell.objects.bulk_create(taught, batch_size=1000)
    Session.objects.bulk_create(sessions, batch_size=1000)
    SignUp.objects.bulk_create(sign_ups, batch_size=1000)
