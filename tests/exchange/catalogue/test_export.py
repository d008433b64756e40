"""The catalogue as files: what each viewer sees of it, harmless, and the same when it is read in again."""

import io
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import Cast
from tests.core.sheets.test_neutral import PAYLOADS, is_live
from tests.exchange.catalogue.sheets_made import fates, plan_of, reasons
from tests.exchange.tables.files import read, stored
from tests.learning import offerings
from trellis.exchange.catalogue.actions import run_plan
from trellis.exchange.catalogue.plan import Plan
from trellis.exchange.tables.mapping import clean
from trellis.learning.actions import cancel_session, retire_offering, sign_up
from trellis.people.models import Look

pytestmark = pytest.mark.usefixtures("framework")


def fetch(cast: Cast, who: str, what: str, ending: str = "csv", query: str = "") -> bytes:
    client = Client()
    client.force_login(cast.persons[who])
    answer = client.get(reverse("catalogue_files:export", kwargs={"what": what, "ending": ending}) + query)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]


def columns(content: bytes, folder: Path, *names: str) -> list[tuple[str, ...]]:
    rows = [list(map(clean, row.cells)) for row in read(stored(folder, content))[0]]
    places = [rows[0].index(name) for name in names]
    return [tuple(row[place] if place < len(row) else "" for place in places) for row in rows[1:]]


@pytest.fixture
def catalogue(cast: Cast) -> Cast:
    """A catalogue with something of every kind in it."""
    first = offerings.offering(
        cast, key="T-1", description="=1+1", provider="-Us; =A1", access_notes="'quoted", language="es",
        teaches=("ORG.5.L1", "ADV.1.L2"), needs=("SFH.1.L1",), cost="12.50", format="online",
    )  # fmt: skip
    offerings.offering(cast, listed=False, title="A draft")
    gone = offerings.offering(cast, title="Long ago")
    theirs = offerings.offering(cast, "Millbrook", title="Theirs")
    for days, more in ((7, {"key": "A", "seats": 3, "link": "https://meet.example.org/a"}), (8, {"place": "+Hall"})):
        offerings.session(cast, of=first, days=days, **more)
    cancel_session(offerings.session(cast, of=first, days=9), by=None)
    offerings.session(cast, "Millbrook", of=theirs, link="https://meet.example.org/b")
    retire_offering(gone, by=None)
    return cast


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("what", ["offerings", "sessions"])
def test_what_is_written_is_read_in_again_and_changes_nothing(
    what: str, language: str, ending: str, catalogue: Cast, tmp_path: Path
) -> None:
    staff = catalogue.persons["state_staff"]
    staff.language = language
    staff.save(update_fields=["language"])
    content = fetch(catalogue, "state_staff", what, ending)
    plan = plan_of(stored(tmp_path, content), catalogue, unit="Alder", name=f"all.{ending}")
    assert reasons(plan) == []
    assert fates(plan) == {"same": (4, 0) if what == "offerings" else (2, 4)}


def test_a_change_in_the_file_and_only_that_is_a_change_in_the_plan(catalogue: Cast, tmp_path: Path) -> None:
    content = fetch(catalogue, "president", "offerings", query="?mine=1").decode("utf-8-sig")
    assert content.count("90 min") == 3
    plan: Plan = plan_of(stored(tmp_path, content.replace("90 min", "2 h", 1)), catalogue)
    assert fates(plan) == {"changed": (1, 0), "same": (2, 0)}
    run_plan(plan, by=catalogue.president)
    assert fates(plan_of(stored(tmp_path, content.replace("90 min", "2 h", 1)), catalogue)) == {"same": (3, 0)}


def test_everybody_sees_what_is_listed_and_drafts_only_who_arranges(catalogue: Cast, tmp_path: Path) -> None:
    seen = columns(fetch(catalogue, "own", "offerings"), tmp_path, "Title", "Unit")
    assert seen == [("Listening first", "Riverside"), ("Long ago", "Riverside"), ("Theirs", "Millbrook")]
    mine = columns(fetch(catalogue, "sibling_president", "offerings", query="?mine=1"), tmp_path, "Title")
    assert mine == [("Theirs",)]
    drafts = columns(fetch(catalogue, "president", "offerings"), tmp_path, "Title")
    assert ("A draft",) in drafts


