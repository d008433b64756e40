"""The pages of an import: a file goes in, questions are answered, the plan is seen, and only then it is stored."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.exchange.catalogue.sheets_made import HEADER, ROWS
from tests.exchange.tables.files import workbook
from tests.learning import offerings
from trellis.core import clock
from trellis.core.registry import daily_jobs
from trellis.core.sheets.writer import csv_pieces
from trellis.learning.models import Offering, Session
from trellis.people.actions import end_term
from trellis.people.models import Term

pytestmark = pytest.mark.usefixtures("framework")
IMPORT, PLAN = "/learn/import/", "/learn/import/plan/"


@pytest.fixture
def president(cast: Cast) -> Client:
    """The president of Riverside, signed in."""
    client = Client()
    client.force_login(cast.persons["president"])
    return client


def lines(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> bytes:
    return b"".join(csv_pieces(header, rows))


def send(
    client: Client, cast: Cast, content: bytes, name: str = "list.csv", unit: str = "Riverside", **more: str
) -> str:
    """Upload a file; returns the page that it leads to, as text."""
    data = {
        "file": SimpleUploadedFile(name, content),
        "unit": str(cast.unit(unit).uid),
        "zone": "America/Denver",
        **more,
    }
    return client.post(IMPORT, data, follow=True).content.decode()


def run(client: Client) -> str:
    page = client.get(PLAN).content.decode()
    fingerprint = page.partition('name="run" value="')[2].partition('"')[0]
    return client.post(PLAN, {"run": fingerprint}, follow=True).content.decode()


def test_a_file_goes_in_and_is_stored_only_when_that_is_said(president: Client, cast: Cast) -> None:
    page = send(president, cast, lines(*ROWS))
    assert "list.csv, for Riverside. Nothing is stored yet." in page
    assert "This stores 2 new offerings, 2 new sessions, all of it or nothing." in page
    assert not Offering.objects.exists()
    done = run(president)
    assert "Stored: 2 new offerings, 2 new sessions." in done
    assert Session.objects.count() == 2
    assert "Choose a file first." in president.get(PLAN, follow=True).content.decode(), "the file is gone with it"
    assert "The catalog says all of this already" in send(president, cast, lines(*ROWS))


def test_rows_that_are_refused_can_be_fetched_mended_and_brought_in(president: Client, cast: Cast) -> None:
    bad = (*ROWS[1][:5], "2031-02-30 18:30", *ROWS[1][6:])
    page = send(president, cast, lines(ROWS[0], bad, ROWS[2]))
    assert "1 row is left out" in page
    assert "row 3, column F (Starts)" in page
    fetched = b"".join(president.get("/learn/import/refused.csv").streaming_content)  # type: ignore[arg-type]
    assert "there is no such day as" in fetched.decode("utf-8-sig")
    run(president)
    assert Session.objects.count() == 1
    again = send(president, cast, fetched.replace(b"2031-02-30", b"2031-02-28"))
    assert "This stores 1 new session, all of it or nothing." in again


def test_a_question_must_be_answered_before_anything_can_run(president: Client, cast: Cast) -> None:
    page = send(president, cast, lines(("T-1", "Story", "1 h", "", "", "3/5/2031 6 pm", "", "", "")))
    assert "Is 3/5/2026 in March or in May?" in page
    assert 'name="run"' not in page
    answered = president.post(PLAN, {"answer": "1", "zone": "America/Denver", "order": "dmy"}, follow=True)
    assert "Is 3/5/2026" not in answered.content.decode()
    run(president)
    assert Session.objects.get().starts_at == dt.datetime(2031, 5, 4, 0, 0, tzinfo=dt.UTC)


def test_a_likely_title_is_asked_about_and_the_answer_counts(president: Client, cast: Cast) -> None:
    known = offerings.offering(cast, title="Story of self, us and now")
    page = send(president, cast, lines(("Story of self, us, now", "2 h"), header=("Title", "Length")))
    assert "one that you have, or a new one?" in page
    token = page.partition('name="same-')[2].partition('"')[0]
    answers = {"answer": "1", "zone": "UTC", f"same-{token}": str(known.uid)}
    assert "What changes" in president.post(PLAN, answers, follow=True).content.decode()
    run(president)
    assert Offering.objects.get().title == "Story of self, us, now"


def test_the_meaning_of_a_column_can_be_changed(president: Client, cast: Cast) -> None:
    page = send(president, cast, lines(("Story", "60", "Hall"), header=("Wie es heißt", "Length", "Wo")))
    assert "No column says what a row is about" in page
    answers = {"answer": "1", "zone": "UTC", "column-0-0": "title", "column-0-1": "minutes", "column-0-2": "provider"}
    twice = president.post(PLAN, answers | {"column-0-2": "title"})
    assert twice.status_code == 422
    assert "two columns cannot both be “Title”." in twice.content.decode()
    assert "1 new offering" in president.post(PLAN, answers, follow=True).content.decode()
    run(president)
    assert (Offering.objects.get().title, Offering.objects.get().provider) == ("Story", "Hall")


def test_a_heading_that_stands_twice_is_a_question(president: Client, cast: Cast) -> None:
    page = send(president, cast, lines(("A", "B", "1 h"), header=("Title", "Title", "Length")))
    assert "Two columns are called “Title”" in page
    answers = {"answer": "1", "zone": "UTC", "column-0-1": "title", "column-0-2": "minutes"}
    president.post(PLAN, answers)
    run(president)
    assert Offering.objects.get().title == "B"


def test_only_the_plan_that_was_seen_is_run(president: Client, cast: Cast) -> None:
    send(president, cast, lines(*ROWS))
    page = president.get(PLAN).content.decode()
    fingerprint = page.partition('name="run" value="')[2].partition('"')[0]
    offerings.offering(cast, key="T-1")
    after = president.post(PLAN, {"run": fingerprint}, follow=True).content.decode()
    assert "This is not the plan that you saw" in after
    assert not Session.objects.exists()


def test_whose_term_has_ended_in_between_stores_nothing(president: Client, cast: Cast) -> None:
    send(president, cast, lines(*ROWS))
    end_term(Term.objects.get(person=cast.president, ends=None), last_day=clock.today() - dt.timedelta(days=1), by=None)
    assert president.get(PLAN).status_code == 404
    assert president.get(IMPORT).status_code == 404
    assert president.post(PLAN, {"run": "x"}).status_code == 404


def test_another_person_never_comes_to_the_file(president: Client, cast: Cast) -> None:
    send(president, cast, lines(*ROWS))
    other = Client()
    other.force_login(cast.persons["sibling_president"])
    assert other.get(PLAN).status_code == 302
    assert other.get("/learn/import/refused.csv").status_code == 404


def test_a_unit_that_one_does_not_arrange_for_cannot_be_chosen(president: Client, cast: Cast) -> None:
    assert "Select a valid choice" in send(president, cast, lines(*ROWS), unit="Millbrook")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("photo.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "photo.csv: this is a PNG file, not a table."),
        ("list.xlsx", b"PK\x03\x04" + b"x" * 100, "list.xlsx: this is not an Excel file that can be read."),
        ("empty.csv", b"Title,Length\r\n", "empty.csv: there is no row below the header."),
        ("broken.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "broken.ics: "),
    ],
)
def test_a_file_that_cannot_be_read_is_told_beside_its_field_and_not_kept(
    name: str, content: bytes, said: str, president: Client, cast: Cast
) -> None:
    before = set((Path(settings.TRELLIS_DATA) / "uploads").glob("*"))
    assert said in send(president, cast, content, name)
    assert set((Path(settings.TRELLIS_DATA) / "uploads").glob("*")) == before


def test_a_file_that_is_announced_as_too_large_is_not_read(president: Client, cast: Cast) -> None:
    answer = president.post(
        IMPORT, b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(11 * 1024**2)
    )
    assert answer.status_code == 413
    assert "larger than 10 MB" in answer.content.decode()


def test_a_file_is_gone_after_a_day_and_the_daily_job_deletes_it(president: Client, cast: Cast) -> None:
    send(president, cast, lines(*ROWS))
    folder = Path(settings.TRELLIS_DATA) / "uploads"
    kept = max(folder.glob("*"), key=lambda path: path.stat().st_mtime)
    assert kept.stat().st_mode & 0o077 == 0, "nobody else on the machine reads it"
    yesterday = clock.now().timestamp() - 25 * 60 * 60
    os.utime(kept, (yesterday, yesterday))
    assert "Choose a file first." in president.get(PLAN, follow=True).content.decode()
    job = daily_jobs.get("uploads")
    assert job is not None
    job.run(clock.today())
    assert not kept.exists()


def test_an_excel_file_with_two_sheets_shows_both_in_one_plan(president: Client, cast: Cast, tmp_path: Path) -> None:
    book = workbook(
        ["Title", "Length"], ["Story", "1 h"], Sessions=[["Title", "Starts"], ["Story", "2031-03-05 18:30"]]
    )
    book.save(tmp_path / "x")
    page = send(president, cast, (tmp_path / "x").read_bytes(), "both.xlsx")
    assert "This stores 1 new offering, 1 new session" in page
    assert "Columns of the sheet “Sessions”" in page


def test_the_plan_takes_a_handful_of_queries_however_long_the_file(
    president: Client, cast: Cast, django_assert_max_num_queries: object
) -> None:
    send(
        president, cast, lines(*((f"T-{n}", f"Course {n} of many", "1 h", "", "", "", "", "", "") for n in range(300)))
    )
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        page = president.get(PLAN).content.decode()
    assert "and 200 more" in page
