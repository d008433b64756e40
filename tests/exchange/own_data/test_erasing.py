"""Erasing somebody of whom every table knows something: nothing of them is left but what is declared kept."""

import datetime as dt
import io
import json
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import Model

from tests.exchange.own_data.test_keys import _fields_to_people
from trellis.assessment.models import Envelope, Exclusion, Invitation, Rater, Release, ThreeSixty, ThreeSixtyState
from trellis.assessment.releasing import report_of
from trellis.assessment.sealed import Letter, find, new_secret, put
from trellis.core import audit, clock
from trellis.core.models import AuditEntry
from trellis.core.registry import AtErasure, PersonKey, person_keys
from trellis.exchange.models import CalendarFeed, ErasureRequest, SignedDocument, StatusPlace, Transcript
from trellis.exchange.models.issuer_key import IssuerKey
from trellis.exchange.own_data.document import as_json
from trellis.exchange.own_data.erasing import erase
from trellis.exchange.whole.lines import line
from trellis.exchange.whole.shelves import shelves
from trellis.framework.models import Edition
from trellis.growth.models import Credential, Focus, PassedOver
from trellis.insight.models import ReleasedTable
from trellis.learning.models import News, Offering, Programme
from trellis.people.models import Person

# Where a trace of the person may stand when all is done: the trail, which holds their random number.
KEPT = {"core.AuditEntry"}
NAMES = {"given_name": "Quorzwyn", "family_name": "Vexilthorpe", "email": "quorzwyn@example.net"}


@pytest.fixture
def known(framework: Edition) -> Person:
    """Rosa Delgado of the fictional association, under a name that nobody else has, whom every table knows."""
    call_command("load_demo", stdout=io.StringIO())
    rosa = Person.objects.get(given_name="Rosa", family_name="Delgado")
    Person.objects.filter(pk=rosa.pk).update(**NAMES)
    rosa.refresh_from_db()
    other = Person.objects.exclude(pk=rosa.pk).order_by("pk")[0]
    CalendarFeed.objects.create(person=rosa, digest="0" * 64)
    Focus.objects.get_or_create(person=rosa)
    PassedOver.objects.create(person=rosa, offering=Offering.objects.order_by("pk")[0])
    News.objects.create(person=rosa, programme=Programme.objects.order_by("pk")[0], kind="decided", page="x")
    Transcript.objects.create(person=rosa, digest="1" * 64, key=IssuerKey.objects.get(in_use=True))
    Exclusion.objects.create(person=rosa, other=other)
    Exclusion.objects.create(person=other, other=rosa)
    ErasureRequest.objects.create(person=rosa, due_on=clock.today())
    ErasureRequest.objects.create(person=other, asked_by=rosa, due_on=clock.today())
    for key in person_keys:
        if key.key not in {"mfa.Authenticator.user", "assessment.Response.rater"}:
            _make_known(key, rosa)
    return rosa


def _make_known(key: PersonKey, person: Person) -> None:
    """Put the person into a row that is there, where nothing in the database speaks against it."""
    model = apps.get_model(key.model)
    if "__" in key.path or model._default_manager.filter(**{key.path: person}).exists():
        return
    for row in model._default_manager.order_by("pk")[:400]:
        try:
            with transaction.atomic():
                model._default_manager.filter(pk=row.pk).update(**{key.path: person})
                return
        except IntegrityError:
            continue
    pytest.fail(f"no row of {key.model} could name the person in {key.path}")


def _traces(person_pk: int, words: list[str]) -> set[str]:
    """The models in which a row still says a word of the person, or points at them."""
    pointing: dict[type[Model], list[str]] = {}
    for model, field in _fields_to_people():
        pointing.setdefault(model, []).append(field.attname)
    found = set()
    for shelf in shelves():
        for row in shelf.rows():
            said = line(shelf.names, [getattr(row, name) for name in shelf.names]).decode()
            if any(word in said for word in words):
                found.add(shelf.label)
            if any(getattr(row, name) == person_pk for name in pointing.get(shelf.model, ())):
                found.add(shelf.label)
    return found


