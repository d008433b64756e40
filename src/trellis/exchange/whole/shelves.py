"""What the whole is made of: every model that leaves, in an order in which it can be stored again, and its fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, FileField, Model, QuerySet

from trellis.core.privacy import Privacy, PrivacyClass
from trellis.core.registry import leaving, privacy_of_others


class UndeclaredSecretError(LookupError):
    """A secret of which nobody has said whether it goes along."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One model that leaves: the fields in its file, and what stands in those that stay."""

    model: type[Model]
    fields: "tuple[Field[Any, Any], ...]"
    instead: Mapping[str, str]

    @property
    def label(self) -> str:
        """Name of the model, such as `people.Person`."""
        return self.model._meta.label

    @property
    def part(self) -> str:
        """Name of its file."""
        return f"data/{self.label.lower()}.jsonl"

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the fields as they stand in its file; what points at another row has its number."""
        return tuple(field.attname for field in self.fields)

    @property
    def files(self) -> tuple[str, ...]:
        """Names of the fields that hold an uploaded file."""
        return tuple(field.attname for field in self.fields if isinstance(field, FileField))

    def rows(self) -> QuerySet[Any]:
        """Return every row, past any manager that would leave some out, in the order of their numbers."""
        return self.model._base_manager.order_by("pk")


def privacy_of(model: type[Model]) -> Privacy | None:
    """Return what a model declares, or what is declared for it; None for a table that only joins two others."""
    declared: Privacy | None = getattr(model, "privacy", None)
    if declared is not None:
        return declared
    entry = privacy_of_others.get(model._meta.label)
    return entry.privacy if entry else None


def shelves() -> tuple[Shelf, ...]:
    """Return all that leaves, each after what its rows point at; raises UndeclaredSecretError."""
    found = {model: _shelf(model) for model in _models() if not _stays(model)}
    ordered: dict[type[Model], Shelf] = {}
    for model in found:
        _after_what_it_needs(model, found, ordered)
    return tuple(ordered.values())


def staying() -> Iterator[tuple[str, str]]:
    """Yield what stays, by label of the model or field, and why."""
    return ((entry.key, entry.why) for entry in leaving if not entry.leaves)


def _models() -> list[type[Model]]:
    known = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    return sorted((model for model in known if not model._meta.proxy), key=lambda model: model._meta.label)


def _stays(model: type[Model]) -> bool:
    """Whether a model stays; a table that joins others stays with the first of them that does."""
    if model._meta.auto_created:
        joined = (field.related_model for field in model._meta.local_fields if field.related_model)
        return any(_stays(one) for one in joined if isinstance(one, type))
    entry = leaving.get(model._meta.label)
    return entry is not None and not entry.leaves


def _shelf(model: type[Model]) -> Shelf:
    label, privacy = model._meta.label, privacy_of(model)
    if privacy is not None and privacy.cls is PrivacyClass.SECRET and leaving.get(label) is None:
        raise UndeclaredSecretError(label)
    fields, instead = [], {}
    for field in model._meta.local_concrete_fields:
        entry = leaving.get(f"{label}.{field.name}")
        if entry is None and privacy is not None and privacy.fields.get(field.name) is PrivacyClass.SECRET:
            raise UndeclaredSecretError(f"{label}.{field.name}")
        if entry is None or entry.leaves:
            fields.append(field)
        else:
            instead[field.attname] = entry.instead
    return Shelf(model, tuple(fields), instead)


def _after_what_it_needs(
    model: type[Model], found: Mapping[type[Model], Shelf], ordered: dict[type[Model], Shelf]
) -> None:
    if model in ordered:
        return
    for field in model._meta.local_concrete_fields:
        needed = field.related_model
        if isinstance(needed, type) and needed is not model and needed in found:
            _after_what_it_needs(needed, found, ordered)
    ordered[model] = found[model]
