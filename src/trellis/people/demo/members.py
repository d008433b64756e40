"""Draws the invented persons and their memberships."""

import datetime as dt
import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from trellis.people.demo.cast import CAST, CastMember
from trellis.people.demo.files import read
from trellis.people.demo.units import Association, Local, minted
from trellis.people.models import Membership, Person, Sharing, Unit

# All dates are fixed and lie in the past: the association is the same on every day that somebody looks at it.
LATEST_START = dt.date(2025, 8, 25)
PER_WORKSITE = (8, 11)
_UNUSABLE_PASSWORD = "!"  # noqa: S105  (Django's own mark for "cannot sign in with a password", without its random tail)
_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "đ": "d", "'": "", " ": ""})
_SHARING = {Sharing.LEADERS: 50, Sharing.COACH: 15, Sharing.ME: 35}
_CAST_HOMES = {
    "building-representative": "Lincoln Elementary",
    "local-president": "Eastside Bus Garage",
    "new-member": "Harbor View Middle School",
    "coach": "Riverside High School",
    "state-staff": "Alder Education Association",
    "data-steward": "Common Ground Educators",
}
_CAST_SHARING = {
    "building-representative": Sharing.LEADERS,
    "local-president": Sharing.LEADERS,
    "coach": Sharing.LEADERS,
}


@dataclass(slots=True)
class Members:
    """Unsaved persons and memberships, and who belongs to which unit now."""

    persons: list[Person] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    cast: dict[str, Person] = field(default_factory=dict)
    current: dict[str, list[Person]] = field(default_factory=dict)

    def join(self, person: Person, unit: Unit, since: dt.date, until: dt.date | None = None) -> None:
        """Make a person a member of a unit."""
        self.memberships.append(Membership(person=person, unit=unit, since=since, until=until))
        if until is None:
            self.current.setdefault(unit.name, []).append(person)

    def of(self, *units: Unit) -> list[Person]:
        """Return the present members of units, in the order in which they joined."""
        return [person for unit in units for person in self.current.get(unit.name, ())]

    def store(self) -> None:
        """Write all, a statement for each kind."""
        Person.objects.bulk_create(self.persons)
        Membership.objects.bulk_create(self.memberships)


class _Names:
    """Draws names that nobody has yet."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._lines = read("names")
        self._taken = {one.email for one in CAST}

    def draw(self) -> tuple[tuple[str, str], str]:
        """Return a given and a family name, and the e-mail address made of them."""
        while True:
            line = self._rng.choice(self._lines)
            other = self._rng.choice(self._lines) if self._rng.random() < 0.12 else line
            given, family = self._rng.choice(line["given"]), self._rng.choice(other["family"])
            email = _address(given, family)
            if email not in self._taken:
                self._taken.add(email)
                return (given, family), email


def draw_members(rng: random.Random, association: Association) -> Members:
    """Return the six named persons and about six hundred others, each with a home in the association."""
    members, names, jobs = Members(), _Names(rng), read("jobs")
    for one in CAST:
        _add_cast(rng, members, one, association)
    for local in association.locals:
        for worksite in local.worksites:
            for person in _drawn(rng, names, jobs[local.jobs], rng.randint(*PER_WORKSITE)):
                members.persons.append(person)
                _settle(rng, members, person, worksite, local)
    for state in association.states:
        for person in _drawn(rng, names, jobs["staff"], 1 if members.of(state) else 2, last_year=2023):
            members.persons.append(person)
            members.join(person, state, person.created_at.date())
    return members


def _add_cast(rng: random.Random, members: Members, one: CastMember, association: Association) -> None:
    since = LATEST_START if one.key == "new-member" else dt.date(2021, 8, 16)
    person = _person(rng, (one.given_name, one.family_name), one.email, one.occupation, since)
    person.sharing = _CAST_SHARING.get(one.key, Sharing.ME)
    members.persons.append(person)
    members.cast[one.key] = person
    members.join(person, association.unit(_CAST_HOMES[one.key]), since)


def _drawn(rng: random.Random, names: _Names, jobs: list[str], count: int, last_year: int = 2025) -> Iterator[Person]:
    for _ in range(count):
        name, email = names.draw()
        person = _person(rng, name, email, rng.choice(jobs), _day(rng, 2012, last_year))
        person.sharing = rng.choices(list(_SHARING), list(_SHARING.values()))[0]
        yield person


def _person(rng: random.Random, name: tuple[str, str], email: str, job: str, since: dt.date) -> Person:
    return Person(
        uid=minted(rng),
        email=email,
        given_name=name[0],
        family_name=name[1],
        occupation=job,
        password=_UNUSABLE_PASSWORD,
        created_at=dt.datetime.combine(since, dt.time(12), dt.UTC),
    )


def _settle(rng: random.Random, members: Members, person: Person, worksite: Unit, local: Local) -> None:
    """Give a person a home; some have moved, some work in two places, and some have left."""
    since = person.created_at.date()
    elsewhere = rng.choice([unit for unit in local.worksites if unit is not worksite])
    fate = rng.random()
    if fate < 0.03:
        members.join(person, worksite, since, until=dt.date(2025, 8, 31))
        person.is_active = rng.random() < 0.5
        return
    if fate < 0.09 and since < dt.date(2024, 1, 1):
        moved = dt.date(2024, 8, 19)
        members.join(person, elsewhere, since, until=moved - dt.timedelta(days=1))
        members.join(person, worksite, moved)
        return
    members.join(person, worksite, since)
    if fate > 0.95:
        members.join(person, elsewhere, since)


def _day(rng: random.Random, first: int, last: int) -> dt.date:
    """Draw the start of work: most begin late in August."""
    return min(dt.date(rng.randint(first, last), 8, rng.randint(10, 31)), LATEST_START)


def _address(given: str, family: str) -> str:
    folded = unicodedata.normalize("NFKD", f"{given}.{family}".translate(_LETTERS)).encode("ascii", "ignore").decode()
    return f"{folded.lower()}@example.org"
