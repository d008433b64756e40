"""The pages of who arranges: offerings with their steps, sessions by their own clocks, materials, lists."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from pytest_django.asserts import assertContains, assertNotContains

from tests.cast import Cast
from tests.growth.evidence_pieces import PDF, upload
from tests.learning import offerings
from trellis.core import clock
from trellis.core.uploads import MOST_BYTES
from trellis.framework.tree import EditionTree
from trellis.learning.actions import cancel_session, sign_up
from trellis.learning.models import Offering, OfferingMaterial, Session, SignUp

pytestmark = pytest.mark.usefixtures("framework")
Browser = Callable[[str], Client]


def typed(cast: Cast, unit: str = "Riverside", **more: Any) -> dict[str, Any]:
    return {
        "unit": str(cast.unit(unit).uid), "title": "Listening first", "description": "You listen.",
        "format": "online", "hours": "1.5", "language": "es", "cost": "12.50", "provider": "", "access_notes": "",
        "key": "R-7", "teaches": ["ORG.5.L1", "ORG.5.L2"], "needs": ["ORG.1.L1"],
    } | more  # fmt: skip


def typed_session(cast: Cast, unit: str = "Riverside", **more: Any) -> dict[str, Any]:
    return {
        "unit": str(cast.unit(unit).uid), "day": "2031-03-04", "start": "18:00", "end": "19:30",
        "zone": "America/Denver", "place": "Room 4", "seats": "12", "leads": "colleague@example.org",
    } | more  # fmt: skip


# offerings


def test_an_offering_is_written_listed_changed_and_taken_out(cast: Cast, browser: Browser) -> None:
    client = browser("president")
    answer = client.post("/learn/arrange/offerings/add/", typed(cast), follow=True)
    assertContains(answer, "This is a draft.")
    made = Offering.objects.get()
    assert (made.unit, made.minutes, str(made.cost), made.language) == (cast.unit("Riverside"), 90, "12.50", "es")
    assert set(made.cells.values_list("place", "cell_code")) == {
        ("teaches", "ORG.5.L1"), ("teaches", "ORG.5.L2"), ("needs", "ORG.1.L1"),
    }  # fmt: skip
    base = f"/learn/arrange/offering/{made.uid}/"
    assertContains(client.post(f"{base}list/", follow=True), "It is in the catalog now.")
    page = client.get(base)
    assertContains(page, 'value="ORG.5.L1" checked', count=1)
    assertContains(page, 'value="1.5"')
    client.post(base, typed(cast, title="Another", teaches=["COM.1.L1"], needs=[]))
    made.refresh_from_db()
    assert (made.title, made.status, made.cells.count()) == ("Another", "listed", 1)
    assertContains(client.post(f"{base}retire/", follow=True), "This is no longer offered.")


def test_a_draft_is_discarded_after_a_question(cast: Cast, browser: Browser) -> None:
    made, client = offerings.offering(cast, listed=False), browser("president")
    page = f"/learn/arrange/offering/{made.uid}/discard/"
    assertContains(client.get(page), "It is gone for good")
    assert Offering.objects.exists()
    assertContains(client.post(page, follow=True), "The draft is gone.")
    assert not Offering.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Give it a title."),
        ({"hours": ""}, "Say how many hours it takes"),
        ({"hours": "0"}, "Say how many hours it takes"),
        ({"teaches": ["XXX.1.L1"]}, "There is no step XXX.1.L1"),
        ({"teaches": ["ORG.5.L1"], "needs": ["ORG.5.L1"]}, "cannot be taught and needed first"),
    ],
)
def test_what_is_wrong_is_named_and_what_was_typed_stays(
    cast: Cast, browser: Browser, wrong: dict[str, Any], said: str
) -> None:
    answer = browser("president").post("/learn/arrange/offerings/add/", typed(cast, **wrong))
    assertContains(answer, said, status_code=422)
    assertContains(answer, "You listen.", status_code=422)
    assert not Offering.objects.exists()


def test_a_number_that_the_unit_has_used_is_named_beside_its_field(cast: Cast, browser: Browser) -> None:
    offerings.session(cast, of=offerings.offering(cast, key="R-7"), key="S-1")
    client, said = browser("president"), "Your unit uses this number already."
    answer = client.post("/learn/arrange/offerings/add/", typed(cast))
    assertContains(answer, f'id="id_key-error">{said}', status_code=422)
    page = f"/learn/arrange/offering/{Offering.objects.get().uid}/session/"
    answer = client.post(page, typed_session(cast, key="S-1"))
    assertContains(answer, f'id="id_key-error">{said}', status_code=422)


def test_nobody_writes_for_a_unit_for_which_they_do_not_arrange(cast: Cast, browser: Browser) -> None:
    answer = browser("president").post("/learn/arrange/offerings/add/", typed(cast, "Millbrook"))
    assertContains(answer, "Select a valid choice", status_code=422)
    assert not Offering.objects.exists()


def test_steps_are_listed_by_domain_for_each_level(cast: Cast, browser: Browser, tree: EditionTree) -> None:
    page = browser("president").get("/learn/arrange/offerings/add/").content.decode()
    assert page.count('name="teaches"') == page.count('name="needs"') == sum(len(theme.cells) for theme in tree.themes)
    assert f'aria-label="{tree.themes[0].short}, level 1"' in page


# sessions


def test_a_session_is_planned_by_the_clocks_of_its_zone(cast: Cast, browser: Browser) -> None:
    made = offerings.offering(cast)
    page = f"/learn/arrange/offering/{made.uid}/session/"
    sent = typed_session(cast, until_day="2031-03-01")
    assertContains(browser("president").post(page, sent, follow=True), "It is planned.")
    session = Session.objects.get()
    assert session.starts_at == dt.datetime(2031, 3, 5, 1, 0, tzinfo=dt.UTC)
    assert session.ends_at - session.starts_at == dt.timedelta(minutes=90)
    assert session.sign_up_until == dt.datetime(2031, 3, 2, 6, 59, 59, tzinfo=dt.UTC)
    assert [lead.person for lead in session.leads.all()] == [cast.colleague]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"day": ""}, "Choose a day."),
        ({"end": "17:00"}, "It must end after it starts."),
        ({"day": "2031-03-09", "start": "02:30", "end": "05:00"}, "clocks go forward"),
        ({"leads": "nobody@example.org"}, "Nobody has an account with nobody@example.org."),
        ({"leads": "suspended@example.org"}, "Nobody has an account"),
        ({"link": "javascript:alert(1)"}, "Write it like"),
        ({"seats": "0"}, "greater than or equal to 1"),
        ({"zone": "Mars/Olympus"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_with_a_session_stands_beside_its_field(
    cast: Cast, browser: Browser, wrong: dict[str, str], said: str
) -> None:
    page = f"/learn/arrange/offering/{offerings.offering(cast).uid}/session/"
    answer = browser("president").post(page, typed_session(cast, **wrong))
    assertContains(answer, said, status_code=422)
    assertContains(answer, "Room 4", status_code=422)
    assert not Session.objects.exists()


def test_the_form_shows_what_was_said_and_saving_it_changes_nothing(cast: Cast, browser: Browser) -> None:
    made, client = offerings.offering(cast), browser("president")
    client.post(f"/learn/arrange/offering/{made.uid}/session/", typed_session(cast, last_day="2031-03-05", key="S-1"))
    session = Session.objects.get()
    form = client.get(f"/learn/arrange/session/{session.uid}/").context["form"]
    sent = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    client.post(f"/learn/arrange/session/{session.uid}/", sent)
    again = Session.objects.get()
    assert again.revision == 0
    assert (again.starts_at, again.ends_at, again.key) == (session.starts_at, session.ends_at, "S-1")


def test_a_change_of_place_is_announced_and_mailed(
    cast: Cast, browser: Browser, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    session, client = offerings.session(cast), browser("president")
    sign_up(session, person=cast.own, by=cast.own)
    page = f"/learn/arrange/session/{session.uid}/"
    assertContains(client.get(page), "One person is told by mail")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, typed_session(cast, place="Elsewhere"))
    assert [letter.subject for letter in mail.outbox] == ["A session that you signed up for has changed"]


def test_fewer_seats_than_taken_are_refused_beside_the_field(cast: Cast, browser: Browser) -> None:
    session = offerings.session(cast, seats=5)
    for person in (cast.own, cast.coached):
        sign_up(session, person=person, by=person)
    answer = browser("president").post(f"/learn/arrange/session/{session.uid}/", typed_session(cast, seats="1"))
    assertContains(answer, "2 people have a seat already", status_code=422)


@pytest.mark.parametrize("days", [7, -3, -20])
def test_one_like_it_lies_whole_weeks_ahead_without_the_key(cast: Cast, browser: Browser, days: int) -> None:
    session = offerings.session(cast, key="S-1", leads=(cast.colleague,))
    Session.objects.update(
        starts_at=clock.now() + dt.timedelta(days=days), ends_at=clock.now() + dt.timedelta(days=days, hours=2)
    )
    form = browser("president").get(f"/learn/arrange/session/{session.uid}/copy/").context["form"]
    first = Session.objects.get().starts_at.astimezone(dt.UTC).date()
    ahead = form["day"].value() - first
    assert ahead.days % 7 in (0, 6, 1)  # a day more or less by Denver's clocks
    assert form["day"].value() > clock.today() + dt.timedelta(days=6)
    assert form["key"].value() is None
    assert form["leads"].value() == "colleague@example.org"


def test_cancelling_asks_first_and_says_whom_it_tells(
    cast: Cast, browser: Browser, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    session, client = offerings.session(cast, seats=1), browser("president")
    for person in (cast.own, cast.coached):
        sign_up(session, person=person, by=person)
    page = f"/learn/arrange/session/{session.uid}/cancel/"
    asked = client.get(page)
    for words in ("One person has a seat", "One waits", "cannot be undone"):
        assertContains(asked, words)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page, follow=True)
    assertContains(answer, "everybody who had a place is told")
    assertContains(answer, "Plan it anew")
    assert len(mail.outbox) == 2
    assertContains(client.post(page, follow=True), "cancelled already")


def test_another_units_offering_can_be_held_here(cast: Cast, browser: Browser) -> None:
    national = offerings.offering(cast, "Common Ground")
    page = f"/learn/arrange/offering/{national.uid}/session/"
    browser("president").post(page, typed_session(cast))
    assert Session.objects.get().unit == cast.unit("Riverside")
    assert browser("president").get(f"/learn/arrange/offering/{national.uid}/").status_code == 404


# lists


def test_the_lists_show_what_comes_what_to_mark_and_what_is_over(
    cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = ("To come", "To mark", "Called off")
    _, over, off = (offerings.session(cast, of=offerings.offering(cast, title=title)) for title in titles)
    sign_up(over, person=cast.own, by=cast.own)
    Session.objects.filter(pk=over.pk).update(
        starts_at=clock.now() - dt.timedelta(days=1), ends_at=clock.now() - dt.timedelta(hours=22)
    )
    cancel_session(off, by=None)
    client = browser("president")

    def shown(query: str) -> list[str]:
        page = client.get(f"/learn/arrange/{query}").content.decode()
        return [title for title in titles if title in page]

    assert shown("") == ["To come", "To mark"]
    assert shown("?show=over") == ["To mark"]
    assert shown("?show=cancelled") == ["Called off"]


def test_offerings_are_found_by_words_and_by_where_they_stand(cast: Cast, browser: Browser) -> None:
    offerings.offering(cast, title="In the open")
    offerings.offering(cast, title="Half done", listed=False)
    offerings.offering(cast, "Millbrook", title="Of others")
    client = browser("president")
    assertNotContains(client.get("/learn/arrange/offerings/"), "Of others")
    assertContains(client.get("/learn/arrange/offerings/"), "Half done")
    assertNotContains(client.get("/learn/arrange/offerings/?status=listed"), "Half done")
    assertNotContains(client.get("/learn/arrange/offerings/?q=open"), "Half done")
    assertContains(client.get("/learn/arrange/offerings/?q=xylophone"), "Nothing fits")


def test_lists_ask_few_questions(
    cast: Cast, browser: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(8):
        offerings.session(cast)
    client = browser("president")
    client.get("/learn/arrange/")
    with django_assert_max_num_queries(7):
        client.get("/learn/arrange/")
    with django_assert_max_num_queries(6):
        client.get("/learn/arrange/offerings/")


# materials


@pytest.fixture(autouse=True)
def _clean_disk() -> None:
    if default_storage.exists("materials"):
        for name in default_storage.listdir("materials")[1]:
            default_storage.delete(f"materials/{name}")


def stored() -> list[str]:
    return default_storage.listdir("materials")[1] if default_storage.exists("materials") else []


def test_a_file_is_added_handed_out_as_an_attachment_and_removed(
    cast: Cast, browser: Browser, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    session, client = offerings.session(cast), browser("president")
    page = f"/learn/arrange/offering/{session.offering.uid}/materials/"
    sent = {"title": "Slides", "audience": "seats", "file": upload("../slides.pdf", PDF)}
    assertContains(client.post(page, sent, follow=True), "slides.pdf")
    material = OfferingMaterial.objects.get()
    assert (material.file_name, material.file_type, len(stored())) == ("slides.pdf", "pdf", 1)
    assert browser("own").get(f"/learn/material/{material.uid}/").status_code == 404
    SignUp.objects.create(session=session, person=cast.own)
    answer = browser("own").get(f"/learn/material/{material.uid}/")
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="slides.pdf"'
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/learn/arrange/material/{material.uid}/remove/")
    assert (OfferingMaterial.objects.count(), stored()) == (0, [])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, "Give either an address or a file."),
        ({"link": "https://example.org/", "file": upload("a.pdf", PDF)}, "Give either"),
        ({"link": "https://me:secret@example.org/"}, "without a name and password"),
        ({"link": "javascript:alert(1)"}, "Write it like"),
        ({"file": upload("a.pdf", b"<html><script>")}, "its content is not what its name says"),
        ({"file": upload("a.exe", b"MZ")}, "of a type that we do not take"),
        ({"file": upload("large.pdf", b"%PDF" + b"x" * MOST_BYTES)}, "large.pdf is larger than 10 MB"),
    ],
)
def test_a_material_that_is_not_taken_says_why_and_leaves_nothing(
    cast: Cast, browser: Browser, wrong: dict[str, Any], said: str
) -> None:
    if "file" in wrong:
        wrong["file"].seek(0)
    page = f"/learn/arrange/offering/{offerings.offering(cast).uid}/materials/"
    answer = browser("president").post(page, {"title": "Slides", "audience": "seats"} | wrong)
    assertContains(answer, said, status_code=422)
    assertContains(answer, 'value="Slides"', status_code=422)
    assert (OfferingMaterial.objects.count(), stored()) == (0, [])


def test_the_form_token_is_asked_for_although_the_limit_comes_first(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.persons["president"])
    page = f"/learn/arrange/offering/{offerings.offering(cast).uid}/materials/"
    assert client.post(page, {"title": "A", "link": "https://example.org/", "audience": "seats"}).status_code == 403
