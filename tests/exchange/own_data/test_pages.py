"""My data: what is in the files, asking for an erasure and taking it back, and people who have left."""

import datetime as dt
import json
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.cast import Cast
from tests.growth.evidence_pieces import attested
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.core.registry import Erasure, erasures
from trellis.exchange.models import ErasureRequest
from trellis.exchange.own_data.asking import WAIT, NotErasedError, ask_erasure, erase_due
from trellis.growth.models import Plan
from trellis.growth.own_words import seal_words
from trellis.people.actions import note_look
from trellis.people.models import Looked, Membership, OwnGroup, Person


def _client(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _json(person: Person) -> dict[str, Any]:
    answer = _client(person).get(reverse("own_data:file", kwargs={"ending": "json"}))
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.content)
    return found


def _rows(content: dict[str, Any], model: str) -> list[dict[str, Any]]:
    return next((kind["rows"] for kind in content["held"] if kind["model"] == model), [])


def test_the_file_holds_what_apps_hold_and_nothing_of_anybody_else(cast: Cast) -> None:
    attested(cast.own, cast.coach)
    attested(cast.colleague, cast.coach)
    OwnGroup.objects.create(person=cast.own, attribute="age", group="under-30")
    Plan.objects.create(person=cast.own, sealed=seal_words(cast.own, {"why": "For the night shift."}))
    note_look(cast.own, by=cast.coach, what=Looked.EVIDENCE)
    content = _json(cast.own)
    assert _rows(content, "people.Person")[0]["email"] == "own@example.org"
    assert [row["unit"] for row in _rows(content, "people.Membership")] == ["Lincoln"]
    assert [row["group"] for row in _rows(content, "people.OwnGroup")] == ["under-30"]
    (evidence,) = _rows(content, "growth.Evidence")
    assert [event["what"] for event in evidence["parts"]["growth.EvidenceEvent"]]
    assert _rows(content, "growth.Plan")[0]["why"] == "For the night shift."
    (look,) = _rows(content, "people.Look")
    assert (look["by"], look["what"]) == ("Coach Cast", "Your evidence")
    assert {row["action"] for row in _rows(content, "core.AuditEntry")} >= {"growth.evidence.send", "people.look"}
    assert content["stays_after_erasure"]
    assert "password" not in json.dumps(content)
    assert "Colleague" not in json.dumps(content)


def test_what_somebody_did_for_others_is_there_without_what_is_theirs(cast: Cast) -> None:
    attested(cast.own, cast.coach)
    content = _json(cast.coach)
    (read,) = [kind for kind in content["held"] if kind["what"] == "Evidence that I read"]
    assert set(read["rows"][0]) == {"cell_code", "attested_on"}
    assert "Own Cast" not in json.dumps(content)


def test_taking_it_leaves_a_row_in_the_trail(cast: Cast) -> None:
    _json(cast.own)
    row = AuditEntry.objects.latest("pk")
    assert (row.action, row.actor, row.detail) == ("person.data.take", str(cast.own.uid), {"as": "json"})


def test_the_paper_can_be_read_and_is_in_plain_words(cast: Cast) -> None:
    attested(cast.own, cast.coach)
    answer = _client(cast.own).get(reverse("own_data:file", kwargs={"ending": "pdf"}))
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "What Trellis holds about Own Cast" in text
    assert "My evidence" in text
    assert "What stays when you have yourself erased, and why" in text
    assert str(cast.own.uid) not in text


def test_it_costs_a_steady_number_of_queries(
    cast: Cast, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    attested(cast.own, cast.coach)
    _json(cast.own)
    with django_assert_max_num_queries(110) as first:
        _json(cast.own)
    for cell in ("ORG.1.L1", "ORG.2.L1", "ORG.3.L1"):
        attested(cast.own, cast.coach, cell=cell)
    with django_assert_max_num_queries(len(first)):
        _json(cast.own)


# erasure


def test_asking_needs_the_box_and_then_waits_and_can_be_taken_back(cast: Cast) -> None:
    client = _client(cast.own)
    assert client.post(reverse("own_data:ask")).status_code == 422
    assert not ErasureRequest.objects.exists()
    client.post(reverse("own_data:ask"), {"sure": "1"})
    asked = ErasureRequest.objects.get(person=cast.own)
    assert (asked.due_on, asked.asked_by) == (clock.today() + WAIT, None)
    page = client.get(reverse("own_data:page")).content.decode()
    assert "You will be erased on" in page
    assert "Erase me in" not in page
    client.post(reverse("own_data:keep"))
    assert not ErasureRequest.objects.exists()
    assert client.post(reverse("own_data:keep")).status_code == 404
    actions = AuditEntry.objects.filter(target=f"person:{cast.own.uid}").values_list("action", flat=True)
    assert set(actions) >= {"person.erasure.ask", "person.erasure.take_back"}


def test_asked_twice_the_first_day_stands(cast: Cast) -> None:
    first = ask_erasure(cast.own, by=cast.own)
    ErasureRequest.objects.update(due_on=clock.today() + dt.timedelta(days=1))
    assert ask_erasure(cast.own, by=cast.own).pk == first.pk
    assert ErasureRequest.objects.get().due_on == clock.today() + dt.timedelta(days=1)


def test_the_person_is_told_by_mail_when_it_is_asked_and_when_it_is_done(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ask_erasure(cast.own, by=cast.own)
    assert erase_due(clock.today() + WAIT - dt.timedelta(days=1)) == "0 erased"
    assert erase_due(clock.today() + WAIT).startswith("1 erased")
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["own@example.org"], "You will be erased from Trellis"),
        (["own@example.org"], "You are erased from Trellis"),
    ]
    assert reverse("own_data:page") in mail.outbox[0].body
    assert not any("Own Cast" in letter.body for letter in mail.outbox)
    assert not Person.objects.filter(email="own@example.org").exists()


