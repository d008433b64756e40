"""The unit's page, the list of units, and the task of who promised a step."""

import datetime as dt
import re

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.assessment.readiness_meetings import agreed, attributes, closed, opened
from tests.cast import Cast
from trellis.assessment.models import Readiness, ReadinessMeeting
from trellis.assessment.readiness_queries import owed_by
from trellis.core import clock
from trellis.framework.actions import retire_edition
from trellis.framework.models import Edition
from trellis.people.models import Membership

TODAY = clock.today()
SOON, PAST = TODAY + dt.timedelta(days=11), TODAY - dt.timedelta(days=3)


def text(page: HttpResponse) -> str:
    return " ".join(page.content.decode().split())


def date(days: int) -> dt.datetime:
    return clock.now() - dt.timedelta(days=days)


@pytest.fixture
def met(cast: Cast) -> ReadinessMeeting:
    """Riverside met half a year ago and today: one attribute moved, one is overdue, one is in place."""
    nodes = attributes().attributes
    earlier = closed(cast, 1)
    for node, status in zip(nodes[:3], ("not-started", "under-way", "in-place"), strict=True):
        agreed(cast, earlier, node, status)
    Readiness.objects.update(agreed_at=date(180))
    meeting = closed(cast, 1)
    agreed(cast, meeting, nodes[0], "under-way", owner=cast.own, due_on=SOON)
    agreed(cast, meeting, nodes[5], "not-started", owner=cast.colleague, due_on=SOON, proof="")
    agreed(cast, meeting, nodes[2], "in-place", proof="It is signed.")
    Readiness.objects.filter(attribute_id=nodes[5].id).update(due_on=PAST)
    return meeting


def page_of(cast: Cast, client: Client, name: str = "own", unit: str = "Riverside") -> HttpResponse:
    client.force_login(cast.viewer(name))
    return client.get(f"/readiness/{cast.unit(unit).uid}/")


def test_every_member_reads_what_the_unit_agreed(cast: Cast, met: ReadinessMeeting, client: Client) -> None:
    page = text(page_of(cast, client))
    assert re.findall(r"<dt>([\w ]+)</dt><dd>(\d+)", page) == [
        ("In place", "1"), ("Under way", "2"), ("Not started", "1"), ("Not agreed yet", "32"),
    ]  # fmt: skip
    assert "It is signed." in page
    assert "1 step is overdue" in page
    assert "Open a meeting" not in page
    assert met.code not in page


def test_what_to_do_next_has_first_steps_and_begins_with_the_overdue(
    cast: Cast, met: ReadinessMeeting, client: Client
) -> None:
    page = page_of(cast, client).content.decode()
    todo = page[page.index('id="todo"') : page.index('id="lines"')]
    nodes = attributes().attributes
    assert re.findall(r'href="#(SCB[\d.]+)"', todo) == [nodes[5].code, nodes[0].code, nodes[1].code]
    assert nodes[5].first_step in todo.replace("&#x27;", "'")
    assert "Colleague Cast" in todo
    assert "overdue" in todo


def test_history_says_what_was_and_what_is_now(cast: Cast, met: ReadinessMeeting, client: Client) -> None:
    page = text(page_of(cast, client))
    moved = page[page.index('id="moved"') : page.index('id="days"')]
    assert re.findall(r'href="#(SCB[\d.]+)"', moved) == [attributes().attributes[0].code]
    assert re.search(r"\w+ \d{4}: Not started\. Now: Under way\.", moved)
    days = page[page.index('id="days"') :]
    assert re.search(r'<th scope="row">All</th><td class="num">1</td><td class="num">1</td>', days)
    assert page.count("<summary>History</summary>") == 2


def test_who_runs_it_opens_a_meeting_or_goes_on_with_the_open_one(
    cast: Cast, met: ReadinessMeeting, client: Client
) -> None:
    page = text(page_of(cast, client, "president"))
    assert f"/readiness/{cast.unit('Riverside').uid}/open/" in page
    assert f"/readiness/meeting/{met.uid}/" in page
    going = opened(cast)
    page = text(page_of(cast, client, "president"))
    assert f"/readiness/meeting/{going.uid}/" in page
    assert "/open/" not in page


def test_a_unit_that_never_met_is_told_how_to_begin(cast: Cast, client: Client) -> None:
    assert "Open a meeting when your team is in one room" in text(page_of(cast, client, "president"))
    assert "Your leaders open a meeting for this" in text(page_of(cast, client, "own"))


def test_the_list_shows_own_units_and_where_they_stand(cast: Cast, met: ReadinessMeeting, client: Client) -> None:
    client.force_login(cast.own)
    page = text(client.get("/readiness/"))
    assert "1 in place · 2 under way · 1 not started · 32 not agreed yet" in page
    assert "Millbrook" not in page
    assert "Lincoln" not in page  # a worksite that never met, for who cannot meet with it
    client.force_login(cast.president)
    assert "Lincoln" in text(client.get("/readiness/"))


def test_who_belongs_to_no_unit_is_told_so(cast: Cast, client: Client) -> None:
    client.force_login(cast.gone)
    assert "No unit yet" in text(client.get("/readiness/"))


def test_without_attributes_nothing_breaks(cast: Cast, client: Client) -> None:
    retire_edition(Edition.objects.get(framework__code="bargaining-attributes"), by=None)
    assert "There are no attributes yet" in text(page_of(cast, client, "president"))
    assert "There are no attributes yet" in text(client.get("/readiness/"))
    address = f"/readiness/{cast.unit('Riverside').uid}/"
    assert client.post(f"{address}open/").headers["Location"] == address


def test_who_promised_a_step_finds_it_at_home(cast: Cast, met: ReadinessMeeting, client: Client) -> None:
    client.force_login(cast.own)
    node = attributes().attributes[0]
    assert f"You said you would move “{node.short}” forward by" in text(client.get("/"))
    client.force_login(cast.colleague)
    assert re.search(r"“[\w ]+” was due by", text(client.get("/")))
    client.force_login(cast.private)
    assert "task-readiness" not in text(client.get("/"))


def test_a_promise_ends_when_it_is_in_place_or_somebody_elses(cast: Cast, met: ReadinessMeeting) -> None:
    nodes = attributes().attributes
    assert [row.attribute_id for row in owed_by(cast.own)] == [nodes[0].id]
    agreed(cast, met, nodes[0], "in-place", owner=cast.own, due_on=SOON)
    assert not owed_by(cast.own)
    agreed(cast, met, nodes[5], "under-way", owner=cast.own, due_on=SOON)
    assert [row.attribute_id for row in owed_by(cast.own)] == [nodes[5].id]
    assert not owed_by(cast.colleague)


def test_who_leaves_the_unit_owes_it_nothing(cast: Cast, met: ReadinessMeeting) -> None:
    assert owed_by(cast.own)
    Membership.objects.filter(person=cast.own).update(until=TODAY - dt.timedelta(days=1))
    assert not owed_by(cast.own)


@pytest.mark.parametrize("address", ["/readiness/", "/readiness/{uid}/", "/"])
def test_the_pages_ask_the_database_little(
    cast: Cast,
    met: ReadinessMeeting,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
) -> None:
    client.force_login(cast.president)
    client.get("/")
    with django_assert_max_num_queries(15):
        client.get(address.format(uid=cast.unit("Riverside").uid))
