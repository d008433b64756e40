"""Erasing somebody of whom every table knows something: nothing of them is left but what is declared kept."""

import datetime as dt
import io
import json
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import CASCADE, Model

from tests.assessment.three_sixty import lists
from tests.cast import Cast
from tests.exchange.everything import fill_the_rest
from tests.exchange.own_data.test_keys import fields_to_people
from tests.growth.evidence_pieces import PDF, send, upload
from trellis.assessment.models import Rater, Release
from trellis.assessment.releasing import report_of
from trellis.assessment.sealed import Letter, find, new_secret, put
from trellis.core import audit
from trellis.core.models import AuditEntry
from trellis.core.registry import AtErasure, PersonKey, person_keys
from trellis.exchange.models import StatusPlace
from trellis.exchange.own_data.document import as_json
from trellis.exchange.own_data.erasing import erase
from trellis.exchange.whole.lines import line
from trellis.exchange.whole.shelves import shelves
from trellis.framework.models import Edition
from trellis.growth.evidence_actions import Content
from trellis.growth.models import Credential, Evidence
from trellis.insight.models import ReleasedTable
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
    fill_the_rest(rosa)
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
    for row in model._default_manager.order_by("pk")[:400]:
        try:
            with transaction.atomic():
                _copy_known(key, row, person)
                return
        except IntegrityError:
            continue
    pytest.fail(f"no row of {key.model} could name the person in {key.path}")


def _copy_known(key: PersonKey, row: Any, person: Person) -> None:
    """The same with a copy of a row, where every row names the person in another way already."""
    row.pk, row.uid = None, uuid.uuid4()
    if isinstance(row, Evidence):
        row.any_coach = False
    others = iter(Person.objects.exclude(pk=person.pk).order_by("pk"))
    for model, field in fields_to_people():
        if model is type(row) and getattr(row, field.attname) is not None:
            setattr(row, field.attname, next(others).pk)
    setattr(row, f"{key.path}_id", person.pk)
    row.save()


def _traces(person_pk: int, words: list[str]) -> set[str]:
    """The models in which a row still says a word of the person, or points at them."""
    pointing: dict[type[Model], list[str]] = {}
    for model, field in fields_to_people():
        pointing.setdefault(model, []).append(field.attname)
    found = set()
    for shelf in shelves():
        for values in shelf.rows().values_list(*shelf.names):
            said = line(shelf.names, values).decode()
            row = dict(zip(shelf.names, values, strict=True))
            if any(word in said for word in words) or any(
                row[name] == person_pk for name in pointing.get(shelf.model, ())
            ):
                found.add(shelf.label)
    return found


def around(label: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """A model, and those whose rows take rows of it along when they go, near or far."""
    fields = [field for field in apps.get_model(label)._meta.concrete_fields if field.related_model is not None]
    above = {
        field.related_model._meta.label
        for field in fields
        if field.remote_field.on_delete is CASCADE and field.related_model is not Person
    } - seen
    return {label}.union(*(around(each, seen | above | {label}) for each in above))


def test_nothing_of_the_person_is_left_but_what_is_declared_kept(known: Person) -> None:
    pk, uid = known.pk, str(known.uid)
    own = {
        key.key: [row.pk for row in apps.get_model(key.model)._default_manager.filter(**{key.path: known})]
        for key in person_keys
    }
    others = {
        key: apps.get_model(key.model)._default_manager.count()
        for key in person_keys
        if key.at_erasure is not AtErasure.GOES
        and not any(
            own[one.key]
            for one in person_keys
            if one.at_erasure is AtErasure.GOES and one.model in around(key.model)
        )
    }  # fmt: skip
    words = [*NAMES.values(), uid, *_own_uids(known)]
    assert len(words) > 20
    assert len(others) >= 4
    assert _traces(pk, words) > KEPT
    released = list(ReleasedTable.objects.order_by("pk").values_list("pk", "content"))
    place = StatusPlace.objects.get(credential=Credential.objects.filter(person=known).order_by("pk")[0])
    before = set(Person.objects.values_list("pk", flat=True))

    erase(known, by=None)

    assert _traces(pk, words) <= KEPT
    for key in person_keys:
        left = apps.get_model(key.model)._default_manager.filter(pk__in=own[key.key]).count()
        if key.at_erasure is AtErasure.GOES:
            assert left == 0, key.key
    for key, count in others.items():
        assert apps.get_model(key.model)._default_manager.count() == count, f"{key.key}: a row of somebody else is gone"
    assert list(ReleasedTable.objects.order_by("pk").values_list("pk", "content")) == released
    place.refresh_from_db()
    assert place.credential is None, "a place whose credential is gone says that it does not hold"
    assert audit.first_broken() is None
    row = AuditEntry.objects.latest("pk")
    assert (row.action, row.target) == ("person.erase", f"person:{uid}")
    assert row.detail["people.Person"] == 1
    # Somebody without a name stands where others' rows need somebody; nothing says whose stand-in it is.
    (stand_in,) = Person.objects.exclude(pk__in=before)
    assert (stand_in.name, stand_in.email, stand_in.is_active) == ("Somebody who has left", None, False)
    assert not stand_in.has_usable_password()
    assert stand_in.created_at == dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    assert stand_in.looks_at_others.exists()


def _own_uids(person: Person) -> list[str]:
    """What identifies the rows that are the person's own."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            found.extend(each for name, each in value.items() if name == "uid")
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    gone = {str(key.label) for key in person_keys if key.at_erasure is AtErasure.GOES}
    for holding in json.loads(as_json(person))["held"]:
        if holding["what"] in gone:
            walk(holding["rows"])
    return found


def test_reports_and_sealed_answers_of_others_lose_the_name_and_keep_the_answers(cast: Cast) -> None:
    person = cast.colleague
    release = Release.objects.get(three_sixty=lists.released(cast.own, cast.coach))
    release.content["named"] = [
        {"name": person.name, "relation": "lead", "themes": {}, "remarks": {"strength": "Listens."}},
        {"name": "Somebody Else", "relation": "coach", "themes": {}, "remarks": {}},
    ]
    release.save()
    going_on = lists.opened(cast.private, cast.coach)
    asked = Rater.objects.create(three_sixty=going_on, person=person, name=person.name, relation="lead")
    Rater.objects.create(three_sixty=going_on, name="C.", email=person.email or "", relation="peer")
    secret = new_secret()
    put(going_on, secret, Letter("lead", person.name, True, {}, {"strength": "Brave."}))

    erase(person, by=None)

    release.refresh_from_db()
    assert [one.name for one in report_of(release).named] == ["Somebody who has left", "Somebody Else"]
    assert find(going_on, secret) == Letter("lead", "", True, {}, {"strength": "Brave."})
    assert not Rater.objects.filter(pk=asked.pk).exists()
    assert not Rater.objects.filter(email=person.email).exists()


def test_a_file_goes_from_the_disk_with_its_owner(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    content = Content(kind="file", part="took part", outcome="It is done.", upload=upload("minutes.pdf", PDF))
    piece = send(cast.own, to=cast.coach, content=content)
    assert default_storage.exists(piece.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast.own, by=None)
    assert not default_storage.exists(piece.file.name)


def test_somebody_of_whom_nobody_holds_a_row_needs_no_stand_in(cast: Cast) -> None:
    count = Person.objects.count()
    erase(cast.own, by=None)
    assert Person.objects.count() == count - 1
