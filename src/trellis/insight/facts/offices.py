"""What else a wave found: who held which role, and which sessions were to come. Small, and read anew every time."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce

from trellis.insight.facts import layout
from trellis.insight.facts.keys import Keyed, found_rows
from trellis.insight.facts.manifest import ThemeColumn, WaveFacts
from trellis.insight.facts.marks import midnight
from trellis.insight.facts.people import EPOCH
from trellis.insight.facts.reading import Days, Reader, day_or, numbers, whole
from trellis.insight.facts.tree import Tree
from trellis.learning.models import OfferingCell, Place, SessionStatus
from trellis.people.models import Term

_A_YEAR = 365


def terms(reader: Reader, wave: WaveFacts, tree: Tree, keyed: Keyed, groups: pa.Table) -> pa.Table:
    """Return the terms that hold on the wave's day; one query.

    `groups` are the members of the wave: whoever holds a term and is no member of it has no known group.
    """
    day = (wave.on - EPOCH).days
    rows = Term.objects.filter(starts__lte=wave.on, person__is_active=True).order_by("pk")
    found = whole(
        reader,
        rows.values_list("person_id", "role_id", "unit_id", Days(F("starts")), day_or("ends", layout.NEVER)),
        numbers("person", "role", "unit", "starts", "ends"),
    )
    found = found.filter(pa.array(found["ends"].to_numpy() >= day))
    at = tree.rows(found["unit"].to_numpy())
    person = keyed.persons(found["person"].to_numpy())
    names = [name for name in groups.schema.names if name not in {"state", *layout.members_schema([]).names}]
    columns = {name: found[name].to_numpy() for name in ("role", "unit", "starts", "ends")}
    columns |= {"person": person, "state": tree.state[at], "local": tree.local[at]}
    rows_of, there = found_rows(groups["person"].to_numpy(), person)
    for name in names:
        of_members = np.append(groups[name].to_numpy(), np.int8(layout.NOT_SAID))
        columns[name] = of_members[np.where(there, rows_of, -1)]
    schema = layout.terms_schema(names)
    return pa.table(columns).select(schema.names).cast(schema)


def supply(reader: Reader, wave: WaveFacts, tree: Tree, themes: Sequence[ThemeColumn]) -> pa.Table:
    """Return what the sessions of the year after the wave's day teach: a row for each session and cell; one query."""
    theme = Case(*(When(theme_uid=one.uid, then=Value(place)) for place, one in enumerate(themes)), default=Value(-1))
    after = midnight(wave.on + dt.timedelta(days=1))
    taught = OfferingCell.objects.filter(
        place=Place.TEACHES,
        offering__sessions__status=SessionStatus.PLANNED,
        offering__sessions__starts_at__gte=after,
        offering__sessions__starts_at__lt=after + dt.timedelta(days=_A_YEAR),
    ).order_by("offering__sessions", "pk")
    seats = Coalesce("offering__sessions__seats", Value(0))
    found = whole(
        reader,
        taught.values_list("offering__sessions__unit_id", theme, "level", seats),
        numbers("unit", "theme", "level", "seats"),
    )
    found = found.filter(pa.array(found["theme"].to_numpy() >= 0))
    at = tree.rows(found["unit"].to_numpy())
    names = np.array([one.column for one in themes])
    columns = {
        "state": tree.state[at],
        "local": tree.local[at],
        "theme": pa.array(names[found["theme"].to_numpy()].tolist(), pa.string()),
        "level": found["level"],
        "seats": found["seats"],
    }
    return pa.table(columns).cast(layout.SUPPLY_SCHEMA)