def test_who_was_erased_is_signed_out_and_finds_nothing(cast: Cast) -> None:
    client = _client(cast.own)
    ask_erasure(cast.own, by=cast.own)
    erase_due(clock.today() + WAIT)
    assert client.get(reverse("own_data:page")).status_code == 302
    assert client.get("/").status_code == 200


def test_what_is_left_to_do_outside_is_tried_again_on_the_days_after(cast: Cast) -> None:
    done: list[str] = []
    erasures.register(Erasure("test", afterwards=lambda: done.append("x") or "looked at the disk"))
    try:
        assert erase_due(clock.today()) == "0 erased"
        ask_erasure(cast.own, by=cast.own)
        ErasureRequest.objects.update(due_on=clock.today())
        assert "looked at the disk" in erase_due(clock.today())
        assert "looked at the disk" in erase_due(clock.today() + dt.timedelta(days=1))
        assert erase_due(clock.today() + dt.timedelta(days=9)) == "0 erased"
    finally:
        erasures.unregister("test")
    assert len(done) == 2


def test_one_erasure_that_fails_stops_no_other_and_is_named_at_the_end(cast: Cast) -> None:
    first, second = cast.own, cast.colleague

    def fail(person: Person) -> dict[str, int]:
        if person == first:
            raise RuntimeError("no")
        return {}

    for person in (first, second):
        ask_erasure(person, by=person)
    erasures.register(Erasure("test", before=fail))
    try:
        with pytest.raises(NotErasedError, match=f"1 erased.*; not erased: person:{first.uid}$"):
            erase_due(clock.today() + WAIT)
    finally:
        erasures.unregister("test")
    assert Person.objects.filter(uid=first.uid).exists()
    assert not Person.objects.filter(uid=second.uid).exists()
    assert erase_due(clock.today() + WAIT).startswith("1 erased")


def test_a_steward_finds_who_has_left_and_has_them_erased(cast: Cast) -> None:
    client = _client(cast.steward)
    page = client.get(reverse("own_data:departed"), {"q": "gone"}).content.decode()
    assert "Gone Cast" in page
    assert "Own Cast" not in page
    assert client.post(reverse("own_data:ask-for", kwargs={"uid": cast.own.uid})).status_code == 404
    client.post(reverse("own_data:ask-for", kwargs={"uid": cast.gone.uid}))
    assert ErasureRequest.objects.get().asked_by == cast.steward
    theirs = _client(cast.gone).get(reverse("own_data:page")).content.decode()
    assert "Your association has asked for this" in theirs
    client.post(reverse("own_data:keep-for", kwargs={"uid": cast.gone.uid}))
    assert not ErasureRequest.objects.exists()


def test_what_somebody_asked_for_themselves_nobody_else_takes_back(cast: Cast) -> None:
    ask_erasure(cast.gone, by=cast.gone)
    client = _client(cast.steward)
    assert client.post(reverse("own_data:keep-for", kwargs={"uid": cast.gone.uid})).status_code == 404
    assert "They asked for it themselves." in client.get(reverse("own_data:departed")).content.decode()


@pytest.mark.parametrize("words", ["nobody-of-this-name", "  ", "Gone Cast"])
def test_the_list_of_who_has_left_can_be_searched(cast: Cast, words: str, django_assert_max_num_queries: Any) -> None:
    client = _client(cast.steward)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("own_data:departed"), {"q": words}).content.decode()
    assert ("Nobody found" in page) == (words == "nobody-of-this-name")


def test_who_has_never_been_a_member_has_not_left(cast: Cast) -> None:
    Membership.objects.filter(person=cast.gone).delete()
    page = _client(cast.steward).get(reverse("own_data:departed")).content.decode()
    assert "Nobody has left" in page
