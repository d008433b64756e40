"""The dashboard of a national association, from its release, beside the floor page on the same server."""

import datetime as dt
from collections.abc import Callable

from django.conf import settings

from bench.client import request
from bench.figures import measured
from bench.load import Target, Turns, in_turns, warm
from bench.pages import FLOOR
from bench.signing import session_of
from bench.site import Server, Site
from bench.tables import Goal
from bench.weight import html, queries
from trellis.assessment.actions import instrument_for
from trellis.assessment.instruments import SHORT_SELF
from trellis.assessment.models import Rating, Response
from trellis.core import clock
from trellis.framework.queries import edition_tree, main_edition
from trellis.people.models import Membership, Person, Role, Term, Unit, UnitKind

DASHBOARD = "dashboard, from a release"
_MOST, _QUERIES = 1.5, 15
_SECONDS = 0.4


def measure(repetitions: int, say: Callable[[str], None]) -> list[Goal]:
    """Return the goals of the dashboard; the release is stored already."""
    nation = Unit.objects.get(kind=UnitKind.NATIONAL)
    states = Unit.objects.filter(kind=UnitKind.STATE, depth=nation.depth + 1, lft__gt=nation.lft, rgt__lt=nation.rgt)
    if not states.exists():
        raise SystemExit("no state lies directly inside the nation, so that its dashboard would be empty")
    viewer = _steward(nation)
    session, path = session_of(viewer), f"/insight/unit/{nation.uid}/"
    floor = f"/floor/grid/{_answered(viewer).pk}/"
    with Server(Site(settings.TRELLIS_DATA)) as server:
        targets = [
            Target(name, server, lambda client, turn, way=way: request(way, session=session), FLOOR)
            for name, way in ((FLOOR, floor), (DASHBOARD, path))
        ]
        turns = Turns()
        warm(targets, turns)
        bursts = in_turns(targets, turns, repetitions=repetitions, clients=1, seconds=_SECONDS)
        size = html(server.port, path, session)
    count = queries(path, session)
    page, beside = (measured(bursts[name], bursts[FLOOR]) for name in (DASHBOARD, FLOOR))
    say(
        f"\n== The dashboard ==\nnational, {states.count()} states: p50"
        f" {page.p50:.1f} ms, floor page {beside.p50:.1f} ms; {count} queries, {size.raw / 1000:.0f} KB of HTML,"
        f" {size.packed / 1000:.0f} KB compressed"
    )
    return [
        Goal(f"{DASHBOARD} / {FLOOR}", _MOST, page.ratio50, cpu=page.ratio_cpu),
        Goal("dashboard: queries", _QUERIES, count, "", 0),
    ]


def _steward(nation: Unit) -> Person:
    """Store somebody who may see the whole association."""
    found = Person.objects.create(email="steward@example.org", given_name="A", family_name="Steward")
    since = clock.today() - dt.timedelta(days=30)
    Membership.objects.create(person=found, unit=nation, since=since)
    role = Role.objects.filter(keeps_framework=True).order_by("pk")[0]
    Term.objects.create(person=found, role=role, unit=nation, starts=since)
    return found


def _answered(person: Person) -> Response:
    """Store a whole self-assessment, for the floor page to show."""
    edition = main_edition()
    if edition is None:
        raise LookupError("the framework comes first")
    instrument = instrument_for(edition, SHORT_SELF, by=None)
    at = clock.now()
    found = Response.objects.create(instrument=instrument, subject=person, rater=person, wave=1, finished_at=at)
    themes = edition_tree(edition).themes
    Rating.objects.bulk_create(
        Rating(response=found, theme_id=theme.id, value=place % 7, answered_at=at) for place, theme in enumerate(themes)
    )
    return found
