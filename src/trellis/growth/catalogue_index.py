"""The catalogue as the rule of "for you" reads it: kept in each process, and read again when anything has changed."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Value

from trellis.core import clock
from trellis.growth.for_you import Cell, Date, Entry, Place, Want
from trellis.learning.models import Offering, OfferingCell, OfferingStatus, Session, SessionStatus
from trellis.learning.models import Place as CellPlace

# Two changes that end in the wrong order could look like none; after so long it is read again in any case.
_KEPT = dt.timedelta(minutes=10)

Stamp = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class CatalogueIndex:
    """The listed offerings by uid, and those that teach each cell."""

    entries: dict[uuid.UUID, Entry]
    teaching: dict[Cell, tuple[Entry, ...]]
    read_at: dt.datetime

    def teaching_any(self, wants: Iterable[Want]) -> list[Entry]:
        """Return the offerings that teach one of the wanted steps, each once."""
        found = {
            entry.key: entry for want in wants for entry in self.teaching.get((want.theme.uid.int, want.level), ())
        }
        return list(found.values())


_known: dict[str, tuple[Stamp, CatalogueIndex]] = {}


def catalogue_index() -> CatalogueIndex:
    """Return the index of today's catalogue; one query, and four more when it has changed."""
    stamp = tuple(_stamp(Offering).union(_stamp(Session)))
    cached = _known.get("catalogue")
    if cached is None or cached[0] != stamp or clock.now() - cached[1].read_at > _KEPT:
        cached = _known["catalogue"] = stamp, _read()
    return cached[1]


def _stamp(model: type[Offering | Session]) -> Any:
    """How many there are and when the last was changed, as a query of one row that says whose it is."""
    rows = model._default_manager.order_by().annotate(of=Value(model._meta.model_name)).values("of")
    return rows.annotate(many=Count("pk"), last=Max("changed_at")).values_list("of", "many", "last")


def _read() -> CatalogueIndex:
    now = clock.now()
    listed = Offering.objects.filter(status=OfferingStatus.LISTED)
    cells: dict[tuple[int, str], list[Cell]] = defaultdict(list)
    of_listed = OfferingCell.objects.filter(offering__in=listed).order_by("offering", "theme_code", "level")
    for key, place, theme, level in of_listed.values_list("offering_id", "place", "theme_uid", "level"):
        cells[key, place].append((theme.int, level))
    dates: dict[int, list[Date]] = defaultdict(list)
    coming = Session.objects.filter(offering__in=listed, status=SessionStatus.PLANNED, starts_at__gt=now)
    for session, key, starts_at, seats, zone in coming.order_by("starts_at", "pk").values_list(
        "pk", "offering_id", "starts_at", "seats", "zone"
    ):
        dates[key].append(Date(session, starts_at, seats, zone))
    entries: dict[uuid.UUID, Entry] = {}
    own = listed.order_by("pk").values_list("pk", "uid", "title", "format", "cost", "language")
    places = listed.values_list("pk", "unit__tree_id", "unit__lft", "unit__rgt", "unit__kind", "unit__name")
    place_of = {key: Place(tree, left, right, kind, name) for key, tree, left, right, kind, name in places}
    for key, uid, title, form, cost, language in own:
        entries[uid] = Entry(
            key,
            uid,
            title,
            form,
            is_free=not cost,
            language=language,
            place=place_of[key],
            teaches=tuple(cells[key, CellPlace.TEACHES]),
            needs=tuple(cells[key, CellPlace.NEEDS]),
            dates=tuple(dates[key]),
        )
    teaching: dict[Cell, list[Entry]] = defaultdict(list)
    for entry in entries.values():
        for cell in entry.teaches:
            teaching[cell].append(entry)
    return CatalogueIndex(entries, {cell: tuple(found) for cell, found in teaching.items()}, now)
