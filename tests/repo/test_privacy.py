"""Every table says how private it is and how long it is kept, and nothing personal hides in a public one."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from trellis.core import registry
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.people.models import Person

PERSONAL = {PrivacyClass.PERSONAL, PrivacyClass.SENSITIVE, PrivacyClass.SECRET}
LOOKS_PERSONAL = re.compile(
    r"(^|_)(e?mail|name|phone|mobile|address|street|birth|born|gender|sex|race|ethnic\w*|religion|photo|portrait|"
    r"signature|ip|user_agent|salary|occupation|employer|password|secret|token)(_|$)"
)
# Models whose `name` is the name of a thing, and never of a person.
NAMES_OF_THINGS = {
    "framework.AttributeGroup",
    "framework.Domain",
    "framework.Edition",
    "framework.Framework",
    "framework.Level",
    "framework.Theme",
    "people.Role",
    "people.Unit",
    "assessment.Instrument",
    "assessment.Round",
    "insight.Wave",
}


def _ours() -> Iterator[type[Model]]:
    return (model for model in apps.get_models() if model.__module__.startswith("trellis."))


def _others() -> Iterator[type[Model]]:
    return (model for model in apps.get_models() if not model.__module__.startswith("trellis."))


def test_every_model_of_ours_declares_its_class_and_retention() -> None:
    undeclared = []
    for model in _ours():
        privacy = getattr(model, "privacy", None)
        if not (isinstance(privacy, Privacy) and isinstance(privacy.cls, PrivacyClass) and privacy.retention.strip()):
            undeclared.append(model._meta.label)
    assert undeclared == []


def test_fields_that_are_declared_apart_exist() -> None:
    for model in _ours():
        privacy: Privacy = model.privacy  # type: ignore[attr-defined]
        assert set(privacy.fields) <= {field.name for field in model._meta.get_fields()}, model._meta.label


def test_every_model_of_another_package_is_declared_once() -> None:
    assert {entry.key for entry in registry.privacy_of_others} == {model._meta.label for model in _others()}
    assert all(entry.privacy.retention.strip() for entry in registry.privacy_of_others)


def test_what_looks_personal_is_declared_personal() -> None:
    open_fields = []
    for model in _ours():
        privacy: Privacy = model.privacy  # type: ignore[attr-defined]
        for field in model._meta.local_fields:
            if field.name == "name" and model._meta.label in NAMES_OF_THINGS:
                continue
            personal = LOOKS_PERSONAL.search(field.name) or field.related_model is Person
            if personal and privacy.cls not in PERSONAL and field.name not in privacy.fields:
                open_fields.append(f"{model._meta.label}.{field.name}")
    assert open_fields == []


def test_the_list_of_things_with_names_holds_no_model_that_is_gone() -> None:
    labels = {model._meta.label for model in _ours() if any(f.name == "name" for f in model._meta.local_fields)}
    assert labels >= NAMES_OF_THINGS
