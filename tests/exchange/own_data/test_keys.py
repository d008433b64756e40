"""Every way in which a row names a person is declared, and what is declared is what the database does."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CASCADE, SET_NULL, Field, Model

from trellis.core.privacy import PrivacyClass
from trellis.core.registry import AtErasure, PersonKey, erasures, person_keys
from trellis.exchange.whole.shelves import privacy_of
from trellis.people.models import Person

PERSONAL = {PrivacyClass.PERSONAL, PrivacyClass.SENSITIVE, PrivacyClass.SECRET}
KEYS = list(person_keys)
# What hangs on rows of a person, is personal, and is not given: why.
WITHHELD = {
    "account.EmailConfirmation": "a link in a mail, for three days",
    "socialaccount.SocialToken": "empty: no token of a directory is kept",
    "assessment.Envelope": "sealed answers of others; nobody can open them before the 360 is closed",
    "assessment.Invitation": "digests of links that went to others",
    "learning.Letter": "that a mail waits to be sent, until it is sent",
}


def fields_to_people() -> "Iterator[tuple[type[Model], Field[Any, Any]]]":
    """Every field of every model that points at a person."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if field.related_model is Person:
                yield model, field


def test_a_key_to_a_person_without_a_line_fails() -> None:
    declared = {key.key for key in KEYS if "__" not in key.path}
    assert {f"{model._meta.label}.{field.name}" for model, field in fields_to_people()} == declared


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.key)
def test_what_becomes_of_a_row_is_what_its_field_can_do(key: PersonKey) -> None:
    model, first = apps.get_model(key.model), key.path.partition("__")[0]
    field = model._meta.get_field(first)
    assert isinstance(field, Field)
    on_delete = field.remote_field.on_delete
    if key.at_erasure is AtErasure.GOES:
        assert on_delete is CASCADE
    elif key.at_erasure is AtErasure.EMPTIED:
        assert field.null
        assert on_delete is SET_NULL
    else:
        assert not field.null


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.key)
def test_a_row_that_stays_or_is_not_given_says_why_and_the_fields_that_are_given_exist(key: PersonKey) -> None:
    assert str(key.label)
    if key.at_erasure is not AtErasure.GOES or not key.is_given:
        assert str(key.why).endswith(".")
    if key.at_erasure is not AtErasure.GOES:
        assert key.fields, "of rows of others only what is the person's is given"
    for label, fields in ((key.model, key.fields), *((part.model, part.fields) for part in key.parts)):
        known = {field.name for field in apps.get_model(label)._meta.concrete_fields}
        assert set(fields) <= known


def test_everything_personal_that_hangs_on_a_person_is_given_or_somebody_has_said_why_not() -> None:
    given = {key.model for key in KEYS} | {part.model for key in KEYS for part in key.parts} | {"people.Person"}
    reached: set[type[Model]] = {Person}
    while True:
        more = {
            model
            for model in apps.get_models(include_auto_created=True)
            for field in model._meta.local_fields
            if field.related_model in reached and field.remote_field.on_delete is CASCADE
        } - reached
        if not more:
            break
        reached |= more
    personal = {
        model._meta.label for model in reached if (found := privacy_of(model)) is not None and found.cls in PERSONAL
    }
    assert personal - given == set(WITHHELD)


def test_what_stays_is_said_in_whole_sentences() -> None:
    said = [str(entry.keeps) for entry in erasures if entry.keeps]
    assert len(said) >= 4
    assert all(sentence.endswith(".") for sentence in said)
