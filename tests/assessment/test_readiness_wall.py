"""The wall of a meeting: what it shows while phones answer, what after, and what an onlooker could work out."""

import datetime as dt
import re

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.assessment.readiness_meetings import answer, attributes, closed, first, opened
from tests.cast import Cast
from trellis.assessment.models import Readiness, ReadinessMeeting
from trellis.assessment.readiness_actions import join
from trellis.core import clock

SOON = clock.today() + dt.timedelta(days=30)


@pytest.fixture
def president(cast: Cast, client: Client) -> Client:
    """The browser at the projector."""
    client.force_login(cast.president)
    return client


def text(page: HttpResponse) -> str:
    return " ".join(page.content.decode().split())


def wall(meeting: ReadinessMeeting, part: str = "") -> str:
    return f"/readiness/meeting/{meeting.uid}/{part}"


def test_opening_leads_to_the_wall_with_address_code_and_picture(cast: Cast, president: Client) -> None:
    answer_ = president.post(f"/readiness/{cast.unit('Riverside').uid}/open/")
    meeting = ReadinessMeeting.objects.get()
    assert answer_.headers["Location"] == wall(meeting)
    page = text(president.get(wall(meeting)))
    assert f"{meeting.code[:4]} {meeting.code[4:]}" in page
    assert "testserver/join" in page
    assert re.search(r'<path d="M\d+ \d+h\d+v1h-\d+z', page)
    assert "style=" not in page


def test_the_wall_counts_phones_and_says_nothing_of_answers(cast: Cast, president: Client) -> None:
    meeting = opened(cast)
    join(meeting)
    for value in (0, 1, 2):
        answer(meeting, value)
    page = text(president.get(wall(meeting)))
    assert "<b>4</b> phones have joined" in page
    assert "<b>3</b> have finished" in page
    for word in ("Not started", "Under way", "In place", "know"):
        assert word not in page


def test_the_live_piece_is_304_until_something_changes(cast: Cast, president: Client) -> None:
    meeting = opened(cast)
    fresh = president.get(wall(meeting, "live/"))
    tag = fresh.headers["ETag"]
    assert "<html" not in text(fresh)
    assert "no-cache" in fresh.headers["Cache-Control"]
    same = president.get(wall(meeting, "live/"), headers={"If-None-Match": tag})
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)
    assert president.get(wall(meeting, "live/"), headers={"If-None-Match": f"W/{tag}"}).status_code == 304
    phone = join(meeting)
    joined = president.get(wall(meeting, "live/"), headers={"If-None-Match": tag})
    assert joined.status_code == 200
    assert "<b>1</b> phone has joined" in text(joined)
    answer(meeting, {node.code: 1 for node in attributes().groups[0].attributes}, phone)
    grown = president.get(wall(meeting, "live/"), headers={"If-None-Match": joined.headers["ETag"]})
    assert grown.status_code == 200


def test_neither_the_live_piece_nor_its_tag_depends_on_what_is_answered(cast: Cast, president: Client) -> None:
    """The attack: watch page, tag, and size while one person answers one thing or another."""
    meeting = opened(cast)
    phones = [answer(meeting, 1) for _ in range(5)]
    before = president.get(wall(meeting, "live/"))
    for value in (0, 1, 2, None):
        answer(meeting, value, phones[-1])
        after = president.get(wall(meeting, "live/"))
        assert (after.content, after.headers["ETag"]) == (before.content, before.headers["ETag"])


def test_no_page_shows_a_spread_while_phones_answer(cast: Cast, president: Client) -> None:
    """The attack: six have answered, the president looks, a seventh answers, the president looks again."""
    meeting = opened(cast)
    for _ in range(6):
        answer(meeting, 1)
    shown = president.get(wall(meeting, f"{first().code}/"))
    assert (shown.status_code, shown.headers["Location"]) == (302, wall(meeting))
    assert "spread" not in text(president.get(wall(meeting)))
    assert president.post(wall(meeting, f"{first().code}/"), {"status": "in-place"}).status_code == 302
    assert not Readiness.objects.exists()


def test_closing_leads_to_where_they_differ_most(cast: Cast, president: Client) -> None:
    meeting = opened(cast)
    codes = list(attributes().attribute_by_code)
    for place in range(6):
        answer(meeting, dict.fromkeys(codes, 1) | {codes[7]: 2 * (place % 2)})
    assert president.post(wall(meeting, "close/")).headers["Location"] == wall(meeting)
    page = text(president.get(wall(meeting)))
    assert "Where we differ most" in page
    found = re.findall(r'meeting/[\w-]+/(SCB[\d.]+)/"', page)
    assert found[:2] == [codes[7], codes[7]]  # "Begin" and the first row
    in_order = re.findall(r"meeting/[\w-]+/(SCB[\d.]+)/", text(president.get(f"{wall(meeting)}?sort=list")))
    assert list(dict.fromkeys(in_order)) == codes
    assert president.get(wall(meeting, "live/")).headers["Location"] == wall(meeting)


