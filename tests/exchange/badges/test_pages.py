"""The pages of badges: the wallet, asking for one, showing it, the public page, checking, and taking back."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.exchange.badges.badges import document, in_png, in_svg, issued, issued_for_programme, shown
from tests.growth.credentials.awards import place_in_cohort
from tests.growth.evidence_pieces import attested, send
from trellis.core.models import AuditEntry
from trellis.exchange.badges.forms import MOST_BYTES
from trellis.exchange.badges.transcript import sign_transcript
from trellis.growth.credential_actions import revoke_own, show_credential
from trellis.growth.models import Credential
from trellis.people.models import Person

pytestmark = pytest.mark.usefixtures("framework")
Browser = Callable[[str], Client]
PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture
def browser(cast: Cast) -> Browser:
    """Return the browser of one of the cast, or a stranger's."""

    def of(name: str) -> Client:
        client = Client(headers={"accept": PAGE})
        if name != "anonymous":
            client.force_login(cast.persons[name])
        return client

    return of


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def address(badge: Credential) -> str:
    return f"/badges/credentials/{badge.uid}"


# the wallet


def test_an_empty_wallet_says_where_a_badge_comes_from(browser: Browser) -> None:
    page = text(browser("own").get("/badges/"))
    assert "No badge yet" in page
    assert 'href="/evidence/"' in page


def test_what_is_ready_is_offered_at_home_and_in_the_wallet(cast: Cast, browser: Browser) -> None:
    piece = attested(cast.own, cast.coach)
    assert "A badge is ready for you" in text(browser("own").get("/"))
    assert f"/badges/ready/{piece.uid}/" in text(browser("own").get("/badges/"))
    assert "ready for you" not in text(browser("coach").get("/"))


def test_evidence_leads_to_its_badge_from_its_own_page(cast: Cast, browser: Browser) -> None:
    own, waiting = browser("own"), send(cast.own, to=cast.coach, cell="COM.1.L1")
    assert "panel-badge" not in text(own.get(f"/evidence/{waiting.uid}/"))
    piece = attested(cast.own, cast.coach)
    assert f'href="/badges/ready/{piece.uid}/"' in text(own.get(f"/evidence/{piece.uid}/"))
    own.post(f"/badges/ready/{piece.uid}/", {"did": ""})
    badge = Credential.objects.get()
    page = text(own.get(f"/evidence/{piece.uid}/"))
    assert f'href="/badges/mine/{badge.uid}/"' in page
    assert "/badges/ready/" not in page
    revoke_own(badge, by=cast.own)
    assert f"/badges/mine/{badge.uid}/" not in text(own.get(f"/evidence/{piece.uid}/"))


def test_asking_makes_the_badge_and_only_then(cast: Cast, browser: Browser) -> None:
    piece, own = attested(cast.own, cast.coach), browser("own")
    assert "Make my badge" in text(own.get(f"/badges/ready/{piece.uid}/"))
    assert not Credential.objects.exists()
    answer = own.post(f"/badges/ready/{piece.uid}/", {"did": ""})
    badge = Credential.objects.get()
    assert answer.headers["Location"] == f"/badges/mine/{badge.uid}/"
    assert own.post(f"/badges/ready/{piece.uid}/").status_code == 404


def test_evidence_that_is_not_ready_has_no_such_page(cast: Cast, browser: Browser) -> None:
    waiting = send(cast.own, to=cast.coach)
    assert browser("own").post(f"/badges/ready/{waiting.uid}/").status_code == 404
    of_own = attested(cast.own, cast.coach)
    assert browser("colleague").post(f"/badges/ready/{of_own.uid}/").status_code == 404
    assert not Credential.objects.exists()


def test_an_identifier_that_we_do_not_know_is_named_and_nothing_is_lost(cast: Cast, browser: Browser) -> None:
    piece = attested(cast.own, cast.coach)
    answer = browser("own").post(f"/badges/ready/{piece.uid}/", {"did": "me@example.org"})
    assert answer.status_code == 422
    assert "Leave it empty if you are not sure." in text(answer)
    assert not Credential.objects.exists()


def test_a_site_that_cannot_sign_says_so(cast: Cast, browser: Browser) -> None:
    issued(cast, cell="COM.1.L1")
    piece, own = attested(cast.own, cast.coach), browser("own")
    with override_settings(
        SECRET_KEY="another secret, as long as it has to be, and then some",
        SECRET_KEY_FALLBACKS=["x"],
        SESSION_ENGINE="trellis.core.sessions",
    ):
        own.force_login(cast.persons["own"])
        answer = own.post(f"/badges/ready/{piece.uid}/", {"did": ""})
    assert answer.status_code == 422
    assert "cannot be signed at the moment" in text(answer)
    assert Credential.objects.count() == 1


