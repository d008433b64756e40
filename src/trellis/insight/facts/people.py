"""The members of a wave: where each belongs on its day, and which groups they are in; worked out for many at a time."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from django.db.models import Case, F, Value, When
from numpy.typing import NDArray

from trellis.insight import attributes as known
from trellis.insight.attributes import Attribute
from trellis.insight.facts import layout
from trellis.insight.facts.keys import Keyed
from trellis.insight.facts.manifest import WaveFacts
from trellis.insight.facts.reading import Days, Reader, day_or, numbers, whole
from trellis.insight.facts.tree import Tree
from trellis.people.models import Membership, OwnGroup, Person, Term

Ints = NDArray[np.int64]
Columns = dict[str, Ints]

EPOCH = dt.date(1970, 1, 1)
# The groups by years of membership begin anew after 3 and after 10 years, in days.
_YEARS = (1096, 3653)
_GIVEN = frozenset({known.LANGUAGE, known.OFFICE, known.YEARS})
# Marks compare the database with the facts by blocks of this many persons.
BLOCK = 4096
_AT_ONCE = 64 * BLOCK


@dataclass(frozen=True, slots=True)
class Span:
    """Persons with keys from `first` up to `end`."""

    first: int
    end: int

    @property
    def ids(self) -> Ints:
        """Every key that there may be."""
        return np.arange(self.first, self.end)


def spans(blocks: Sequence[int]) -> Iterator[Span]:
    """Yield the persons of these blocks in runs of neighbours, none longer than memory allows."""
    begun: Span | None = None
    for block in sorted(blocks):
        first, end = block * BLOCK, (block + 1) * BLOCK
        if begun is not None and begun.end == first and end - begun.first <= _AT_ONCE:
            begun = Span(begun.first, end)
            continue
        if begun is not None:
            yield begun
        begun = Span(first, end)
    if begun is not None:
        yield begun


def members(
    reader: Reader, span: Span, wave: WaveFacts, *, tree: Tree, keyed: Keyed, attributes: Sequence[Attribute]
) -> pa.Table:
    """Return the members of a wave among these persons, with a column `state` before those of the facts.

    A member is an active person who belonged to a unit within the wave, up to its day. They are where their home is on
    that day, as `people.queries.home_unit` says; who had left by then, where they were last. Four queries.
    """
    held, persons = _memberships(reader, span), _persons(reader, span)
    day, begun = (wave.on - EPOCH).days, (wave.opens_on - EPOCH).days
    joined = _first_of_each(held, held["since"])
    within = _only(held, (held["since"] <= day) & (held["until"] >= begun) & np.isin(held["person"], persons["person"]))
    gone = within["until"] < day
    nearness = tree.nearness[tree.rows(within["unit"])]
    left_last = np.where(gone, -within["until"], 0)
    homes = _first_of_each(within, gone, left_last, nearness, within["since"], within["membership"])
    rows, person = tree.rows(homes["unit"]), homes["person"]
    about = {
        known.LANGUAGE: 2 - _looked_up(persons["person"], persons["english"], person),
        known.OFFICE: np.where(np.isin(person, _in_office(reader, span, day)), 1, 2),
        known.YEARS: 1
        + np.searchsorted(_YEARS, day - _looked_up(joined["person"], joined["since"], person), side="right"),
    } | _own_groups(reader, span, person, [one for one in attributes if one.code not in _GIVEN])
    columns: dict[str, Ints] = {
        "state": tree.state[rows],
        "person": keyed.persons(person),
        "local": tree.local[rows],
        "worksite": tree.worksite[rows],
        "home": homes["unit"],
        **{one.code: about[one.code] for one in attributes},
    }
    return pa.table(columns).cast(with_state([one.code for one in attributes]))


def with_state(attributes: Sequence[str]) -> pa.Schema:
    """Return the columns of members with their state, which on disk is in the path."""
    return pa.schema([pa.field("state", pa.int32(), nullable=False), *layout.members_schema(attributes)])


def _arrays(reader: Reader, rows: Any, *names: str) -> Columns:
    table = whole(reader, rows, numbers(*names))
    return {name: table[name].to_numpy() for name in names}


def _memberships(reader: Reader, span: Span) -> Columns:
    rows = Membership.objects.filter(person__gte=span.first, person__lt=span.end)
    return _arrays(
        reader,
        rows.values_list("person_id", "unit_id", Days(F("since")), day_or("until", layout.NEVER), "pk"),
        *("person", "unit", "since", "until", "membership"),
    )


def _persons(reader: Reader, span: Span) -> Columns:
    rows = Person.objects.filter(is_active=True, pk__gte=span.first, pk__lt=span.end).order_by("pk")
    english = Case(When(language__startswith="en", then=Value(1)), default=Value(0))
    return _arrays(reader, rows.values_list("pk", english), "person", "english")


def _in_office(reader: Reader, span: Span, day: int) -> Ints:
    """Return who of these holds a term on that day."""
    rows = Term.objects.filter(person__gte=span.first, person__lt=span.end)
    found = _arrays(
        reader,
        rows.values_list("person_id", Days(F("starts")), day_or("ends", layout.NEVER)),
        *("person", "starts", "ends"),
    )
    return found["person"][(found["starts"] <= day) & (found["ends"] >= day)]


def _own_groups(reader: Reader, span: Span, person: Ints, attributes: Sequence[Attribute]) -> Columns:
    """Return for each of these attributes the group that each of these persons counts themselves in, 0 for none."""
    found = {}
    for attribute in attributes:
        number = Case(
            *(When(group=group.code, then=Value(place)) for place, group in enumerate(attribute.groups, 1)),
            default=Value(layout.NOT_SAID),
        )
        rows = OwnGroup.objects.filter(attribute=attribute.code, person__gte=span.first, person__lt=span.end)
        said = _arrays(reader, rows.order_by("person_id").values_list("person_id", number), "person", "group")
        found[attribute.code] = _looked_up(said["person"], said["group"], person)
    return found


def _only(columns: Columns, rows: NDArray[np.bool_]) -> Columns:
    return {name: values[rows] for name, values in columns.items()}


def _first_of_each(columns: Columns, *by: NDArray[Any]) -> Columns:
    """Return each person's first row in the order of these keys, by person."""
    order = np.lexsort((*reversed(by), columns["person"]))
    person = columns["person"][order]
    first = np.flatnonzero(np.diff(person, prepend=person[:1] - 1) != 0) if len(person) else order
    return {name: values[order[first]] for name, values in columns.items()}


def _looked_up(keys: Ints, values: Ints, wanted: Ints) -> Ints:
    """Return the value of each wanted key; keys are sorted. A key that is missing has 0."""
    if not len(keys):
        return np.zeros(len(wanted), np.int64)
    places = np.searchsorted(keys, wanted).clip(max=len(keys) - 1)
    return np.where(keys[places] == wanted, values[places], 0)
