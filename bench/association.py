"""Generates an association of any size around one local that is always the same: only the mass about it grows."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from bench.bulk import insert, unguarded
from trellis.assessment.instruments import SHORT_SELF
from trellis.assessment.models import Instrument, Rating, Response
from trellis.framework.queries import edition_tree
from trellis.people.models import Membership, Person, Role, Sharing, Term, Unit, UnitKind

# A local of the usual size; its parts.
_LOCAL, _WORKSITE = 210, 30
_STATES = 50
# As SQLite keeps them.
_SINCE, _LAST_YEAR, _THIS_YEAR = "2024-07-01", "2024-10-06 12:00:00", "2025-10-06 12:00:00"
# In the measured local three of four share with their leaders; far from it one of fifty has answered.
_NEAR_SHARE, _FAR_ANSWERED = 0.75, 0.02


@dataclass(frozen=True, slots=True)
class Place:
    """A unit to be planted: its key, kind, place in the nested sets and depth."""

    key: int
    kind: UnitKind
    left: int
    right: int
    depth: int


@dataclass(frozen=True, slots=True)
class Shape:
    """How many persons there are, how many of them are in the measured local, and how many to a worksite there."""

    persons: int
    near: int
    near_worksite: int = 12

    @property
    def locals(self) -> list[list[int]]:
        """Persons by worksite by local; the measured local comes last, where a scan of ranges takes longest."""
        far = self.persons - self.near
        sizes = [min(_LOCAL, far - begun) for begun in range(0, far, _LOCAL)]
        return [*(_parts(size, _WORKSITE) for size in sizes), _parts(self.near, self.near_worksite)]


def _parts(whole: int, size: int) -> list[int]:
    return [min(size, whole - begun) for begun in range(0, whole, size)]


def plant(shape: Shape) -> tuple[Person, Unit]:
    """Store the association; returns the president of the measured local, and that local.

    Needs the framework, the roles and an instrument. The same rows every time.
    """
    rng = random.Random(shape.persons)
    first = {
        model: (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1 for model in (Person, Unit, Response)
    }
    places = list(places_of(shape, first[Unit]))
    with unguarded():
        _units(places, rng)
        homes = _persons(shape, places, first[Person], rng)
        president = _terms(places, homes)
        _answers(shape, first, rng)
    near = [place for place in places if place.kind is UnitKind.LOCAL][-1]
    return Person.objects.get(pk=president), Unit.objects.get(pk=near.key)


def places_of(shape: Shape, first: int) -> Iterator[Place]:
    """Walk the tree once, numbering as nested sets do: left on the way in, right on the way out."""
    locals_ = shape.locals
    per_state = -(-len(locals_) // _STATES)
    states = [locals_[begun : begun + per_state] for begun in range(0, len(locals_), per_state)]
    key, number = first, 1
    whole = 2 * (1 + len(states) + sum(1 + len(local) for local in locals_))
    yield Place(key, UnitKind.NATIONAL, 1, whole, 1)
    for state in states:
        key, number = key + 1, number + 1
        inside = 2 * sum(1 + len(local) for local in state)
        yield Place(key, UnitKind.STATE, number, number + inside + 1, 2)
        for local in state:
            key, number = key + 1, number + 1
            yield Place(key, UnitKind.LOCAL, number, number + 2 * len(local) + 1, 3)
            for _ in local:
                key, number = key + 1, number + 1
                yield Place(key, UnitKind.WORKSITE, number, number + 1, 4)
                number += 1
            number += 1
        number += 1


def _uid(rng: random.Random) -> str:
    return f"{rng.getrandbits(128):032x}"


def _units(places: list[Place], rng: random.Random) -> None:
    tree = (Unit.objects.aggregate(last=Max("tree_id"))["last"] or 0) + 1
    insert(
        Unit,
        ("id", "uid", "kind", "name", "tree_id", "lft", "rgt", "depth"),
        (
            (
                place.key,
                _uid(rng),
                place.kind.value,
                f"{place.kind.label} {place.key}",
                tree,
                place.left,
                place.right,
                place.depth,
            )
            for place in places
        ),
    )


def _persons(shape: Shape, places: list[Place], first: int, rng: random.Random) -> dict[int, list[int]]:
    """Store persons and memberships; returns the keys of the persons of each worksite."""
    worksites = [place.key for place in places if place.kind is UnitKind.WORKSITE]
    sizes = [size for local in shape.locals for size in local]
    homes, key = {}, first
    for worksite, size in zip(worksites, sizes, strict=True):
        homes[worksite] = list(range(key, key + size))
        key += size
    near = first + shape.persons - shape.near
    choices = (Sharing.LEADERS.value, Sharing.COACH.value, Sharing.ME.value)

    def sharing(person: int) -> str:
        if person >= near:
            return choices[0] if rng.random() < _NEAR_SHARE else choices[2]
        return choices[person % 3]

    insert(
        Person,
        ("id", "uid", "email", "given_name", "family_name", "sharing"),
        (
            (
                person,
                f"{person:032x}",
                f"p{person:07}@example.org",
                f"Given{person % 997}",
                f"Family{person % 9973}",
                sharing(person),
            )
            for person in range(first, first + shape.persons)
        ),
    )
    insert(
        Membership,
        ("person_id", "unit_id", "since"),
        ((person, worksite, _SINCE) for worksite, persons in homes.items() for person in persons),
    )
    return homes


def _terms(places: list[Place], homes: dict[int, list[int]]) -> int:
    """Store a representative for each worksite and a president for each local; returns the last local's president."""
    roles = dict(Role.objects.values_list("code", "pk"))
    terms, local = [], 0
    for place in places:
        if place.kind is UnitKind.LOCAL:
            local = place.key
        elif place.kind is UnitKind.WORKSITE:
            persons = homes[place.key]
            if local:
                president = persons[0]
                terms.append((president, roles["local-president"], local))
                local = 0
            terms.append((persons[-1], roles["building-representative"], place.key))
    insert(Term, ("person_id", "role_id", "unit_id", "starts"), ((*term, _SINCE) for term in terms))
    return president


def _answers(shape: Shape, first: dict[Any, int], rng: random.Random) -> None:
    """Store two finished waves of everybody near, and one of some who are far."""
    instrument = Instrument.objects.filter(code=SHORT_SELF).select_related("edition__framework").latest("pk")
    tree = edition_tree(instrument.edition)
    order = json.dumps([domain.code for domain in tree.domains])
    themes = [theme.id for theme in tree.themes]
    begin, end = first[Person], first[Person] + shape.persons
    near = end - shape.near
    given = [(person, 1, _LAST_YEAR) for person in range(begin, near) if rng.random() < _FAR_ANSWERED]
    given += [(person, wave, at) for person in range(near, end) for wave, at in ((1, _LAST_YEAR), (2, _THIS_YEAR))]
    insert(
        Response,
        ("id", "uid", "instrument_id", "subject_id", "rater_id", "wave", "domain_order", "started_at", "finished_at"),
        (
            (key, _uid(rng), instrument.pk, person, person, wave, order, at, at)
            for key, (person, wave, at) in enumerate(given, first[Response])
        ),
    )
    insert(
        Rating,
        ("response_id", "theme_id", "value", "answered_at"),
        (
            (key, theme, int(rng.random() * 7), at)
            for key, (_, _, at) in enumerate(given, first[Response])
            for theme in themes
        ),
    )