def test_a_completed_programme_is_offered_and_issued(cast: Cast, browser: Browser) -> None:
    place, own = place_in_cohort(cast, cast.own), browser("own")
    assert "Emerging leaders" in text(own.get("/badges/"))
    assert "It holds for good." in text(own.get(f"/badges/ready/program/{place.uid}/"))
    assert own.post(f"/badges/ready/program/{place.uid}/").status_code == 302
    badge = Credential.objects.get()
    assert "Emerging leaders" in text(own.get(f"/badges/mine/{badge.uid}/"))


def test_the_page_of_a_completed_cohort_leads_to_the_badge(cast: Cast, browser: Browser) -> None:
    own, first, last = browser("own"), place_in_cohort(cast, cast.own), place_in_cohort(cast, cast.own)
    pages = [f"/programs/cohort/{place.cohort.uid}/" for place in (first, last)]
    # Completed twice, it is still one badge.
    assert all(f"/badges/ready/program/{last.uid}/" in text(own.get(page)) for page in pages)
    own.post(f"/badges/ready/program/{last.uid}/")
    badge = Credential.objects.get()
    assert all(f"/badges/mine/{badge.uid}/" in text(own.get(page)) for page in pages)


def test_a_cohort_that_is_not_completed_speaks_of_no_badge(cast: Cast, browser: Browser) -> None:
    place = place_in_cohort(cast, cast.own, completed_on=None)
    assert "A badge is ready" not in text(browser("own").get(f"/programs/cohort/{place.cohort.uid}/"))


def test_the_wallet_shelves_what_holds_and_what_no_longer_does(cast: Cast, browser: Browser) -> None:
    issued(cast)
    gone = issued(cast, cell="COM.1.L1")
    revoke_own(gone, by=cast.own)
    page = text(browser("own").get("/badges/"))
    assert page.index('id="b-good"') < page.index('id="b-over"') < page.index("You took it back.")