def test_nothing_of_the_person_is_left_but_what_is_declared_kept(known: Person) -> None:
    pk, uid = known.pk, str(known.uid)
    own = {
        key.key: [row.pk for row in apps.get_model(key.model)._default_manager.filter(**{key.path: known})]
        for key in person_keys
    }
    others = {
        key: apps.get_model(key.model)._default_manager.count()
        for key in person_keys
        if key.at_erasure is not AtErasure.GOES and not apps.get_model(key.model)._default_manager.filter(
            **{one.path: known for one in person_keys if one.model == key.model and one.at_erasure is AtErasure.GOES}
        ).exists()
    }  # fmt: skip
    words = [*NAMES.values(), uid, *_own_words(known)]
    assert len(words) > 20
    assert _traces(pk, words) > KEPT
    released = list(ReleasedTable.objects.order_by("pk").values_list("pk", "content"))
    places = StatusPlace.objects.count()

    erase(known, by=None)

    assert _traces(pk, words) <= KEPT
    for key in person_keys:
        left = apps.get_model(key.model)._default_manager.filter(pk__in=own[key.key]).count()
        if key.at_erasure is AtErasure.GOES:
            assert left == 0, key.key
    for key, count in others.items():
        assert apps.get_model(key.model)._default_manager.count() == count, f"{key.key}: a row of somebody else is gone"
    assert list(ReleasedTable.objects.order_by("pk").values_list("pk", "content")) == released
    assert StatusPlace.objects.count() == places
    assert audit.first_broken() is None
    row = AuditEntry.objects.latest("pk")
    assert (row.action, row.target) == ("person.erase", f"person:{uid}")
    assert row.detail["people.Person"] == 1


def _own_words(person: Person) -> list[str]:
    """Longer texts that stand in nothing but the person's own rows."""
    given = json.loads(as_json(person))
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for name, each in value.items():
                if name in {"outcome", "sentence", "text", "result", "why", "comment", "uid"} and isinstance(each, str):
                    found.add(each)
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    mine = {"growth.Plan", "growth.Evidence", "growth.Credential", "learning.Application", "learning.CohortMember"}
    for holding in given["held"]:
        if holding["model"] in mine:
            walk(holding["rows"])
    # "Clear in all criteria ..." was said to many; what only this person's rows say is what must be gone.
    shared = {str(value) for value in Person.objects.values_list("occupation", flat=True)}
    return [
        text for text in found if _is_uid(text) or (len(text) > 60 and text not in shared and "criteria" not in text)
    ]


def _is_uid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def test_files_on_the_disk_and_seals_go_with_the_person(known: Person, django_capture_on_commit_callbacks: Any) -> None:
    credential = Credential.objects.filter(person=known).first()
    assert credential is not None
    place = StatusPlace.objects.get(credential=credential)
    with django_capture_on_commit_callbacks(execute=True):
        erase(known, by=None)
    place.refresh_from_db()
    assert place.credential is None, "a place whose credential is gone says that it does not hold"
    assert not SignedDocument.objects.filter(credential=credential.pk).exists()


def test_a_stand_in_has_no_name_and_tells_nothing_of_whose_it_is(known: Person) -> None:
    before = set(Person.objects.values_list("pk", flat=True))
    erase(known, by=None)
    (stand_in,) = Person.objects.exclude(pk__in=before)
    assert (stand_in.name, stand_in.email, stand_in.is_active) == ("Somebody who has left", None, False)
    assert not stand_in.has_usable_password()
    assert stand_in.created_at == dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    assert stand_in.looks_at_others.exists()


def test_reports_and_sealed_answers_of_others_lose_the_name_and_keep_the_answers(known: Person) -> None:
    release = Release.objects.exclude(three_sixty__round__subject=known).order_by("pk")[0]
    release.content["named"] = [
        {"name": known.name, "relation": "lead", "themes": {}, "remarks": {"strength": "Listens."}},
        {"name": "Somebody Else", "relation": "coach", "themes": {}, "remarks": {}},
    ]
    release.save()
    going_on = ThreeSixty.objects.filter(state=ThreeSixtyState.OPEN).exclude(round__subject=known).order_by("pk")[0]
    Rater.objects.filter(three_sixty=going_on, person=known).delete()
    asked = Rater.objects.create(three_sixty=going_on, person=known, name=known.name, relation="lead")
    Invitation.objects.create(rater=asked, digest="9" * 64, sent_on=clock.today())
    secret = new_secret()
    put(going_on, secret, Letter("lead", known.name, True, {}, {"strength": "Brave."}))

    erase(known, by=None)

    release.refresh_from_db()
    assert [one.name for one in report_of(release).named] == ["Somebody who has left", "Somebody Else"]
    letter = find(going_on, secret)
    assert letter == Letter("lead", "", True, {}, {"strength": "Brave."})
    assert Envelope.objects.filter(three_sixty=going_on).exists()
    assert not Rater.objects.filter(pk=asked.pk).exists()
