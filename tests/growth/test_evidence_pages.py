"""The pages of evidence: what each says and leads to, for the member and for the coach."""

import datetime as dt
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.assessment.answers import everything, give, instrument_of, next_edition
from tests.cast import Cast
from tests.growth.evidence_pieces import FORM, attested, make_coach, send, tree_now, verdict
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.core.registry import instrument_panels
from trellis.framework.models import Edition
from trellis.growth.evidence_actions import withdraw_evidence
from trellis.growth.evidence_queries import statements_of
from trellis.growth.models import Evidence
from trellis.growth.reading_actions import read_evidence, read_evidence_again
from trellis.people.models import Term

pytestmark = pytest.mark.usefixtures("framework")
Browser = Callable[[str], Client]
ADD = "/evidence/add/ORG.5.L1/"
QUEUE = "/evidence/read/"


def at(name: str, piece: Evidence) -> str:
    return reverse(f"growth:evidence-{name}", kwargs={"uid": piece.uid})


def text(client: Client, path: str) -> str:
    """Return the words of a page's main part."""
    page = client.get(path)
    assert page.status_code == 200
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def reading(piece: Evidence, shown: int = 2, decision: str = "attest", **more: Any) -> dict[str, Any]:
    answers = {f"s-{each.uid}": shown for each in statements_of(piece)}
    return answers | {"submission": piece.submission, "decision": decision, "comment": ""} | more


def looks() -> list[tuple[str, str]]:
    found = AuditEntry.objects.filter(action="people.look").order_by("pk")
    return [(entry.actor, entry.detail["at"]) for entry in found]


def expire(piece: Evidence) -> None:
    today = clock.today()
    Evidence.objects.filter(pk=piece.pk).update(
        attested_on=today - dt.timedelta(days=9), expires_on=today - dt.timedelta(days=1)
    )


# my evidence


def test_an_empty_list_says_what_it_is_for(browser: Browser) -> None:
    assertContains(browser("own").get("/evidence/"), "Nothing yet")


def test_the_list_puts_first_what_needs_the_member(browser: Browser, cast: Cast) -> None:
    back, soon, counts, old, gone = (send(cast.own, to=cast.coach) for _ in range(5))
    read_evidence(back, verdict(back, attest=False), by=cast.coach)
    for one in (soon, counts, old):
        read_evidence(one, verdict(one), by=cast.coach, chance=lambda: 1)
    Evidence.objects.filter(pk=soon.pk).update(expires_on=clock.today() + dt.timedelta(days=90))
    Evidence.objects.filter(pk=counts.pk).update(expires_on=clock.today() + dt.timedelta(days=91))
    expire(old)
    withdraw_evidence(gone, by=cast.own)
    send(cast.own, to=None)
    page = browser("own").get("/evidence/")
    assert [shelf.key for shelf in page.context["shelves"]] == [
        "returned", "renew", "submitted", "counts", "expired", "withdrawn",
    ]  # fmt: skip
    assertContains(page, at("mend", back))
    assertContains(page, at("renew", soon))
    assertContains(page, at("renew", old))
    assertNotContains(page, at("renew", counts))


def test_what_was_renewed_does_not_ask_again(browser: Browser, cast: Cast) -> None:
    soon = attested(cast.own, cast.coach)
    Evidence.objects.filter(pk=soon.pk).update(expires_on=clock.today() + dt.timedelta(days=5))
    send(cast.own, to=None, renews=soon)
    assert [shelf.key for shelf in browser("own").get("/evidence/").context["shelves"]] == ["submitted", "counts"]


def test_nobody_elses_is_in_the_list(browser: Browser, cast: Cast) -> None:
    send(cast.own, to=cast.coach)
    assertContains(browser("coach").get("/evidence/"), "Nothing yet")