def test_the_wallet_asks_the_database_little_however_many_there_are(
    cast: Cast, browser: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    own = browser("own")
    for cell in ("ORG.5.L1", "COM.1.L1", "GOV.1.L1", "ADV.1.L1", "SEI.3.L1"):
        issued(cast, cell=cell)
    attested(cast.own, cast.coach, cell="LOP.1.L1")
    with django_assert_max_num_queries(12):
        own.get("/badges/")


# one badge of mine


def test_it_is_shown_as_its_holder_chooses(cast: Cast, browser: Browser) -> None:
    badge, own = issued(cast), browser("own")
    answer = own.post(f"/badges/mine/{badge.uid}/", {"public": "1", "name": "initials", "outcome": "on"})
    assert answer.status_code == 302
    badge.refresh_from_db()
    assert (badge.is_public, badge.shown_name, badge.shows_outcome) == (True, "initials", True)
    page = text(own.get(f"/badges/mine/{badge.uid}/"))
    assert f"http://127.0.0.1:8000/badges/credentials/{badge.uid}" in page
    own.post(f"/badges/mine/{badge.uid}/", {"public": "", "name": "nobody"})
    badge.refresh_from_db()
    assert (badge.is_public, badge.shown_name, badge.shows_outcome) == (False, "nobody", False)


def test_a_choice_that_there_is_not_is_refused(cast: Cast, browser: Browser) -> None:
    badge = issued(cast)
    answer = browser("own").post(f"/badges/mine/{badge.uid}/", {"public": "1", "name": "everything"})
    assert answer.status_code == 422
    badge.refresh_from_db()
    assert not badge.is_public


def test_taking_back_asks_first(cast: Cast, browser: Browser) -> None:
    badge, own = issued(cast), browser("own")
    assert "This cannot be undone." in text(own.get(f"/badges/mine/{badge.uid}/revoke/"))
    badge.refresh_from_db()
    assert badge.holds
    own.post(f"/badges/mine/{badge.uid}/revoke/")
    badge.refresh_from_db()
    assert badge.revoked_why == "holder"
    page = text(own.get(f"/badges/mine/{badge.uid}/"))
    assert "You took it back." in page
    assert "Take it along" not in page


# for strangers


def test_a_stranger_sees_a_public_badge_and_no_more_than_its_holder_chose(cast: Cast, browser: Browser) -> None:
    badge = shown(cast)
    stranger = browser("anonymous")
    page = text(stranger.get(address(badge)))
    assert "This badge is good" in page
    assert "The holder chose not to say who they are." in page
    for private in (
        "Own Cast",
        "own@example.org",
        "Four people joined",
        "example.org/meeting",
        "Lincoln",
        str(cast.own.uid),
    ):
        assert private not in page
    show_credential(badge, public=True, name="initials", outcome=False, by=cast.own)
    page = text(stranger.get(address(badge)))
    assert ">OC<" in page
    assert "Own Cast" not in page
    show_credential(badge, public=True, name="name", outcome=True, by=cast.own)
    page = text(stranger.get(address(badge)))
    assert "Own Cast" in page
    assert "Four people joined." in page


@pytest.mark.parametrize("ending", ["", ".json", ".jwt", ".png", ".svg"])
def test_what_is_not_public_is_not_there_for_strangers_in_any_form(cast: Cast, browser: Browser, ending: str) -> None:
    badge = issued(cast)
    assert browser("own").get(address(badge) + ending).status_code == 200
    for name in ("anonymous", "colleague", "coach", "president", "state_staff", "steward"):
        assert browser(name).get(address(badge) + ending).status_code == 404


def test_the_holder_sees_a_private_one_as_others_would_and_is_told_so(cast: Cast, browser: Browser) -> None:
    badge = issued(cast)
    show_credential(badge, public=False, name="nobody", outcome=False, by=cast.own)
    assert "Only you see this page." in text(browser("own").get(address(badge)))


def test_what_was_taken_back_says_so_and_names_nobody_any_more(cast: Cast, browser: Browser) -> None:
    badge = shown(cast, name="name", outcome=True)
    revoke_own(badge, by=cast.own)
    page = text(browser("anonymous").get(address(badge)))
    assert "Taken back" in page
    for private in ("Own Cast", "Four people joined", "You took it back"):
        assert private not in page


def test_no_search_engine_keeps_the_page(cast: Cast, browser: Browser) -> None:
    badge = shown(cast)
    answer = browser("anonymous").get(address(badge))
    assert answer.headers["X-Robots-Tag"] == "noindex, noarchive"
    assert '<meta name="robots" content="noindex,noarchive">' in text(answer)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer.headers["Vary"]
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (PAGE, "text/html; charset=utf-8"),
        ("*/*", "application/vc+ld+json"),
        ("", "application/vc+ld+json"),
        ("application/vc+ld+json", "application/vc+ld+json"),
        ("application/vc", "application/vc+ld+json"),
        ("application/json", "application/vc+ld+json"),
        ("application/ld+json;q=0.9, text/html;q=0.1", "application/vc+ld+json"),
        ("text/plain", "text/plain; charset=us-ascii"),
        ("application/vc+jwt", "text/plain; charset=us-ascii"),
        ("image/png", "application/vc+ld+json"),
    ],
)
def test_browsers_get_a_page_and_programs_the_document(cast: Cast, accept: str, kind: str) -> None:
    badge = shown(cast)
    answer = Client().get(address(badge), headers={"accept": accept} if accept else {})
    assert answer.headers["Content-Type"] == kind
    if kind.startswith("application"):
        assert json.loads(answer.content) == document(badge)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    elif kind.startswith("text/plain"):
        assert text(answer) == badge.signed.jwt


def test_files_are_saved_under_a_name_that_says_nothing_and_run_nothing(cast: Cast, browser: Browser) -> None:
    badge = shown(cast)
    for ending in ("json", "jwt", "png", "svg"):
        answer = browser("anonymous").get(f"{address(badge)}.{ending}")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="badge-{str(badge.uid)[:8]}.{ending}"'
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_pictures_hold_the_badge(cast: Cast, browser: Browser) -> None:
    badge, own = issued(cast), browser("own")
    for ending, read in (("png", in_png), ("svg", in_svg)):
        [inside] = read(own.get(f"{address(badge)}.{ending}").content)
        assert json.loads(inside) == document(badge)