def test_where_it_meets_online_is_only_for_who_has_a_seat_or_runs_it(catalogue: Cast, tmp_path: Path) -> None:
    def links(who: str) -> list[str]:
        return [link for (link,) in columns(fetch(catalogue, who, "sessions"), tmp_path, "Online link") if link]

    assert links("own") == []
    session = catalogue.unit("Riverside").sessions.get(key="A")
    sign_up(session, person=catalogue.own, by=catalogue.own)
    assert links("own") == ["https://meet.example.org/a"]
    assert links("president") == ["https://meet.example.org/a"]
    assert links("sibling_president") == ["https://meet.example.org/b"]


@pytest.mark.parametrize("case", PAYLOADS)
def test_no_payload_is_live_in_any_export(case: str, cast: Cast) -> None:
    payload = PAYLOADS[case]
    found = offerings.offering(cast, title=f"{payload} ", description=payload, provider=payload, access_notes=payload)
    session = offerings.session(cast, of=found, place=payload, note=payload)
    sign_up(session, person=cast.own, by=cast.own, needs=payload)
    cast.persons["own"].family_name = payload
    cast.persons["own"].save(update_fields=["family_name"])
    client = Client()
    client.force_login(cast.persons["president"])
    addresses = [
        reverse("catalogue_files:export", kwargs={"what": what, "ending": "xlsx"}) for what in ("offerings", "sessions")
    ]
    addresses.append(reverse("catalogue_files:people", kwargs={"uid": session.uid, "ending": "xlsx"}) + "?needs=1")
    for address in addresses:
        content = b"".join(client.get(address).streaming_content)  # type: ignore[arg-type]
        cells = [cell for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert [cell.value for cell in cells if isinstance(cell.value, str) and is_live(cell.value)] == []


def test_the_list_of_people_holds_needs_only_when_asked_and_then_they_know(cast: Cast, tmp_path: Path) -> None:
    session = offerings.session(cast, leads=(cast.colleague,))
    sign_up(session, person=cast.own, by=cast.own, needs="Large print", children=2)
    sign_up(session, person=cast.coached, by=cast.coached)

    def people(who: str, query: str = "") -> str:
        client = Client()
        client.force_login(cast.persons[who])
        address = reverse("catalogue_files:people", kwargs={"uid": session.uid, "ending": "csv"})
        answer = client.get(address + query)
        assert "Own" not in answer.headers["Content-Disposition"]
        return b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]

    assert "Large print" not in people("president")
    assert not Look.objects.exists()
    assert '"Cast","Own","seat","Large print",2,""' in people("president", "?needs=1")
    assert list(Look.objects.values_list("person__given_name", "by__given_name", "what")) == [
        ("Own", "President", "sign-ups")
    ]
    assert '"Cast","Coached","seat",""' in people("colleague")


def test_the_example_can_be_brought_in_as_it_is(cast: Cast, tmp_path: Path) -> None:
    client = Client()
    client.force_login(cast.persons["president"])
    for ending in ("csv", "xlsx"):
        answer = client.get(reverse("catalogue_files:example", kwargs={"ending": ending}))
        plan = plan_of(stored(tmp_path, b"".join(answer.streaming_content)), cast)  # type: ignore[arg-type]
        assert reasons(plan) == []
        assert fates(plan) == {"new": (2, 3)}


@pytest.mark.parametrize("what", ["offerings", "sessions"])
def test_a_catalogue_of_any_size_takes_the_same_number_of_queries(catalogue: Cast, what: str) -> None:
    with CaptureQueriesContext(connection) as few:
        fetch(catalogue, "president", what)
    for number in range(12):
        offerings.session(catalogue, of=offerings.offering(catalogue, title=f"Another {number}"))
    with CaptureQueriesContext(connection) as many:
        fetch(catalogue, "president", what)
    assert len(many) == len(few)