def test_the_list_takes_few_queries_however_long(
    browser: Browser, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        attested(cast.own, cast.coach)
    client = browser("own")
    with django_assert_max_num_queries(10):
        client.get("/evidence/")


# choosing and sending


def test_choosing_leads_to_the_form_of_the_cell(browser: Browser) -> None:
    client = browser("own")
    assertContains(client.get("/evidence/add/"), "What is it evidence for?")
    assertRedirects(client.get("/evidence/add/?theme=ORG.5&level=2"), "/evidence/add/ORG.5.L2/")
    page = client.get("/evidence/add/?theme=XXX&level=")
    assertContains(page, "Choose a level.")


def test_the_form_says_what_it_is_read_against_who_will_see_it_and_what_part_it_takes(browser: Browser) -> None:
    first, second = text(browser("own"), ADD), text(browser("own"), "/evidence/add/ORG.5.L2/")
    for statement in tree_now().cell_by_code["ORG.5.L1"].statements:
        assert statement.text_self in first
    assert "this piece of evidence and nothing else of your file, whatever you share" in first
    assert "one in 10 that are attested is read by a second coach" in first
    assert "I took part" in first
    assert "I took part" not in second
    assert "Coach Cast Any coach of my unit" in first


def test_a_link_is_sent_to_the_coach_and_shown_back(browser: Browser, cast: Cast) -> None:
    client = browser("own")
    sent = client.post(ADD, FORM | {"to": str(cast.coach.uid)}, follow=True)
    piece = Evidence.objects.get()
    assertRedirects(sent, at("one", piece))
    assertContains(sent, "It waits for Coach Cast.")
    assertContains(sent, 'rel="noopener noreferrer nofollow" referrerpolicy="no-referrer"')
    assertContains(sent, "You and Coach Cast.")


def test_a_credential_is_sent(browser: Browser) -> None:
    said = {
        "kind": "credential", "credential": "Mediation", "credential_by": "A college",
        "credential_number": "M-7", "credential_on": "2025-05-01",
    }  # fmt: skip
    assert browser("own").post(ADD, FORM | said).status_code == 302
    piece = Evidence.objects.get()
    assert (piece.credential, piece.credential_by, piece.credential_number) == ("Mediation", "A college", "M-7")
    assert (piece.credential_on, piece.link) == (dt.date(2025, 5, 1), "")


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"kind": ""}, "Choose one of the three."),
        ({"kind": "tool"}, "Select a valid choice"),
        ({"link": ""}, "Give the address."),
        ({"link": "no address"}, "Write it like https://example.org/page."),
        ({"link": "javascript:alert(1)"}, "Write it like"),
        ({"link": "ftp://example.org/a"}, "Enter a valid URL"),
        ({"link": "https://rosa:secret@example.org/"}, "Leave the name and password out"),
        ({"kind": "file"}, "Choose a file."),
        ({"kind": "credential"}, "This field is required."),
        ({"kind": "credential", "credential": "A", "credential_by": "B", "credential_on": "2999-01-01"}, "lies ahead"),
        ({"part": ""}, "Choose what your part was."),
        ({"part": "watched"}, "Select a valid choice"),
        ({"outcome": "   "}, "Say in one sentence what came of it."),
        ({"outcome": "x" * 301}, "at most 300 characters"),
        ({"to": ""}, "Choose who should read it."),
        ({"to": "00000000-0000-4000-8000-000000000000"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_the_rest_stays(
    browser: Browser, said: dict[str, str], complaint: str
) -> None:
    page = browser("own").post(ADD, FORM | said)
    assertContains(page, complaint, status_code=422)
    assertContains(page, "Something is missing.", status_code=422)
    if "outcome" not in said:
        assertContains(page, FORM["outcome"], status_code=422)
    assert not Evidence.objects.exists()


def test_a_part_that_does_not_support_the_level_is_refused(browser: Browser) -> None:
    assert browser("own").post("/evidence/add/ORG.5.L2/", FORM).status_code == 422
    assert not Evidence.objects.exists()


def test_where_nobody_coaches_it_can_be_sent_and_waits(browser: Browser, cast: Cast) -> None:
    Term.objects.filter(person=cast.persons["coach"]).delete()
    client = browser("own")
    assertContains(client.get(ADD), "Nobody coaches in your unit today.")
    assertContains(client.post(ADD, FORM, follow=True), "Nobody is one today; it stays here until somebody is.")


def test_a_coach_who_left_is_named_no_more(browser: Browser, cast: Cast) -> None:
    piece = send(cast.own, to=cast.coach)
    Term.objects.filter(person=cast.persons["coach"]).update(ends=clock.today() - dt.timedelta(days=1))
    client = browser("own")
    assertContains(client.get(at("one", piece)), "no longer coaches your unit")
    assertContains(client.get(at("one", piece)), "You alone.")
    assertContains(client.get("/evidence/"), "nobody can read it: choose a coach")


# one piece


def test_the_owner_reads_what_was_decided_by_whom_and_when(browser: Browser, cast: Cast) -> None:
    piece = send(cast.own, to=cast.coach)
    read_evidence(piece, verdict(piece, attest=False, comment="Add the <b>minutes</b>."), by=cast.coach)
    page = browser("own").get(at("one", piece))
    assertContains(page, "Add the &lt;b&gt;minutes&lt;/b&gt;.", count=2)
    words = text(browser("own"), at("one", piece))
    for said in ("Sent back to you", "What the coach found", "Not shown", "Sent back", "Coach Cast", "What happened"):
        assert said in words
    for statement in statements_of(piece):
        assert statement.text_self in words


def test_the_owner_learns_of_a_second_reading(browser: Browser, cast: Cast) -> None:
    piece = attested(cast.own, cast.coach, drawn=True)
    own = browser("own")
    assert "There is no second coach in your unit yet" in text(own, at("one", piece))
    make_coach(cast, "colleague")
    assert "Drawn by chance to be read a second time. It counts" in text(own, at("one", piece))
    read_evidence_again(piece, verdict(piece, attest=False), by=cast.colleague)
    words = text(own, at("one", piece))
    assert "Two coaches read it and differ." in words
    assert "the readers differ" in words
    assert "Two readers differ" in text(own, "/evidence/")


def test_expired_and_withdrawn_evidence_stays_readable_for_its_owner(browser: Browser, cast: Cast) -> None:
    old, gone = attested(cast.own, cast.coach), attested(cast.own, cast.coach)
    expire(old)
    withdraw_evidence(gone, by=cast.own)
    assert "Only you can read it now." in text(browser("own"), at("one", old))
    words = text(browser("own"), at("one", gone))
    assert "only its history stays" in words
    assert "example.org" not in words


def test_the_owner_mends_and_the_form_holds_what_was_said(browser: Browser, cast: Cast) -> None:
    piece = send(cast.own, to=cast.coach)
    read_evidence(piece, verdict(piece, attest=False), by=cast.coach)
    client = browser("own")
    form = client.get(at("mend", piece)).context["form"]
    assert form["outcome"].value() == "Four people joined."
    assert form["to"].value() == str(cast.coach.uid)
    client.post(at("mend", piece), FORM | {"outcome": "Five joined.", "to": str(cast.coach.uid)})
    piece.refresh_from_db()
    assert (piece.status, piece.outcome, piece.submission) == ("submitted", "Five joined.", 2)


def test_what_is_decided_cannot_be_mended(browser: Browser, cast: Cast) -> None:
    assert browser("own").get(at("mend", attested(cast.own, cast.coach))).status_code == 404


def test_the_owner_renews(browser: Browser, cast: Cast) -> None:
    old = attested(cast.own, cast.coach)
    client = browser("own")
    assertContains(client.get(at("one", old)), at("renew", old))
    assertContains(client.get(at("renew", old)), "Point at something newer.")
    sent = client.post(at("renew", old), FORM | {"link": "https://example.org/newer"}, follow=True)
    new = Evidence.objects.get(link="https://example.org/newer")
    assert new.renews == old
    assertContains(sent, at("one", old))
    assertContains(client.get(at("one", old)), "something newer to take its place")
    assert client.get(at("renew", old)).status_code == 404
    assert client.get(at("renew", new)).status_code == 404, "it is not attested yet"


def test_a_step_that_is_gone_cannot_be_renewed_and_the_page_does_not_offer_it(browser: Browser, cast: Cast) -> None:
    old = attested(cast.own, cast.coach)
    next_edition(gone=["ORG.5"])
    assertNotContains(browser("own").get(at("one", old)), at("renew", old))
    assert browser("own").get(at("renew", old)).status_code == 404


def test_taking_back_asks_first(browser: Browser, cast: Cast) -> None:
    piece = send(cast.own, to=cast.coach)
    client = browser("own")
    assertContains(client.get(at("withdraw", piece)), "Take this evidence back?")
    assertRedirects(client.post(at("withdraw", piece)), "/evidence/")
    piece.refresh_from_db()
    assert piece.status == "withdrawn"
    assert client.get(at("withdraw", piece)).status_code == 404


# the coach


def test_the_queue_holds_what_waits_and_what_was_decided(browser: Browser, cast: Cast) -> None:
    make_coach(cast, "colleague")
    waiting = send(cast.own, to=cast.coach)
    done = attested(cast.private, cast.coach)
    again = attested(cast.private, cast.colleague, drawn=True)
    dispute = attested(cast.private, cast.coach, drawn=True)
    read_evidence_again(dispute, verdict(dispute, attest=False), by=cast.colleague)
    page = browser("coach").get(QUEUE)
    found = {key: [piece.pk for piece in page.context[key]] for key in ("waiting", "again", "dispute", "decided")}
    assert found == {
        "waiting": [waiting.pk],
        "again": [again.pk],
        "dispute": [dispute.pk],
        "decided": [dispute.pk, done.pk],
    }
    assertContains(page, "Too few to say: 1 of 10 pieces read twice so far.")


def test_an_empty_queue_says_so_and_who_coaches_nobody_has_none(browser: Browser) -> None:
    assertContains(browser("coach").get(QUEUE), "Nothing waits for you")
    for name in ("own", "president", "steward"):
        assert browser(name).get(QUEUE).status_code == 404


def test_the_queue_takes_few_queries(
    browser: Browser, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        send(cast.own, to=cast.coach)
        attested(cast.private, cast.coach)
    client = browser("coach")
    with django_assert_max_num_queries(15):
        client.get(QUEUE)


def test_the_coach_reads_against_the_statements_and_each_look_is_written_down(browser: Browser, cast: Cast) -> None:
    piece = send(cast.own, to=cast.coach)
    words = text(browser("coach"), at("read", piece))
    for statement in statements_of(piece):
        assert statement.text_other in words
    for said in ("Own Cast", "https://example.org/meeting", "Four people joined.", "more than half are clearly shown"):
        assert said in words
    assert looks() == [(str(cast.coach.uid), "page")]


def test_the_coach_attests_through_the_page(browser: Browser, cast: Cast) -> None:
    piece = send(cast.own, to=cast.coach)
    until = clock.today() + dt.timedelta(days=400)
    assertRedirects(browser("coach").post(at("read", piece), reading(piece, expires_on=until.isoformat())), QUEUE)
    piece.refresh_from_db()
    assert (piece.status, piece.expires_on) == ("attested", until)
    assert "You attested it" in text(browser("coach"), at("read", piece))


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"shown": 1}, "more than half must be clearly shown"),
        ({"shown": 9}, "This is not stored yet."),
        ({"decision": "return"}, "Say what is missing"),
        ({"decision": ""}, "This is not stored yet."),
        ({"expires_on": "2099-01-01"}, "three years from now at most"),
        ({"expires_on": "2020-01-01"}, "three years from now at most"),
        ({"submission": 7}, "has changed since you opened it"),
    ],
)
def test_what_the_rules_do_not_allow_is_said_and_what_was_typed_stays(
    browser: Browser, cast: Cast, said: dict[str, Any], complaint: str
) -> None:
    piece = send(cast.own, to=cast.coach)
    sent = reading(piece, **said)
    if said.get("decision") != "return":
        sent["comment"] = "Half a thought"
        assertContains(browser("coach").post(at("read", piece), sent), "Half a thought", status_code=422)
    assertContains(browser("coach").post(at("read", piece), sent), complaint, status_code=422)
    piece.refresh_from_db()
    assert piece.status == "submitted"


