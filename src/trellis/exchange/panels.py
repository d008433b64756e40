"""What exchange registers elsewhere: badges, files of editions and the catalogue, calendars, demo data."""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trellis.core.later import later
from trellis.core.registry import (
    ApiPart,
    DailyJob,
    DemoPart,
    Feed,
    HomeTask,
    MenuPart,
    NavigationEntry,
    Panel,
    api_parts,
    catalogue_end_panels,
    cohort_panels,
    daily_jobs,
    demo_parts,
    edition_panels,
    evidence_panels,
    feeds,
    home_tasks,
    people_panels,
    person_menu,
    plan_panels,
    session_panels,
    settings_panels,
    ways_to_sign_in,
)
from trellis.core.viewer import viewer_of
from trellis.exchange.api.token_actions import forget_old_tokens
from trellis.exchange.directory.actions import forget_old_tokens as forget_old_directory_tokens
from trellis.exchange.feed.document import MEDIA_TYPE
from trellis.exchange.own_data.asking import erase_due
from trellis.exchange.people.access import keeps_members
from trellis.exchange.people.actions import forget_old_imports
from trellis.exchange.person_data import register_person_data
from trellis.exchange.sign_in.access import directories_of, open_directories, own_links
from trellis.exchange.webhooks.access import keeps_webhooks
from trellis.exchange.webhooks.actions import forget_old_deliveries
from trellis.exchange.webhooks.sending import send_due
from trellis.framework import uploads
from trellis.framework.access import published_editions
from trellis.growth.credential_access import own_credentials
from trellis.growth.credential_queries import ready_evidence, ready_programmes, uncredited
from trellis.learning.access import arranges, visible_sessions
from trellis.learning.programme_queries import completed_programmes
from trellis.people.access import can_keep_framework
from trellis.people.models import Person

_shelf = later("trellis.exchange.case.shelf.shelf")


def _signed_in(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated)


