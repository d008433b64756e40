"""The fictional association's catalogue: sixty offerings, sessions that were and that come, and who signed up."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from trellis.core import audit, clock
from trellis.framework.queries import main_tree
from trellis.framework.tree import EditionTree
from trellis.learning.models import (
    Audience,
    MarkedBy,
    Offering,
    OfferingCell,
    OfferingMaterial,
    OfferingStatus,
    Place,
    Session,
    SessionLead,
    SignUp,
    SignUpStatus,
)
from trellis.learning.offering_actions import cell_refs
from trellis.learning.zones import moment
from trellis.people.actions import grant_term
from trellis.people.demo.cast import CAST
from trellis.people.demo.units import minted
from trellis.people.models import Person, Role, Unit, UnitKind
from trellis.people.queries import people_of

_FOLDER = Path(__file__).parent / "data" / "demo"
_FILES = ("national", "alder", "tamarack", "juniper")
_ZONES = {
    "Alder Education Association": "America/Denver",
    "Tamarack Educators United": "America/Chicago",
    "Juniper State Education Association": "America/Los_Angeles",
}
_TOP_ZONE = "America/New_York"
_EVENING, _WEEKEND = dt.timedelta(hours=3.5), (5, 6)
_NEEDS_SHARE, _CHILDREN_SHARE, _CAME_SHARE, _CODE_SHARE = 0.12, 0.2, 0.86, 0.7


@dataclass(slots=True)
class _Drawn:
    """All rows, none of them stored yet."""

    offerings: list[Offering] = field(default_factory=list)
    cells: list[OfferingCell] = field(default_factory=list)
    materials: list[OfferingMaterial] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    leads: list[SessionLead] = field(default_factory=list)
    sign_ups: list[SignUp] = field(default_factory=list)

    def store(self) -> None:
        """Write all, a statement or two for each kind."""
        Offering.objects.bulk_create(self.offerings)
        OfferingCell.objects.bulk_create(self.cells)
        OfferingMaterial.objects.bulk_create(self.materials)
        Session.objects.bulk_create(self.sessions)
        SessionLead.objects.bulk_create(self.leads)
        SignUp.objects.bulk_create(self.sign_ups)


def load(rng: random.Random) -> None:
    """Store the catalogue; needs the framework and the people of the association, and does nothing without them."""
    tree = main_tree()
    units = {unit.name: unit for unit in Unit.objects.exclude(kind=UnitKind.WORKSITE)}
    if tree is None or not units.keys() >= _ZONES.keys():
        return
    drawn = _Catalogue(rng, tree, units).draw()
    drawn.store()
    detail = {"offerings": len(drawn.offerings), "sessions": len(drawn.sessions), "sign_ups": len(drawn.sign_ups)}
    audit.record(by=None, action="learning.demo", target="catalogue:all", detail=detail)


class _Catalogue:
    """Draws the rows, the same ones every time, with dates around today."""

    def __init__(self, rng: random.Random, tree: EditionTree, units: dict[str, Unit]) -> None:
        self._rng, self._tree, self._units = rng, tree, units
        self._now = clock.now()
        self._pools: dict[str, list[Person]] = {}
        self._known = {one.key: Person.objects.get(email=one.email) for one in CAST}
        self._known["trainer"] = self._trainer()
        self._needs: list[str] = _read("needs")
        self._drawn = _Drawn()

    def draw(self) -> _Drawn:
        """Return all rows of all files."""
        for name in _FILES:
            for item in _read(name):
                self._offering(item)
        return self._drawn

    def _trainer(self) -> Person:
        state = self._units["Alder Education Association"]
        person = self._rng.choice(self._pool(state))
        role = Role.objects.get(code="trainer")
        grant_term(person=person, role=role, unit=state, starts=dt.date(2024, 7, 1), by=None)
        return person

    def _pool(self, unit: Unit) -> list[Person]:
        """Everybody who may come to what a unit offers, but for the cast."""
        if unit.name not in self._pools:
            cast = [one.email for one in CAST]
            self._pools[unit.name] = list(people_of(unit).exclude(email__in=cast))
        return self._pools[unit.name]

    def _offering(self, item: dict[str, Any]) -> None:
        offering = Offering(
            uid=minted(self._rng), unit=self._units[item["unit"]], key=item.get("key", ""), title=item["title"],
            description=item["description"].strip(), provider=item.get("provider", ""), format=item["format"],
            minutes=item["minutes"], language=item.get("language", "en"), access_notes=item.get("access", ""),
            cost=Decimal(item.get("cost", 0)), status=item.get("status", OfferingStatus.LISTED),
            is_public=item.get("public", False),
        )  # fmt: skip
        self._drawn.offerings.append(offering)
        for place, codes in ((Place.TEACHES, item["teaches"]), (Place.NEEDS, item.get("needs", ()))):
            refs = cell_refs(self._tree, codes)
            self._drawn.cells += (OfferingCell(offering=offering, place=place, **ref._asdict()) for ref in refs)
        for one in item.get("materials", ()):
            material = OfferingMaterial(uid=minted(self._rng), offering=offering, title=one["title"], link=one["link"])
            material.audience = one.get("audience", Audience.SEATS)
            self._drawn.materials.append(material)
        for each in item.get("sessions", ()):
            self._session(offering, each)

    def _session(self, offering: Offering, item: dict[str, Any]) -> None:
        starts, ends, zone = self._when(offering, item)
        session = Session(
            uid=minted(self._rng), offering=offering, unit=offering.unit, starts_at=starts, ends_at=ends, zone=zone,
            place=item.get("place", ""), seats=item.get("seats"), note=item.get("note", ""),
            attendance_key=f"{self._rng.getrandbits(64):016x}", changed_at=self._now - dt.timedelta(days=30),
            link="" if offering.format == "in person" else f"https://example.org/meet/{self._rng.getrandbits(32):08x}",
        )  # fmt: skip
        self._drawn.sessions.append(session)
        leads = [self._known[key] for key in item.get("leads", ())]
        self._drawn.leads += (SessionLead(session=session, person=person) for person in leads)
        self._drawn.sign_ups += self._sign_ups(session, item, leads)

    def _when(self, offering: Offering, item: dict[str, Any]) -> tuple[dt.datetime, dt.datetime, str]:
        states = (unit for name, unit in self._units.items() if name in _ZONES and _holds(unit, offering.unit))
        zone = next((_ZONES[state.name] for state in states), _TOP_ZONE)
        lasts = dt.timedelta(hours=item["hours"]) if "hours" in item else dt.timedelta(minutes=offering.minutes)
        if item.get("now"):
            # One that goes on while somebody looks, so that its code can be tried.
            starts = self._now.replace(minute=self._now.minute // 5 * 5, second=0, microsecond=0)
            return starts - dt.timedelta(minutes=20), starts + lasts, zone
        day = clock.today() + dt.timedelta(days=item["in"])
        if lasts < _EVENING and day.weekday() in _WEEKEND:
            day -= dt.timedelta(days=day.weekday() - 4)  # what is short is held after work
        starts = moment(day, dt.time.fromisoformat(item["at"]), zone)
        return starts, starts + lasts, zone

    def _sign_ups(self, session: Session, item: dict[str, Any], leads: list[Person]) -> Iterator[SignUp]:
        chosen = {self._known[key]: said for key, said in item.get("people", {}).items()}
        pool = [person for person in self._pool(session.unit) if person not in leads]
        count = item["taken"] - sum(said != "waiting" for said in chosen.values())
        people = self._rng.sample(pool, min(count + item.get("waiting", 0), len(pool)))
        seats = [person for person, said in chosen.items() if said != "waiting"] + people
        line = seats + [person for person, said in chosen.items() if said == "waiting"]
        over = session.starts_at <= self._now and not item.get("now")
        minutes = sorted(self._rng.sample(range(60, 60 * 24 * 20), len(line)), reverse=True)
        for place, (person, before) in enumerate(zip(line, minutes, strict=True)):
            full = session.seats is not None and place >= session.seats
            one = SignUp(uid=minted(self._rng), session=session, person=person)
            one.since = min(session.starts_at, self._now) - dt.timedelta(minutes=before)
            one.status = SignUpStatus.WAITING if full else SignUpStatus.SEAT
            if over:
                self._mark(one, item, chosen.get(person, ""))
            if session.ends_at > self._now - dt.timedelta(days=29):
                self._say(one, care=bool(item.get("care")))
            yield one

    def _mark(self, one: SignUp, item: dict[str, Any], said: str) -> None:
        came, how = self._rng.random() < _CAME_SHARE, self._rng.random() < _CODE_SHARE
        if one.status != SignUpStatus.SEAT or item.get("unmarked"):
            return
        one.came = came or said == "came"
        if one.came:
            one.came_at = one.session.starts_at + dt.timedelta(minutes=self._rng.randrange(-8, 12))
            one.marked_by = MarkedBy.CODE if how else MarkedBy.LIST
        else:
            one.marked_by = MarkedBy.LIST

    def _say(self, one: SignUp, *, care: bool) -> None:
        if self._rng.random() < _NEEDS_SHARE:
            one.needs = self._rng.choice(self._needs)
        if care and self._rng.random() < _CHILDREN_SHARE:
            one.children = self._rng.choice((1, 1, 2, 2, 3))


def _holds(unit: Unit, inner: Unit) -> bool:
    return bool(unit.tree_id == inner.tree_id and unit.lft <= inner.lft <= unit.rgt)


def _read(name: str) -> Any:
    return yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
