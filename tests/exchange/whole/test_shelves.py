"""What leaves with the whole: every model, or a reason why it stays; and a README that explains each field."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import Model

from trellis.core.privacy import PrivacyClass
from trellis.core.registry import Leaving, leaving
from trellis.exchange.whole.schema import readme
from trellis.exchange.whole.shelves import UndeclaredSecretError, privacy_of, shelves


def _managed() -> Iterator[type[Model]]:
    return (model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy)


def test_every_model_leaves_or_somebody_has_said_why_not() -> None:
    gone = {shelf.label for shelf in shelves()}
    stays = {entry.key for entry in leaving if not entry.leaves}
    joining = {"auth.Group_permissions"}  # joins two that stay
    assert {model._meta.label for model in _managed()} - gone == {
        label for label in stays if label.count(".") == 1
    } | joining


def test_every_line_about_a_secret_is_about_one_that_there_is() -> None:
    known = {model._meta.label: model for model in _managed()}
    for entry in leaving:
        label, field = ".".join(entry.key.split(".")[:2]), entry.key.split(".")[2:]
        assert label in known, entry.key
        assert entry.why.endswith("."), entry.key
        privacy = privacy_of(known[label])
        if field and privacy is not None:
            assert privacy.fields[field[0]] is PrivacyClass.SECRET, entry.key


def test_a_secret_of_which_nobody_said_whether_it_leaves_stops_everything() -> None:
    leaving.unregister("growth.OwnKey")
    try:
        with pytest.raises(UndeclaredSecretError, match=r"growth\.OwnKey"):
            shelves()
    finally:
        leaving.register(Leaving("growth.OwnKey", leaves=True, why="It is sealed."))


def test_nothing_that_lets_somebody_in_leaves() -> None:
    found = {shelf.label: shelf for shelf in shelves()}
    assert "password" not in found["people.Person"].names
    assert not {"core.BrowserSession", "mfa.Authenticator", "account.EmailConfirmation"} & found.keys()


def test_rows_come_after_those_that_they_point_at() -> None:
    seen: set[type[Model]] = set()
    for shelf in shelves():
        needed = {field.related_model for field in shelf.fields if field.related_model is not None}
        assert needed - {shelf.model} <= seen, shelf.label
        seen.add(shelf.model)


def test_the_readme_explains_every_field_and_what_stays() -> None:
    text = readme(shelves())
    for shelf in shelves():
        section = text.partition(f"### `{shelf.part}`")[2].partition("### ")[0]
        assert section, shelf.label
        for name in shelf.names:
            assert f"| `{name}` | " in section, f"{shelf.label}.{name}"
    assert "`people.Person.password`: Passwords, even hashed, stay" in text
    assert "whole number | theme code" not in text