def _keeps(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and can_keep_framework(request.user)


def _keeps_members(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and keeps_members(request.user)


def _keeps_webhooks(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and keeps_webhooks(request.user)


def _links(request: HttpRequest, person_uid: uuid.UUID) -> dict[str, Any] | None:
    """Through which directories the viewer signs in, and could."""
    viewer = viewer_of(request, Person)
    possible, links = list(directories_of(viewer)), {link.provider: link for link in own_links(viewer)}
    if not (possible or links):
        return None
    linked = [(each, links[str(each.uid)]) for each in possible if str(each.uid) in links]
    return {"linked": linked, "possible": [each for each in possible if str(each.uid) not in links]}


def _ready(request: HttpRequest) -> dict[str, Any] | None:
    """How many badges the viewer could ask for."""
    viewer = viewer_of(request, Person)
    ready = len(ready_evidence(viewer)) + len(ready_programmes(viewer))
    return {"ready": ready} if ready else None


def _badge_of(request: HttpRequest, evidence_uid: uuid.UUID) -> dict[str, Any] | None:
    """The badge that stands on the viewer's evidence, or the way to it."""
    viewer = viewer_of(request, Person)
    held = own_credentials(viewer).filter(evidence__uid=evidence_uid, revoked_at=None).first()
    if held is None and all(each.uid != evidence_uid for each in ready_evidence(viewer)):
        return None
    return {"held": held, "ask": reverse("badges:ask", kwargs={"uid": evidence_uid})}


def _badge_of_programme(request: HttpRequest, cohort_uid: uuid.UUID) -> dict[str, Any] | None:
    """The badge of the programme that the viewer completed in this cohort, or the way to it; one query otherwise."""
    viewer = viewer_of(request, Person)
    place = completed_programmes(viewer).filter(cohort__uid=cohort_uid).first()
    if place is None:
        return None
    programme = place.cohort.programme
    held = own_credentials(viewer).filter(programme_uid=programme.uid, revoked_at=None).first()
    if held is not None:
        return {"held": held}
    # Who completed it twice gets it for the last time, from either page.
    last = next(each for each in ready_programmes(viewer) if each.cohort.programme_id == programme.pk)
    return {"held": None, "ask": reverse("badges:ask-programme", kwargs={"uid": last.uid})}


def _files(request: HttpRequest, viewer_uid: uuid.UUID) -> dict[str, Any] | None:
    """Ways to the catalogue as a file, and for who arranges to bring one in."""
    return {"arranges": arranges(request.user)} if isinstance(request.user, Person) else None


def _edition_files(request: HttpRequest, edition_uid: uuid.UUID) -> dict[str, Any] | None:
    """Every form that an edition can be had in; nothing for a draft."""
    edition = published_editions().filter(uid=edition_uid).first()
    volume = _shelf().volume(str(edition_uid)) if edition else None
    if edition is None or volume is None:
        return None
    labels = (
        ("pdf", _("Booklet (PDF)")),
        ("docx", _("Booklet to write into (Word)")),
        ("case", _("For other competency systems (CASE)")),
        ("ctdl", _("For credential registries (CTDL-ASN)")),
        ("moodle", _("For Moodle (CSV)")),
    )
    return {
        "framework": edition.framework.code,
        "edition": edition.code,
        "files": labels,
        "case": volume.document.CFPackageURI.uri,
    }


def _session(request: HttpRequest, session_uid: uuid.UUID) -> dict[str, Any] | None:
    """The session for one's calendar, until it is over."""
    is_over = visible_sessions(viewer_of(request, Person)).over().filter(uid=session_uid).exists()
    return None if is_over else {"uid": session_uid}


def _people(request: HttpRequest, session_uid: uuid.UUID) -> dict[str, Any] | None:
    """Who comes, as a file."""
    return {"uid": session_uid}


def _plan(request: HttpRequest, person_uid: uuid.UUID) -> dict[str, Any] | None:
    """The way to one's calendars."""
    return {"person": person_uid}


def _sweep(on: dt.date) -> str:
    uploads.sweep()
    return "deleted what was uploaded and not confirmed within a day"


def _sweep_lists(on: dt.date) -> str:
    return forget_old_imports()


settings_panels.register(Panel("organization", "exchange/sign_in/settings_panel.html", _links, order=60))
ways_to_sign_in.register(
    NavigationEntry(
        "organization", _("Sign in with your organization"), "landmark", "sign_in:choose",
        lambda request: open_directories().exists(),
    )
)  # fmt: skip
person_menu.register(NavigationEntry("badges", _("My badges"), "award", "badges:wallet", _signed_in, order=5))
person_menu.register(
    NavigationEntry(
        "take-back", _("Take a badge back"), "x", "badges:take-back", _keeps, order=60, part=MenuPart.FOR_OTHERS
    )
)
person_menu.register(
    NavigationEntry(
        "members",
        _("Bring in members"),
        "users",
        "members:import",
        _keeps_members,
        order=50,
        part=MenuPart.FOR_OTHERS,
    )
)
home_tasks.register(
    HomeTask(
        key="badges",
        template="exchange/badges/home_ready.html",
        context=_ready,
        order=25,
        waits=lambda request: uncredited(viewer_of(request, Person)),
    )
)
demo_parts.register(DemoPart(key="exchange", load=later("trellis.exchange.demo.load"), order=60))
catalogue_end_panels.register(Panel("files", "exchange/catalogue_panel.html", _files, order=90))
evidence_panels.register(Panel("badge", "exchange/badges/badge_panel.html", _badge_of, order=10))
cohort_panels.register(Panel("badge", "exchange/badges/badge_panel.html", _badge_of_programme, order=5))
session_panels.register(Panel("calendar", "exchange/session_panel.html", _session, order=40))
people_panels.register(Panel("files", "exchange/people_panel.html", _people, order=10))
plan_panels.register(Panel("calendar", "exchange/plan_panel.html", _plan, order=30))
person_menu.register(NavigationEntry("calendar", _("Calendar"), "share-2", "calendar:page", _signed_in, order=2))
feeds.register(
    Feed(
        key="sessions",
        title=_("Sessions that everybody may see"),
        media_type=MEDIA_TYPE,
        url_name="feed:all",
        pages=frozenset({"home", "learning:catalogue"}),
    )
)
daily_jobs.register(DailyJob("uploads", _sweep, order=90))
daily_jobs.register(DailyJob("member-lists", _sweep_lists, order=91))
edition_panels.register(Panel("exchange", "exchange/edition_panel.html", _edition_files, order=10))
register_person_data()
for _part in (
    ApiPart("framework", "/framework", "trellis.exchange.api.routes.framework.router", order=10),
    ApiPart(
        "standing",
        "/me/standing",
        "trellis.exchange.api.routes.own.standing_router",
        "standing",
        _("Where I stand"),
        order=20,
    ),
    ApiPart(
        "plan",
        "/me/plan",
        "trellis.exchange.api.routes.own.plan_router",
        "plan",
        _("My plan: goals and steps"),
        order=30,
    ),
    ApiPart(
        "catalogue",
        "/catalog",
        "trellis.exchange.api.routes.catalogue.router",
        "catalog",
        _("The catalog and its sessions"),
        order=40,
    ),
):
    api_parts.register(_part)
daily_jobs.register(DailyJob("erasure", erase_due, order=95))
daily_jobs.register(DailyJob("webhooks", lambda on: str(send_due()), order=30))
daily_jobs.register(DailyJob("deliveries", forget_old_deliveries, order=91))
daily_jobs.register(DailyJob("tokens", forget_old_tokens, order=92))
daily_jobs.register(DailyJob("directories", forget_old_directory_tokens, order=93))
for _line in (
    NavigationEntry("own-data", _("My data"), "download", "own_data:page", _signed_in, 15, part=MenuPart.ACCOUNT),
    NavigationEntry(
        "tokens", _("Programs that read for me"), "link", "programs_access:tokens", _signed_in, 21,
        part=MenuPart.ACCOUNT,
    ),
    NavigationEntry(
        "webhooks", _("Tell other systems"), "megaphone", "programs_access:webhooks", _keeps_webhooks, 30,
        part=MenuPart.FOR_OTHERS,
    ),
    NavigationEntry(
        "directories", _("Directories"), "users", "directories:list", _keeps_members, 31, part=MenuPart.FOR_OTHERS
    ),
    NavigationEntry(
        "departed", _("People who have left"), "users", "own_data:departed", _keeps, 61, part=MenuPart.FOR_OTHERS
    ),
):  # fmt: skip
    person_menu.register(_line)