def test_a_document_that_has_not_changed_is_not_sent_again(cast: Cast, browser: Browser) -> None:
    badge, client = shown(cast), Client()
    first = client.get(f"{address(badge)}.json")
    assert client.get(f"{address(badge)}.json", headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    show_credential(badge, public=False, name="nobody", outcome=False, by=cast.own)
    assert client.get(f"{address(badge)}.json", headers={"if-none-match": first.headers["ETag"]}).status_code == 404


def test_the_page_of_what_a_badge_is_for_reads_the_same_for_all(browser: Browser) -> None:
    place = "/badges/achievements/nea-lcf/2020/ORG.5.L1"
    page = text(browser("anonymous").get(place))
    assert "They walk a co-worker through the steps of joining our union." in page
    assert "The official wording" not in page, "it is not loaded here"
    found = json.loads(Client().get(place).content)
    assert (found["id"], found["type"]) == (f"http://127.0.0.1:8000{place}", ["Achievement"])
    assert browser("anonymous").get(f"{place}.png").content.startswith(b"\x89PNG")
    assert b"<svg" in browser("anonymous").get(f"{place}.svg").content


def test_the_page_of_a_programmes_badge_is_there_once_it_was_completed(cast: Cast, browser: Browser) -> None:
    place = place_in_cohort(cast, cast.own, completed_on=None)
    uid = place.cohort.programme.uid
    assert browser("anonymous").get(f"/badges/achievements/programs/{uid}").status_code == 404
    place.completed_on = place.joined_on
    place.save()
    assert "Eight evenings and a project." in text(browser("anonymous").get(f"/badges/achievements/programs/{uid}"))
    found = json.loads(Client().get(f"/badges/achievements/programs/{uid}").content)
    assert found["achievementType"] == "LearningProgram"


def test_a_public_badge_of_a_programme_has_its_page(cast: Cast, browser: Browser) -> None:
    badge = issued_for_programme(cast)
    show_credential(badge, public=True, name="name", outcome=False, by=cast.own)
    page = text(browser("anonymous").get(address(badge)))
    assert "Emerging leaders" in page
    assert "This badge is good" in page


def test_the_issuer_says_who_it_is(cast: Cast, browser: Browser) -> None:
    assert "Common Ground" in text(browser("anonymous").get("/badges/issuer"))
    profile = json.loads(Client().get("/badges/issuer").content)
    assert (profile["id"], profile["name"]) == ("did:web:127.0.0.1%3A8000", "Common Ground")
    assert "email" not in profile


# checking


def _bring(client: Client, content: bytes = b"", *, name: str = "badge.png", **data: Any) -> HttpResponse:
    upload = {"file": SimpleUploadedFile(name, content)} if content else {}
    return client.post("/badges/verify/", {**upload, **data})


def test_a_stranger_checks_every_form_of_a_badge(cast: Cast, browser: Browser) -> None:
    badge, own, stranger = issued(cast), browser("own"), browser("anonymous")
    for ending in ("json", "jwt", "png", "svg"):
        answer = _bring(stranger, own.get(f"{address(badge)}.{ending}").content, name=f"x.{ending}")
        assert "This badge is good" in text(answer), ending
    assert "This badge is good" in text(_bring(stranger, text=badge.signed.document))
    assert "This badge is good" in text(_bring(stranger, text=f"  {badge.signed.jwt}\n"))


def test_checking_tells_nothing_that_the_file_does_not_say(cast: Cast, browser: Browser) -> None:
    badge = issued(cast)
    show_credential(badge, public=False, name="name", outcome=True, by=cast.own)
    page = text(_bring(browser("anonymous"), text=badge.signed.document))
    for private in ("Own Cast", "Four people joined", f"/badges/credentials/{badge.uid}"):
        assert private not in page


def test_with_an_address_it_says_whether_it_fits_and_keeps_neither(cast: Cast, browser: Browser) -> None:
    badge, stranger = issued(cast), browser("anonymous")
    rows = AuditEntry.objects.count()
    assert "It is about the address" in text(_bring(stranger, text=badge.signed.document, email="own@example.org"))
    page = text(_bring(stranger, text=badge.signed.document, email="coach@example.org"))
    assert "It is not about the address" in page
    assert AuditEntry.objects.count() == rows


def test_each_verdict_has_its_words(cast: Cast, browser: Browser) -> None:
    badge, stranger = issued(cast), browser("anonymous")
    changed = json.dumps(document(badge) | {"validUntil": "2099-01-01T00:00:00Z"})
    foreign = json.dumps(document(badge) | {"id": "https://other.example/1", "issuer": "did:web:other.example"})
    assert "somebody has changed it" in text(_bring(stranger, text=changed))
    page = text(_bring(stranger, text=foreign))
    assert escape("It is not from Common Ground, so we can say nothing about it.") in page
    assert "did:web:other.example" in page
    assert "There is no badge in it that we can read." in text(_bring(stranger, b"\x89PNG\r\n\x1a\nrest"))
    revoke_own(badge, by=cast.own)
    assert "It was taken back." in text(_bring(stranger, text=badge.signed.document))
    cast.persons["own"].delete()
    assert "we have no record of it" in text(_bring(stranger, text=badge.signed.document))


def test_what_is_brought_is_shown_as_text(browser: Browser) -> None:
    page = text(_bring(browser("anonymous"), text='{"issuer": "<script>alert(1)</script>"}'))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_transcript_is_checked_badge_by_badge(cast: Cast, browser: Browser) -> None:
    issued(cast)
    gone = issued(cast, cell="COM.1.L1")
    whole = sign_transcript(1, by=cast.own)
    revoke_own(gone, by=cast.own)
    page = text(_bring(browser("anonymous"), whole.encode(), name="transcript.json"))
    assert "A transcript, as we signed it." in page
    assert (page.count("taken back"), page.count("verdict s2")) == (1, 1)


def test_too_much_is_refused_and_nothing_at_all_too(browser: Browser) -> None:
    stranger = browser("anonymous")
    answer = _bring(stranger, b"x" * (MOST_BYTES + 1))
    assert (answer.status_code, "larger than 2 MB" in text(answer)) == (422, True)
    answer = _bring(stranger)
    assert (answer.status_code, "Choose the file of a badge" in text(answer)) == (422, True)
    assert _bring(stranger, text="x" * 300_001).status_code == 422


def test_the_form_is_protected_though_the_limit_comes_first(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/badges/verify/", {"text": "{}"}).status_code == 403


# the transcript


def test_the_transcript_is_handed_out_signed_and_on_paper(cast: Cast, browser: Browser) -> None:
    issued(cast)
    own = browser("own")
    answer = own.post("/badges/transcript/1/")
    assert json.loads(answer.content)["type"] == ["VerifiableCredential", "ClrCredential"]
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="transcript-')
    assert own.get("/badges/transcript.pdf").content.startswith(b"%PDF")
    assert own.post("/badges/transcript/2/").status_code == 404
    assert browser("colleague").post("/badges/transcript/1/").status_code == 404
    assert browser("colleague").get("/badges/transcript.pdf").status_code == 404


# for the association


def test_a_steward_takes_one_back_by_its_address_and_its_holder_is_told(cast: Cast, browser: Browser) -> None:
    badge, steward = issued(cast), browser("steward")
    for ending in ("", ".json", ".png"):
        page = steward.post("/badges/take-back/", {"badge": f"https://any.example{address(badge)}{ending}"})
        assert page.status_code == 422, "no reason yet"
    answer = steward.post("/badges/take-back/", {"badge": document(badge)["id"], "why": "mistake"}, follow=True)
    assert "Its holder is told by mail." in text(answer)
    badge.refresh_from_db()
    assert badge.revoked_why == "mistake"
    [letter] = mail.outbox
    assert letter.to == ["own@example.org"]
    assert f"http://127.0.0.1:8000/badges/mine/{badge.uid}/" in letter.body
    assert "Growth" not in letter.body + letter.subject
    page = text(browser("own").get(f"/badges/mine/{badge.uid}/"))
    assert "it was issued by mistake" in page


@pytest.mark.parametrize("what", ["https://example.org/", "nonsense", "/badges/", "//[", "/badges/credentials/7"])
def test_what_is_no_address_of_a_badge_is_named(cast: Cast, browser: Browser, what: str) -> None:
    answer = browser("steward").post("/badges/take-back/", {"badge": what, "why": "mistake"})
    assert "This is not the address of a badge of this site." in text(answer)


def test_a_badge_that_is_gone_cannot_be_taken_back_again(cast: Cast, browser: Browser) -> None:
    badge = issued(cast)
    revoke_own(badge, by=cast.own)
    answer = browser("steward").post("/badges/take-back/", {"badge": address(badge), "why": "untrue"})
    assert "There is no badge at this address that holds." in text(answer)
    assert mail.outbox == []


def test_a_mail_that_cannot_be_sent_stops_nothing(
    cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    badge = issued(cast)

    def broken(**kwargs: Any) -> None:
        raise OSError

    monkeypatch.setattr("trellis.exchange.badges.letters.mail.send", broken)
    answer = browser("steward").post("/badges/take-back/", {"badge": address(badge), "why": "untrue"})
    assert answer.status_code == 302
    badge.refresh_from_db()
    assert badge.is_revoked


def test_nobody_is_written_to_who_has_no_address(cast: Cast, browser: Browser) -> None:
    badge = issued(cast)
    Person.objects.filter(pk=cast.own.pk).update(email=None)
    browser("steward").post("/badges/take-back/", {"badge": address(badge), "why": "untrue"})
    assert mail.outbox == []
