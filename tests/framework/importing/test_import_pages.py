import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.framework.importing.documents import GARDEN, cells, grid
from trellis.core.models import AuditEntry
from trellis.framework import uploads
from trellis.framework.models import Edition, EditionStatus
from trellis.framework.views import imports as imports_view

PAGE = "/framework/imports/"
PLAN = "/framework/imports/plan/"


@pytest.fixture(autouse=True)
def _uploads(tmp_path: Path, settings: object) -> None:
    settings.TRELLIS_DATA = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def steward(cast: Cast, client: Client) -> Client:
    client.force_login(cast.viewer("steward"))
    return client


def _kept() -> list[Path]:
    return list((Path(settings.TRELLIS_DATA) / "uploads").glob("*"))


def _upload(client: Client, content: str | bytes | None = None, **fields: str) -> str:
    data = grid(GARDEN) if content is None else content
    file = SimpleUploadedFile("Our garden.md", data.encode() if isinstance(data, str) else data)
    response = client.post(PAGE, {"document": file, **fields}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", ["anonymous", "own", "president", "state_staff"])
def test_the_pages_are_not_there_for_others(cast: Cast, client: Client, name: str, framework: Edition) -> None:
    viewer = cast.viewer(name)
    if viewer.is_authenticated:
        client.force_login(viewer)
    draft = Edition.objects.create(framework=framework.framework, code="d", name="D")
    for page in (PAGE, PLAN, f"{PAGE}{draft.uid}/publish/", f"{PAGE}{draft.uid}/discard/"):
        assert client.get(page).status_code == 404
        assert client.post(page).status_code == 404
    assert Edition.objects.get(pk=draft.pk).is_draft


def test_an_upload_leads_to_the_plan_and_only_confirmation_makes_the_draft(steward: Client) -> None:
    shown = _upload(steward)
    assert "Nothing is stored yet" in shown
    assert "A framework of its own" in shown
    assert "Growing Food" in shown
    assert not Edition.objects.filter(status=EditionStatus.DRAFT).exists()
    assert len(_kept()) == 1
    response = steward.post(PLAN, {"code": "garden", "name": "Our garden", "make": ""}, follow=True)
    assert "The draft “Our garden” is stored." in response.content.decode()
    draft = Edition.objects.get(code="garden")
    assert draft.is_draft
    assert _kept() == []
    entry = AuditEntry.objects.get(action="framework.import")
    assert entry.actor
    assert f'id="{draft.uid}"' in response.content.decode()


def test_cancel_deletes_the_upload(steward: Client) -> None:
    _upload(steward)
    steward.post(PLAN, {"cancel": ""})
    assert _kept() == []
    assert "Choose a document first." in steward.get(PLAN, follow=True).content.decode()


def test_a_second_upload_takes_the_place_of_the_first(steward: Client) -> None:
    _upload(steward)
    _upload(steward, grid({"MEETING": GARDEN["MEETING"]}))
    assert len(_kept()) == 1


def test_an_upload_belongs_to_its_session(steward: Client, cast: Cast) -> None:
    _upload(steward)
    other = Client()
    other.force_login(cast.viewer("steward"))
    assert other.get(PLAN).status_code == 302


def test_the_plan_shows_what_changed_and_may_leave_out_what_is_missing(steward: Client) -> None:
    _upload(steward)
    steward.post(PLAN, {"code": "garden", "name": "Our garden"})
    themes = {"Prepares and feeds the soil": cells("soil"), "Sows and plants in season": cells("sowing")}
    shown = _upload(steward, grid({"GROWING FOOD": ("Grows food.", themes), "SHARING TOOLS": GARDEN["SHARING TOOLS"]}))
    assert "based on “Our garden”" in shown
    assert "is taken for GF.1" in shown
    assert '<ins><span class="vh">(added: </span>and feeds<span class="vh">)</span></ins>' in shown
    assert "Leave out what this document no longer has" in shown
    steward.post(PLAN, {"code": "garden-2", "name": "Second", "drop": "yes"})
    assert Edition.objects.get(code="garden-2").domains.count() == 2


def test_a_document_that_says_nothing_new_changes_nothing(steward: Client) -> None:
    _upload(steward)
    steward.post(PLAN, {"code": "garden", "name": "Our garden"})
    assert "says all of this already" in _upload(steward)
    response = steward.post(PLAN, {"code": "other", "name": "Other"}, follow=True)
    assert "nothing changed" in response.content.decode()
    assert Edition.objects.filter(framework__code="garden").count() == 1


def test_a_taken_or_wrong_code_is_said_beside_the_field(steward: Client) -> None:
    _upload(steward)
    shown = steward.post(PLAN, {"code": "two words", "name": "x"}).content.decode()
    assert 'id="id_code-error"' in shown
    _upload(steward, into="nea-lcf")
    shown = steward.post(PLAN, {"code": "2020", "name": "x"}).content.decode()
    assert "There is an edition 2020 already" in shown


def test_a_file_that_cannot_be_read_is_refused_with_its_line_and_not_kept(steward: Client) -> None:
    table = grid(GARDEN).replace("| Sows and plants in season |", "|")
    assert "Our garden.md: line " in _upload(steward, table)
    assert "the file is not text" in _upload(steward, b"\x89PNG\0\0\0\0")
    assert "The submitted file is empty." in _upload(steward, b"")
    assert _kept() == []


def test_a_list_cannot_become_an_edition_of_a_grid(steward: Client) -> None:
    shown = _upload(steward, "One:\n\n- First\n- Second\n\nTwo:\n\n- Third\n", into="nea-lcf")
    assert "this framework has another shape" in shown
    assert _kept() == []


def test_a_large_file_is_refused_by_its_announced_size_before_it_is_read(steward: Client) -> None:
    class Unread:
        def read(self, *args: object) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    response = steward.generic(
        "POST", PAGE, b"", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(21 * 1024 * 1024), **{"wsgi.input": Unread()},
    )  # fmt: skip
    assert response.status_code == 413
    assert "larger than 20 MB" in response.content.decode()


def test_a_file_just_over_the_limit_is_refused_by_its_own_size(
    steward: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trellis.framework.forms.MOST_BYTES", 100)
    assert "This file is larger than 20 MB." in _upload(steward)
    assert _kept() == []


def test_an_upload_needs_the_form_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.viewer("steward"))
    file = SimpleUploadedFile("garden.md", grid(GARDEN).encode())
    assert client.post(PAGE, {"document": file}).status_code == 403
    assert _kept() == []


def test_publishing_asks_first_and_retires_only_on_wish(steward: Client, framework: Edition) -> None:
    _upload(steward, into="nea-lcf")
    steward.post(PLAN, {"code": "garden", "name": "Our garden"})
    draft = Edition.objects.get(code="garden")
    page = f"{PAGE}{draft.uid}/publish/"
    assert "Publish “Our garden”?" in steward.get(page).content.decode()
    assert Edition.objects.get(pk=draft.pk).is_draft
    response = steward.post(page, {"retire": "yes"}, follow=True)
    assert "“Our garden” is published." in response.content.decode()
    assert Edition.objects.get(pk=framework.pk).status == EditionStatus.RETIRED
    assert steward.post(page).status_code == 404


def test_discarding_asks_first(steward: Client) -> None:
    _upload(steward)
    steward.post(PLAN, {"code": "garden", "name": "Our garden"})
    page = f"{PAGE}{Edition.objects.get(code='garden').uid}/discard/"
    assert "Discard “Our garden”?" in steward.get(page).content.decode()
    assert Edition.objects.filter(code="garden").exists()
    steward.post(page)
    assert not Edition.objects.filter(code="garden").exists()


def test_an_upload_is_forgotten_after_a_day(steward: Client) -> None:
    _upload(steward)
    (path,) = _kept()
    assert path.stat().st_mode & 0o077 == 0
    day_ago = path.stat().st_mtime - uploads.LONGEST_WAIT - 60
    os.utime(path, (day_ago, day_ago))
    assert steward.get(PLAN).status_code == 302
    uploads.sweep()
    assert _kept() == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "x" * 43, "/etc/passwd"])
def test_only_names_of_ours_open_a_file(name: str) -> None:
    assert uploads.path_of(name) is None
    uploads.forget(name)


def test_the_list_of_drafts_costs_few_queries(steward: Client, django_assert_max_num_queries: object) -> None:
    _upload(steward)
    steward.post(PLAN, {"code": "garden", "name": "Our garden"})
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        steward.get(PAGE)
    assert imports_view.SESSION_KEY not in steward.session
