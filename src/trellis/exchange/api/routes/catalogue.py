"""The catalogue and its sessions, as every member sees them; where a session meets online is not in them."""

import datetime as dt
import uuid
from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from trellis.core.viewer import viewer_of
from trellis.exchange.api.pages import Listed, Place, paged
from trellis.learning.access import listed_offerings, visible_sessions
from trellis.learning.models import Offering, OfferingStatus, Session
from trellis.learning.models import Place as CellPlace
from trellis.learning.models.session import SessionQuerySet
from trellis.people.models import Person, Unit, within

router = Router(tags=["Catalog"])
Code = Annotated[str, Field(max_length=20, pattern=r"^[A-Za-z0-9.\-]*$", description="A cell's code, such as ORG.5.L2")]


class UnitOut(Schema):
    """A unit that arranges something."""

    uid: uuid.UUID
    name: str


class OfferingOut(Schema):
    """Something to learn from; cost is in dollars for a member."""

    uid: uuid.UUID
    title: str
    description: str
    unit: UnitOut
    provider: str
    format: str
    minutes: int
    language: str
    cost: str
    access_notes: str
    teaches: list[str]
    needs: list[str]
    changed_at: dt.datetime


class SessionOut(Schema):
    """One dated session; `free_seats` is null where there are as many as come."""

    uid: uuid.UUID
    offering: uuid.UUID
    title: str
    unit: UnitOut
    starts_at: dt.datetime
    ends_at: dt.datetime
    zone: str
    place: str
    meets_online: bool
    note: str
    status: str
    seats: int | None
    free_seats: int | None
    sign_up_until: dt.datetime
    changed_at: dt.datetime


class Asked(Schema):
    """Which sessions are asked for."""

    since: dt.date | None = None
    until: dt.date | None = None
    unit: uuid.UUID | None = None


@router.get("/offerings", response=Listed[OfferingOut], operation_id="offerings", summary="List the catalog")
def offerings(
    request: HttpRequest, response: HttpResponse, at: Query[Place], teaches: Code = ""
) -> Listed[OfferingOut]:
    """Return what is in the catalog, by title; all of it, or what teaches a cell."""
    found = listed_offerings(viewer_of(request, Person)).select_related("unit").prefetch_related("cells")
    if teaches:
        found = found.filter(cells__cell_code=teaches, cells__place=CellPlace.TEACHES).distinct()
    return paged(request, response, found.order_by("title", "pk"), _offering, at=at)


@router.get("/offerings/{uid}", response=OfferingOut, operation_id="offering", summary="Read one offering")
def offering(request: HttpRequest, uid: uuid.UUID) -> OfferingOut:
    """Return something that is in the catalog."""
    rows = listed_offerings(viewer_of(request, Person)).select_related("unit").prefetch_related("cells")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404("There is no such offering.")
    return _offering(found)


@router.get("/sessions", response=Listed[SessionOut], operation_id="sessions", summary="List sessions")
def sessions(request: HttpRequest, response: HttpResponse, at: Query[Place], asked: Query[Asked]) -> Listed[SessionOut]:
    """Return sessions by their start: those that come, or those from one day to another; of a unit and all inside."""
    found = _sessions(request)
    if asked.since is None and asked.until is None:
        found = found.coming()
    found = found.filter(starts_at__date__gte=asked.since) if asked.since else found
    found = found.filter(starts_at__date__lte=asked.until) if asked.until else found
    if asked.unit is not None:
        found = found.filter(within(Unit.objects.filter(uid=asked.unit), "unit__"))
    return paged(request, response, found.order_by("starts_at", "pk"), _session, at=at)


@router.get("/sessions/{uid}", response=SessionOut, operation_id="session", summary="Read one session")
def session(request: HttpRequest, uid: uuid.UUID) -> SessionOut:
    """Return a session, also one that is over or cancelled."""
    found = _sessions(request).filter(uid=uid).first()
    if found is None:
        raise Http404("There is no such session.")
    return _session(found)


def _sessions(request: HttpRequest) -> SessionQuerySet:
    found = visible_sessions(viewer_of(request, Person)).exclude(offering__status=OfferingStatus.DRAFT)
    return found.with_counts().select_related("offering", "unit")


def _offering(found: Offering) -> OfferingOut:
    cells = {place: [cell.cell_code for cell in found.cells.all() if cell.place == place] for place in CellPlace}
    return OfferingOut(
        uid=found.uid,
        title=found.title,
        description=found.description,
        unit=UnitOut(uid=found.unit.uid, name=found.unit.name),
        provider=found.provider,
        format=found.format,
        minutes=found.minutes,
        language=found.language,
        cost=f"{found.cost:.2f}",
        access_notes=found.access_notes,
        teaches=cells[CellPlace.TEACHES],
        needs=cells[CellPlace.NEEDS],
        changed_at=found.changed_at,
    )


def _session(found: Session) -> SessionOut:
    taken: int = getattr(found, "taken", 0)
    return SessionOut(
        uid=found.uid,
        offering=found.offering.uid,
        title=found.offering.title,
        unit=UnitOut(uid=found.unit.uid, name=found.unit.name),
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        zone=found.zone,
        place=found.place,
        meets_online=bool(found.link),
        note=found.note,
        status=found.status,
        seats=found.seats,
        free_seats=None if found.seats is None else max(0, found.seats - taken),
        sign_up_until=found.closes_at,
        changed_at=found.changed_at,
    )