def test_a_decision_is_not_made_twice(browser: Browser, cast: Cast) -> None:
    piece = send(cast.own, to=cast.coach)
    client = browser("coach")
    client.post(at("read", piece), reading(piece))
    assertRedirects(client.post(at("read", piece), reading(piece, decision="return", comment="No")), at("read", piece))
    piece.refresh_from_db()
    assert piece.status == "attested"


def test_a_second_reading_tells_nothing_of_the_first(browser: Browser, cast: Cast) -> None:
    make_coach(cast, "colleague")
    piece = send(cast.own, to=cast.coach)
    read_evidence(piece, verdict(piece, comment="A strong one"), by=cast.coach, chance=lambda: 0)
    client = browser("colleague")
    page = client.get(at("read-again", piece))
    for hidden in ("Coach Cast", "A strong one", "Attested", " checked"):
        assertNotContains(page, hidden)
    assert "what they found is hidden from you" in text(client, at("read-again", piece))
    assert client.get(at("read", piece)).status_code == 404
    assert browser("coach").get(at("read-again", piece)).status_code == 404
    sent = reading(piece, 0, "return", comment="I do not see it.")
    assertRedirects(client.post(at("read-again", piece), sent), QUEUE)
    piece.refresh_from_db()
    assert piece.second == "differ"


