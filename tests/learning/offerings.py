"""Offerings and sessions for tests: a few words make one that is listed, or one that begins in a week."""

import datetime as dt
from dataclasses import replace
from typing import Any

from tests.cast import Cast
from trellis.core import clock
from trellis.framework.queries import main_tree
from trellis.learning.actions import (
    OfferingContent,
    SessionContent,
    cell_refs,
    list_offering,
    plan_session,
    save_offering,
)
from trellis.learning.models import Offering, Session
from trellis.people.models import Person

CONTENT = OfferingContent(title="Listening first", minutes=90, description="One-to-ones that people remember.")


def content(teaches: tuple[str, ...] = ("ORG.5.L1",), needs: tuple[str, ...] = (), **more: Any) -> OfferingContent:
    """Return what is said about an offering, with cells by their codes."""
    tree = main_tree()
    assert tree is not None
    return replace(CONTENT, teaches=cell_refs(tree, teaches), needs=cell_refs(tree, needs), **more)


def offering(cast: Cast, unit: str = "Riverside", *, listed: bool = True, **more: Any) -> Offering:
    """Store an offering of a unit."""
    found = save_offering(content(**more), unit=cast.unit(unit), by=None)
    return list_offering(found, by=None) if listed else found


def moments(days: float = 7, hours: float = 2, **more: Any) -> SessionContent:
    """Return a session's content: so many days from now, so many hours long, in Denver's time."""
    starts = clock.now().replace(microsecond=0) + dt.timedelta(days=days)
    return SessionContent(starts_at=starts, ends_at=starts + dt.timedelta(hours=hours), zone="America/Denver", **more)


def between(starts: dt.datetime, ends: dt.datetime, **more: Any) -> SessionContent:
    """Return a session's content between two moments, in Denver's time."""
    return SessionContent(starts_at=starts, ends_at=ends, zone="America/Denver", **more)


def session(
    cast: Cast, unit: str = "Riverside", *, of: Offering | None = None, leads: tuple[Person, ...] = (), **more: Any
) -> Session:
    """Plan a session of an offering."""
    return plan_session(of or offering(cast, unit), moments(**more), unit=cast.unit(unit), by=None, leads=leads)
