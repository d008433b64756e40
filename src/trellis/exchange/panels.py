"""What exchange registers elsewhere: the catalogue as files, sessions and plans in calendars, and sweeping uploads."""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trellis.core.registry import (
    DailyJob,
    NavigationEntry,
    Panel,
    catalogue_panels,
    daily_jobs,
    person_menu,
    plan_panels,
    session_panels,
)
from trellis.exchange.calendar.access import own_feeds
from trellis.framework import uploads
from trellis.learning.access import arranges, run_sessions
from trellis.people.models import Person


def _files(request: HttpRequest, viewer_uid: uuid.UUID) -> dict[str, Any] | None:
    """Ways to the catalogue as a file, and for who arranges to bring one in."""
    return {"arranges": arranges(request.user)} if isinstance(request.user, Person) else None


def _session(request: HttpRequest, session_uid: uuid.UUID) -> dict[str, Any] | None:
    """The session for one's calendar; for who runs it, who comes."""
    if not isinstance(request.user, Person):
        return None
    return {"uid": session_uid, "runs": run_sessions(request.user).filter(uid=session_uid).exists()}


def _plan(request: HttpRequest, person_uid: uuid.UUID) -> dict[str, Any] | None:
    """The way to one's calendars."""
    if not isinstance(request.user, Person):
        return None
    return {"has_feed": own_feeds(request.user).filter(unit=None).exists()}


def _sweep(on: dt.date) -> str:
    uploads.sweep()
    return "deleted what was uploaded and not confirmed within a day"


catalogue_panels.register(Panel("files", "exchange/catalogue_panel.html", _files, order=90))
session_panels.register(Panel("calendar", "exchange/session_panel.html", _session, order=40))
plan_panels.register(Panel("calendar", "exchange/plan_panel.html", _plan, order=30))
person_menu.register(
    NavigationEntry(
        "calendar", _("Calendar"), "share-2", "calendar:page", lambda request: request.user.is_authenticated, order=2
    )
)
daily_jobs.register(DailyJob("uploads", _sweep, order=90))