def test_a_dispute_is_settled_on_the_page(browser: Browser, cast: Cast) -> None:
    make_coach(cast, "colleague")
    piece = attested(cast.own, cast.coach, drawn=True)
    read_evidence_again(piece, verdict(piece, attest=False), by=cast.colleague)
    for name in ("coach", "colleague"):
        words = text(browser(name), at("read", piece))
        assert "Two readers differ" in words
        assert "What you found" in words
        assert "Add the minutes." in words
    client = browser("colleague")
    assertContains(
        client.post(at("settle", piece), {"keep": "0", "comment": ""}), "Say what is missing", status_code=422
    )
    assertRedirects(client.post(at("settle", piece), {"keep": "0", "comment": "Mend it."}), QUEUE)
    piece.refresh_from_db()
    assert piece.status == "returned"
    assertContains(browser("own").get(at("one", piece)), "Mend it.", count=2)
    assert browser("coach").post(at("settle", piece), {"keep": "1"}).status_code == 404


def test_outside_of_the_demo_a_coach_needs_a_second_factor(browser: Browser, cast: Cast, settings: Settings) -> None:
    piece = send(cast.own, to=cast.coach)
    settings.TRELLIS_DEMO = False
    client = browser("coach")
    for path in (QUEUE, at("read", piece), at("file", piece), at("read-again", piece)):
        assertRedirects(client.get(path), reverse("mfa_index"), fetch_redirect_response=False)
    assertRedirects(client.post(at("settle", piece)), reverse("mfa_index"), fetch_redirect_response=False)
    assert looks() == []
    assert browser("own").get(at("one", piece)).status_code == 200


