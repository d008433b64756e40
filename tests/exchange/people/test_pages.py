"""The pages of a list: it goes in, questions are answered, the plan is seen, and only then it is stored."""

import datetime as dt
import os
import subprocess
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.exchange.people.rosters import ANA, BEN, CLEO, HEADER, content, uploaded, with_
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.core.registry import daily_jobs
from trellis.exchange.models import ColumnChoice, ImportState, PeopleImport
from trellis.exchange.people import work
from trellis.exchange.people.actions import forget_old_imports
from trellis.exchange.people.plan import stage_of
from trellis.framework import uploads
from trellis.people.actions import end_term
from trellis.people.models import Membership, Person, Term

pytestmark = pytest.mark.usefixtures("framework")
IMPORT = "/members/import/"


@pytest.fixture
def staff(cast: Cast) -> Client:
    """The staff of Alder, signed in."""
    client = Client()
    client.force_login(cast.persons["state_staff"])
    return client


def send(client: Client, cast: Cast, *rows: tuple[str, ...], unit: str = "Alder", **more: str) -> str:
    data = {"file": SimpleUploadedFile("list.csv", content(rows)), "unit": str(cast.unit(unit).uid), **more}
    return client.post(IMPORT, data, follow=True).content.decode()


def address() -> str:
    return f"{IMPORT}{PeopleImport.objects.latest('created_at').uid}/"


def run(client: Client, **more: str) -> str:
    page = client.get(address()).content.decode()
    seen = page.partition('name="run" value="')[2].partition('"')[0]
    return client.post(address(), {"run": seen, **more}, follow=True).content.decode()


def members() -> set[str | None]:
    found = Person.objects.filter(member_number__isnull=False)
    return set(found.values_list("member_number", flat=True))


def test_a_list_goes_in_and_is_stored_only_when_that_is_said(staff: Client, cast: Cast) -> None:
    page = send(staff, cast, ANA, BEN)
    assert "list.csv, for Alder. Nothing is stored yet." in page
    assert "Member ID: “Member ID”" in page
    assert members() == set()
    assert "The list is stored" in run(staff)
    assert members() == {"101", "102"}
    found = PeopleImport.objects.get()
    assert found.made_by == cast.state_staff
    assert (uploads.path_of(found.kept), stage_of(found).exists()) == (None, False)
    assert "The list is stored" in run(staff)  # a second press changes nothing
    assert "list.csv</a>, Alder" in staff.get(IMPORT).content.decode()