def test_four_bars_from_five_on(cast: Cast, president: Client) -> None:
    page = text(president.get(wall(closed(cast, 0, 1, 2, 2, None), "SCB.1.1/")))
    bars = re.findall(r'<th scope="row">(.*?)</th>.*?width="([\d.]+)".*?<td class="num">(\d+)</td>', page)
    assert bars == [
        ("Not started", "20.0", "1"),
        ("Under way", "20.0", "1"),
        ("In place", "40.0", "2"),
        ("Don&#x27;t know", "20.0", "1"),
    ]


def test_fewer_than_five_are_told_to_talk_it_through(cast: Cast, president: Client) -> None:
    meeting = closed(cast, 0, 1, 2, 2)
    page = text(president.get(wall(meeting, "SCB.1.1/")))
    assert "Fewer than five have answered, so the spread stays hidden. Talk it through and agree." in page
    assert "<rect" not in page.replace('href="', "")
    assert "4 answers" not in page
    listed = text(president.get(wall(meeting)))
    assert listed.count("fewer than 5 answered") == 36


def test_hidden_answers_look_the_same_whatever_they_are(cast: Cast, president: Client) -> None:
    pages = []
    for phones in ((0, 0, 0, 0), (2, 1, None, 0), (2,)):
        meeting = closed(cast, *phones)
        for part in ("", "SCB.1.1/", "?sort=list"):
            page = text(president.get(wall(meeting, part)))
            pages.append(
                (part, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.replace(str(meeting.uid), "")))
            )
    assert len(set(pages)) == 3


def test_the_team_agrees_and_goes_on_to_the_next(cast: Cast, president: Client) -> None:
    meeting = closed(cast, *[1] * 5)
    data = {"status": "under-way", "owner": str(cast.own.uid), "due_on": SOON.isoformat(), "proof": "It hangs there."}
    answer_ = president.post(wall(meeting, "SCB.1.1/?sort=list"), data)
    assert answer_.headers["Location"] == wall(meeting, "SCB.1.2/?sort=list")
    row = Readiness.objects.get()
    assert (row.status, row.owner, row.due_on, row.proof) == ("under-way", cast.own, SOON, "It hangs there.")
    page = text(president.get(wall(meeting, "SCB.1.1/")))
    assert f'value="{cast.own.uid}" selected' in page
    assert 'value="under-way" checked' in page
    assert "1 agreed" in page
    last = attributes().attributes[-1].code
    end = president.post(wall(meeting, f"{last}/?sort=list"), {"status": "in-place"})
    assert end.headers["Location"] == f"{wall(meeting)}?sort=list"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({}, "Pick one of the three."),
        ({"status": "done"}, "Pick one of the three."),
        ({"status": "under-way", "owner": "own"}, "By when? Pick a day."),
        ({"status": "under-way", "due_on": SOON.isoformat()}, "Who? Pick somebody"),
        ({"status": "under-way", "owner": "own", "due_on": "2020-01-01"}, "Pick a day from today on"),
        ({"status": "under-way", "owner": "own", "due_on": "9999-12-31"}, "Pick a day from today on"),
        ({"status": "under-way", "owner": "own", "due_on": "soon"}, "Enter a valid date"),
        ({"status": "under-way", "owner": "neighbour", "due_on": SOON.isoformat()}, "Select a valid choice"),
        ({"status": "in-place", "proof": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    cast: Cast, president: Client, data: dict[str, str], why: str
) -> None:
    meeting = closed(cast, *[1] * 5)
    if "owner" in data:
        data = data | {"owner": str(cast.persons[data["owner"]].uid)}
    page = president.post(wall(meeting, "SCB.1.1/"), data | {"proof": data.get("proof", "Kept as typed")})
    assert page.status_code == 422
    assert why in text(page)
    assert data.get("proof", "Kept as typed") in text(page)
    assert not Readiness.objects.exists()


def test_what_was_agreed_last_time_is_shown_but_not_filled_in(cast: Cast, president: Client) -> None:
    earlier = closed(cast, *[1] * 5)
    president.post(wall(earlier, "SCB.1.1/"), {"status": "not-started"})
    page = text(president.get(wall(closed(cast, *[1] * 5), "SCB.1.1/")))
    assert re.search(r"Agreed in \w+ \d{4}: Not started", page)
    assert not re.search(r'name="status"[^>]* checked', page)


def test_an_attribute_that_is_not_there_is_not_found(cast: Cast, president: Client) -> None:
    assert president.get(wall(closed(cast, 1), "SCB.9.9/")).status_code == 404


def test_a_forgotten_meeting_can_still_be_closed_and_looked_at(cast: Cast, president: Client) -> None:
    meeting = opened(cast)
    answer(meeting, 1)
    ReadinessMeeting.objects.update(opened_at=clock.now() - dt.timedelta(days=2))
    page = text(president.get(wall(meeting)))
    assert "The 24 hours of this meeting are over" in page
    assert meeting.code[:4] not in page
    assert president.post(wall(meeting, "close/")).status_code == 302


def test_the_pages_of_the_wall_ask_the_database_little(
    cast: Cast, president: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = opened(cast)
    for value in (0, 1, 2, 2, None):
        answer(meeting, value)
    for part, most in (("", 10), ("live/", 8)):
        with django_assert_max_num_queries(most):
            president.get(wall(meeting, part))
    president.post(wall(meeting, "close/"))
    for part in ("", "SCB.1.1/"):
        with django_assert_max_num_queries(12):
            president.get(wall(meeting, part))
