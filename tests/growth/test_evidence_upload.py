"""Uploads through the page: the limit holds while they come in, a refusal says which file and why, text stays."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from tests.cast import Cast
from tests.growth.evidence_pieces import DOCX, FORM, GOOD, PDF, attested, container, make_coach, send, upload
from trellis.core import receiving
from trellis.core.models import AuditEntry
from trellis.core.uploads import MOST_BYTES
from trellis.growth.models import Evidence
from trellis.people.access import own_looks

pytestmark = pytest.mark.usefixtures("framework")
Browser = Callable[[str], Client]
ADD = "/evidence/add/ORG.5.L1/"
TYPED = "Four people joined, and one of them “leads” now."


def form(name: str, content: bytes, **other: Any) -> dict[str, Any]:
    return FORM | {"kind": "file", "link": "", "outcome": TYPED, "file": upload(name, content)} | other


def address(piece: Evidence) -> str:
    return reverse("growth:evidence-file", kwargs={"uid": piece.uid})


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where uploads are written while they come in."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("name", GOOD)
def test_an_honest_file_is_stored_and_handed_out_as_it_came(name: str, browser: Browser, cast: Cast) -> None:
    client = browser("own")
    assertRedirects(
        client.post(ADD, form(name, GOOD[name])),
        reverse("growth:evidence-one", kwargs={"uid": Evidence.objects.get().uid}),
    )
    piece = Evidence.objects.get()
    assert (piece.file_name, piece.outcome) == (name, TYPED)
    answer = client.get(address(piece))
    assert answer.content == GOOD[name]
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    assert "html" not in answer["Content-Type"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("minutes.pdf", b"<!doctype html><script>alert(1)</script>", "minutes.pdf: its content is not what its name"),
        ("plan.docx", container(DOCX | {"word/vbaProject.bin": b"x"}), "plan.docx: it holds macros"),
        ("plan.docx", container(DOCX | {"word/a.bmp": b"\0" * (60 << 20)}), "plan.docx: it unpacks to far more"),
        ("drawing.svg", b"<svg/>", "drawing.svg is of a type that we do not take"),
        ("minutes.pdf", b"", "minutes.pdf is empty"),
        ("minutes.pdf", PDF + b" " * (11 << 20), "minutes.pdf is larger than 10 MB"),
        ("../../minutes.pdf", b"MZ", "minutes.pdf: its content"),
    ],
)
def test_a_refusal_names_the_file_and_says_why_and_what_was_typed_stays(
    browser: Browser, cast: Cast, name: str, content: bytes, why: str
) -> None:
    page = browser("own").post(ADD, form(name, content))
    assert page.status_code == 422
    assertContains(page, why, status_code=422)
    assertContains(page, TYPED, status_code=422)
    assert page.context["form"]["to"].value() == "any"
    assert not Evidence.objects.exists()
    assert AuditEntry.objects.filter(action__startswith="growth.evidence").count() == 0


def test_a_name_is_kept_without_folders_and_signs_that_steer(browser: Browser, cast: Cast) -> None:
    browser("own").post(ADD, form("C:\\secret\\re\u202epo\x00rt\x07.pdf", PDF))
    piece = Evidence.objects.get()
    assert piece.file_name == "report.pdf"
    assert "report" not in str(piece.file.name)


def test_nothing_of_a_file_that_is_too_large_stays_on_disk(browser: Browser, cast: Cast, temporary: Path) -> None:
    browser("own").post(ADD, form("minutes.pdf", PDF + b" " * (11 << 20)))
    assert list(temporary.iterdir()) == []


def test_a_huge_upload_is_not_even_drained(
    browser: Browser, cast: Cast, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "_DRAINED", 1 << 20)
    page = browser("own").post(ADD, form("minutes.pdf", PDF + b" " * (2 << 20)))
    assertContains(page, "minutes.pdf is larger than 10 MB", status_code=422)
    assert list(temporary.iterdir()) == []


def test_a_file_of_just_ten_megabytes_is_taken(browser: Browser, cast: Cast) -> None:
    content = PDF + b" " * (MOST_BYTES - len(PDF))
    assert browser("own").post(ADD, form("minutes.pdf", content)).status_code == 302
    assert Evidence.objects.get().file_size == MOST_BYTES


def test_more_files_than_one_and_files_of_other_fields_are_thrown_away(
    browser: Browser, cast: Cast, temporary: Path
) -> None:
    sent = form("first.pdf", PDF, other=upload("other.pdf", PDF)) | {
        "file": [upload("first.pdf", PDF), upload("b.pdf", PDF)]
    }
    assert browser("own").post(ADD, sent).status_code == 302
    assert Evidence.objects.get().file_name == "first.pdf"
    assert list(temporary.iterdir()) == []


def test_a_good_file_has_to_be_chosen_again_when_something_else_was_wrong(browser: Browser, cast: Cast) -> None:
    page = browser("own").post(ADD, form("minutes.pdf", PDF, outcome=""))
    assertContains(page, "choose your file again", status_code=422)
    assertContains(page, "Say in one sentence", status_code=422)


def test_a_file_beside_a_link_is_not_kept(browser: Browser, cast: Cast) -> None:
    browser("own").post(ADD, FORM | {"file": upload("minutes.pdf", b"<html>")})
    piece = Evidence.objects.get()
    assert (piece.kind, piece.file.name, piece.file_name) == ("link", "", "")


def test_the_form_token_is_asked_for_after_the_limit_is_set(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.persons["own"])
    assert client.post(ADD, form("minutes.pdf", PDF)).status_code == 403
    assert not Evidence.objects.exists()
    client.get(ADD)
    token = client.cookies["csrftoken"].value
    assert client.post(ADD, form("minutes.pdf", PDF, csrfmiddlewaretoken=token)).status_code == 302


# handing out


def test_a_look_of_a_coach_at_a_file_is_written_down_and_ones_own_is_not(browser: Browser, cast: Cast) -> None:
    browser("own").post(ADD, form("minutes.pdf", PDF, to=str(cast.coach.uid)))
    piece = Evidence.objects.get()
    assert browser("own").get(address(piece)).status_code == 200
    assert browser("coach").get(address(piece)).status_code == 200
    [look] = AuditEntry.objects.filter(action="people.look")
    assert (look.actor, look.target) == (str(cast.coach.uid), f"person:{cast.own.uid}")
    assert look.detail == {"what": "evidence", "evidence": str(piece.uid), "at": "file"}
    assert [(look.by, look.what) for look in own_looks(cast.own)] == [(cast.coach, "evidence")]


def test_a_second_reader_fetches_the_file_too(browser: Browser, cast: Cast) -> None:
    make_coach(cast, "colleague")
    browser("own").post(ADD, form("minutes.pdf", PDF, to=str(cast.coach.uid)))
    piece = Evidence.objects.get()
    assert browser("colleague").get(address(piece)).status_code == 404
    Evidence.objects.filter(pk=piece.pk).update(
        status="attested", second="waiting", read_by=cast.coach, attested_on="2026-01-01", expires_on="2999-01-01"
    )
    assert browser("colleague").get(address(piece)).content == PDF


def test_a_piece_without_a_file_or_with_one_that_was_lost_has_none_to_hand_out(browser: Browser, cast: Cast) -> None:
    client = browser("own")
    assert client.get(address(send(cast.own, to=None))).status_code == 404
    client.post(ADD, form("minutes.pdf", PDF))
    piece = Evidence.objects.get(kind="file")
    default_storage.delete(str(piece.file.name))
    assert client.get(address(piece)).status_code == 404


def test_nobody_else_fetches_it(browser: Browser, cast: Cast) -> None:
    attested(cast.own, cast.coach)
    browser("own").post(ADD, form("minutes.pdf", PDF, to=str(cast.coach.uid)))
    piece = Evidence.objects.get(kind="file")
    for name in ("colleague", "president", "sibling_president", "state_staff", "steward", "representative"):
        assert browser(name).get(address(piece)).status_code == 404
    assert Client().get(address(piece)).status_code == 302