def test_nothing_of_a_person_stands_in_addresses_logs_or_the_trail(
    staff: Client, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    # Not a number that may stand in a random identifier.
    send(staff, cast, with_(ANA, member_id="Q-101"), with_(BEN, worksite="Harbour"))
    run(staff)
    said = caplog.text + str(list(AuditEntry.objects.values_list("detail", "target")))
    assert not any(word in said for word in ("Ana", "Rivera", "ana@", "Q-101", "Okafor"))
    assert not any(word in str(PeopleImport.objects.values()) for word in ("Rivera", "ana@", "Okafor"))


def test_only_units_that_one_keeps_can_be_named(staff: Client, cast: Cast) -> None:
    page = staff.get(IMPORT).content.decode()
    assert "Riverside" in page
    assert "Tamarack" not in page
    assert "Lincoln" not in page  # a worksite has no list of its own
    send(staff, cast, ANA, unit="Tamarack")
    assert not PeopleImport.objects.exists()


def test_who_no_longer_keeps_the_unit_finds_nothing(staff: Client, cast: Cast) -> None:
    send(staff, cast, ANA)
    Term.objects.filter(person=cast.state_staff).update(starts=dt.date(2020, 1, 1))
    end_term(Term.objects.get(person=cast.state_staff), last_day=clock.today() - dt.timedelta(days=1), by=None)
    assert staff.get(address()).status_code == 404
    assert staff.post(address(), {"run": "x"}).status_code == 404
    assert members() == set()


def test_what_cannot_be_read_is_told_and_gone(staff: Client, cast: Cast) -> None:
    data = {
        "file": SimpleUploadedFile("list.csv", b"Member ID,Worksite\n1,Lincoln\n"),
        "unit": str(cast.unit("Alder").uid),
    }
    page = staff.post(IMPORT, data, follow=True).content.decode()
    assert "list.csv, row 1: no column holds the names of people." in page
    found = PeopleImport.objects.get()
    assert (found.state, uploads.path_of(found.kept), stage_of(found).exists()) == (ImportState.FAILED, None, False)


def test_places_that_nobody_knows_are_asked_about_once(staff: Client, cast: Cast) -> None:
    page = send(staff, cast, ANA, with_(BEN, worksite="Harbour"))
    assert "1 place that we do not know" in page
    page = staff.get(f"{address()}places/").content.decode()
    uid = cast.unit("Harbor").uid
    assert f'<option value="{uid}" selected>Harbor</option>' in page
    page = staff.post(f"{address()}places/", {"place-0": str(uid)}, follow=True).content.decode()
    assert "Every place is known now." in page
    run(staff)
    assert Membership.objects.get(person__member_number="102").unit == cast.unit("Harbor")
    assert "places that we do not know" not in send(staff, cast, ANA, with_(BEN, worksite="Harbour"))


def test_somebody_who_may_be_here_already_is_shown_beside_them(staff: Client, cast: Cast) -> None:
    Person.objects.filter(pk=cast.own.pk).update(given_name="Anna", family_name="Rivera")
    assert "1 person who may be here already" in send(staff, cast, ANA)
    page = staff.get(f"{address()}people/").content.decode()
    assert "The same as Anna Rivera, Lincoln" in page
    staff.post(f"{address()}people/", {"row-2": str(cast.own.pk)})
    run(staff)
    assert Person.objects.get(member_number="101").pk == cast.own.pk


def test_columns_can_be_said_and_are_remembered(staff: Client, cast: Cast) -> None:
    header = ("Key", "Who", "Where", "Section", "N")
    rows = [("101", "Rivera, Ana", "Lincoln", "Riverside", "x")]
    data: dict[str, Any] = {"unit": str(cast.unit("Alder").uid)}

    def upload() -> str:
        data["file"] = SimpleUploadedFile("list.csv", content(rows, header))
        return staff.post(IMPORT, data, follow=True).content.decode()

    assert "no column holds the names of people" in upload()
    header = ("Key", "Full name", "Where", "Section", "N")
    upload()
    page = staff.get(f"{address()}columns/").content.decode()
    assert "Rivera, Ana" in page
    wrong = {"column-0": "number", "column-1": "number"}
    answer = staff.post(f"{address()}columns/", wrong)
    assert answer.status_code == 422
    assert "two columns cannot both be “Member ID”" in answer.content.decode()
    said = {"column-0": "number", "column-1": "name", "column-2": "worksite", "column-3": "local", "column-4": ""}
    staff.post(f"{address()}columns/", said)
    run(staff)
    assert Membership.objects.get(person__member_number="101").unit == cast.unit("Lincoln")
    assert ColumnChoice.objects.get().columns == {"number": 0, "name": 1, "worksite": 2, "local": 3}
    assert "The list says nothing new" in upload()


def test_dates_and_states_are_answered_on_the_plan(staff: Client, cast: Cast) -> None:
    page = send(staff, cast, with_(ANA, member_since="3/5/2019", status="Blue"), with_(BEN, status="Grey"))
    assert "Dates such as 3/5/2019" in page
    assert 'name="run"' not in page
    staff.post(address(), {"answer": "1", "order": "dmy", "state-0": "here", "state-1": "gone"})
    run(staff)
    assert members() == {"101"}
    assert Membership.objects.get(person__member_number="101").since == dt.date(2019, 5, 3)


def test_rows_that_are_left_out_can_be_downloaded(staff: Client, cast: Cast) -> None:
    page = send(staff, cast, ANA, with_(BEN, email="nowhere", job="=HYPERLINK(A1)"))
    assert "Row 3, “E-mail”: this is not an e-mail address." in page
    answer = staff.get(f"{address()}refused.csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "row 3, column D (E-mail): this is not an e-mail address." in text
    assert "'=HYPERLINK(A1)" in text, "no spreadsheet program takes it for a formula"
    assert "Rivera" not in text
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Rivera" not in answer.headers["Content-Disposition"]


def test_a_whole_list_that_would_send_many_away_asks_twice(staff: Client, cast: Cast) -> None:
    send(staff, cast, *(with_(ANA, member_id=str(1000 + n), email="", last_name=f"N{n}") for n in range(30)))
    run(staff)
    page = send(staff, cast, CLEO, is_whole="on")
    assert "30 people would leave. Is the list really whole?" in page
    assert "Say first that these people have really left." in run(staff)
    assert PeopleImport.objects.latest("created_at").state == ImportState.PLANNED
    assert "The list is stored" in run(staff, sure="on")
    here = Membership.objects.active(clock.today()).filter(person__member_number__isnull=False)
    assert set(here.values_list("person__member_number", flat=True)) <= {"103"}


def test_giving_up_leaves_nothing(staff: Client, cast: Cast) -> None:
    send(staff, cast, ANA)
    found = PeopleImport.objects.get()
    assert (
        "Nothing was stored, and the file is deleted."
        in staff.post(address(), {"cancel": "1"}, follow=True).content.decode()
    )
    assert (uploads.path_of(found.kept), stage_of(found).exists(), members()) == (None, False, set())


def test_the_plan_that_was_seen_is_what_is_stored(staff: Client, cast: Cast) -> None:
    send(staff, cast, ANA, BEN)
    staff.get(address())
    Person.objects.filter(pk=cast.own.pk).update(member_number="101")
    assert "Something has changed since you looked." in run(staff)
    assert members() == {"101"}
    assert "not the plan that you saw" in staff.post(address(), {"run": "another"}, follow=True).content.decode()


def test_a_large_list_is_worked_on_by_a_process_of_its_own(
    staff: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_: begun.append(command))
    monkeypatch.setattr("trellis.exchange.people.work.getattr", lambda *_: bool, raising=False)
    monkeypatch.setattr(work, "SMALL", 10)
    page = send(staff, cast, ANA)
    found = PeopleImport.objects.get()
    assert begun[0][1:] == ["-m", "trellis.project", "work_on_import", str(found.uid)]
    assert 'hx-trigger="every 2s"' in page
    assert 'http-equiv="refresh"' in page
    fragment = staff.get(address(), headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith("<section")
    monkeypatch.undo()
    PeopleImport.objects.update(beat_at=clock.now() - dt.timedelta(minutes=2))
    assert "It seems to have stopped" in staff.get(address()).content.decode()
    call_command("work_on_import", str(found.uid))
    assert "See what came of it" in staff.get(address(), headers={"HX-Request": "true"}).content.decode()
    assert "Store it" in staff.get(address()).content.decode()


def test_an_answer_about_a_large_list_is_worked_on_by_a_process_too(
    staff: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(staff, cast, with_(ANA, worksite="Harbour"))
    begun: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_: begun.append(command))
    monkeypatch.setattr("trellis.exchange.people.work.getattr", lambda *_: bool, raising=False)
    monkeypatch.setattr(work, "SMALL", 10)
    staff.post(f"{address()}places/", {"place-0": "out"})
    assert begun
    assert PeopleImport.objects.get().state == ImportState.READING
    monkeypatch.undo()
    call_command("work_on_import", str(PeopleImport.objects.get().uid))
    assert PeopleImport.objects.get().counts["refused"] == 1


def test_what_nobody_confirms_is_gone_after_a_day(staff: Client, cast: Cast) -> None:
    found = uploaded(cast, [ANA])
    path = uploads.path_of(found.kept)
    assert path is not None
    PeopleImport.objects.update(created_at=clock.now() - dt.timedelta(days=2))
    for job in daily_jobs:
        if job.key == "member-lists":
            job.run(clock.today())
    assert PeopleImport.objects.get().state == ImportState.CANCELLED
    assert not stage_of(found).exists()
    assert not os.path.exists(path)


def test_that_there_was_a_list_is_forgotten_after_two_years(staff: Client, cast: Cast) -> None:
    send(staff, cast, ANA)
    run(staff)
    PeopleImport.objects.update(ended_at=clock.now() - dt.timedelta(days=729))
    forget_old_imports()
    assert PeopleImport.objects.exists()
    PeopleImport.objects.update(ended_at=clock.now() - dt.timedelta(days=731))
    forget_old_imports()
    assert not PeopleImport.objects.exists()
    assert members() == {"101"}


def test_a_plan_costs_few_queries_whatever_the_list(
    staff: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    send(staff, cast, *(with_(ANA, member_id=str(n), email="", worksite=f"Place {n}") for n in range(60)))
    for page in ("", "places/", "people/"):
        with django_assert_max_num_queries(15):
            assert staff.get(f"{address()}{page}").status_code == 200
    with django_assert_max_num_queries(15):
        assert staff.get(IMPORT).status_code == 200


def test_a_file_that_is_announced_as_too_large_is_not_read(staff: Client, cast: Cast) -> None:
    answer = staff.generic("POST", IMPORT, b"", CONTENT_LENGTH=str(600 * 1024 * 1024))
    assert answer.status_code == 413
    assert HEADER