def test_reading_takes_few_queries(
    browser: Browser, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    piece = send(cast.own, to=cast.coach)
    client = browser("coach")
    with django_assert_max_num_queries(17):  # two of them open and close the savepoint of the look's row
        client.get(at("read", piece))


# elsewhere


def test_home_tells_the_coach_what_waits_and_the_member_what_came_back(browser: Browser, cast: Cast) -> None:
    for client in (browser("own"), browser("coach")):
        assertNotContains(client.get("/"), "evidence waits")
    piece, _other = send(cast.own, to=cast.coach), send(cast.own, to=None)
    assertContains(browser("coach").get("/"), "2 pieces of evidence wait for you")
    assertNotContains(browser("own").get("/"), "sent your evidence back")
    read_evidence(piece, verdict(piece, attest=False), by=cast.coach)
    assertContains(browser("own").get("/"), "A coach sent your evidence back")
    assertContains(browser("coach").get("/"), "A piece of evidence waits for you")


def test_stewards_see_how_alike_coaches_read_beside_the_short_self_assessment(
    framework: Edition, rf: RequestFactory
) -> None:
    panel = instrument_panels.get("growth")
    assert panel is not None
    found = panel.context(rf.get("/"), instrument_of(framework).uid)
    assert found is not None
    said = render_to_string(panel.template, {"panel": found})
    assert "Too few to say: 0 of 10 pieces read twice so far." in said
    assert panel.context(rf.get("/"), uuid4()) is None


def test_the_menu_leads_to_it(browser: Browser) -> None:
    assertContains(browser("own").get("/"), 'href="/evidence/"')
    assertNotContains(browser("own").get("/"), f'href="{QUEUE}"')
    assertNotContains(browser("own").get("/"), 'href="/coaching/"')
    assertContains(browser("coach").get("/"), 'href="/coaching/"')
    assertContains(browser("coach").get("/coaching/"), f'href="{QUEUE}"')


def test_themes_cells_and_the_plan_lead_to_it(browser: Browser, cast: Cast, framework: Edition) -> None:
    give(cast.own, framework, everything(framework, 3))
    attested(cast.own, cast.coach)
    client = browser("own")
    theme = client.get("/standing/ORG.5/")
    for level in (1, 2, 3):
        assertContains(theme, f"/evidence/add/ORG.5.L{level}/")
    assertContains(theme, "attested until")
    assertContains(client.get("/framework/nea-lcf/2020/ORG.5.L2/"), "/evidence/add/ORG.5.L2/")
    assertContains(client.get("/plan/"), 'href="/evidence/"')
