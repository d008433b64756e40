"""Gathers everything that is held about a person, across all apps, from what they have registered."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from trellis.core.models import AuditEntry
from trellis.core.registry import PersonKey, PersonPart, person_keys
from trellis.exchange.own_data.values import given_fields, labels_of, plain, pointed_at, values_of
from trellis.people.models import Person

Opened = Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row in words, and what hangs on it, by kind."""

    values: Mapping[str, Any]
    parts: "Mapping[str, list[Row]]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Holding:
    """What is held of one kind: its heading, the model it comes from, names of its fields, and the rows."""

    label: str
    model: str
    labels: Mapping[str, str]
    rows: Sequence[Row]


def everything_about(person: Person) -> Iterator[Holding]:
    """Yield all that is held about a person, kind by kind; kinds of which nothing is held are left out.

    A handful of queries a kind, however many rows. What lies sealed under a key that is forgotten is empty.
    """
    account = given_fields(Person, ())
    yield Holding(_("My account"), "people.Person", labels_of(account), [Row(values_of(person, account))])
    for key in person_keys:
        if key.is_given and (found := _holding(key, person)).rows:
            yield found
    trail = _trail(person)
    if trail.rows:
        yield trail


def withheld() -> list[tuple[str, str]]:
    """Return what is not given, and why: heading and reason."""
    return [(str(key.label), str(key.why)) for key in person_keys if not key.is_given]


def _holding(key: PersonKey, person: Person) -> Holding:
    model = apps.get_model(key.model)
    fields, without = given_fields(model, key.fields), {key.path}
    opened: Opened = key.opened(person) if key.opened else lambda row: {}
    rows = list(
        model._default_manager.filter(key.only, **{key.path: person}).select_related(*pointed_at(fields)).order_by("pk")
    )
    hanging = _hanging(model, rows, key.parts, opened)
    labels = labels_of(fields)
    return Holding(
        str(key.label),
        key.model,
        labels,
        [Row(_said(values_of(row, fields, without=without), opened(row)), hanging[model, row.pk]) for row in rows],
    )


def _said(values: dict[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    return values | {name: plain(said) for name, said in words.items()}


def _hanging(
    model: type[Model], rows: Sequence[Model], parts: Sequence[PersonPart], opened: Opened
) -> dict[tuple[type[Model], Any], dict[str, list[Row]]]:
    """Return what hangs on each row, by model and key: parts hang on the rows themselves, or on parts before them."""
    above: dict[type[Model], list[Any]] = {model: [row.pk for row in rows]}
    found: list[tuple[PersonPart, type[Model], str, type[Model], list[Model]]] = []
    for part in parts:
        child = apps.get_model(part.model)
        link, parent = _link(child, above)
        asked = child._default_manager.filter(part.only, **{f"{link}__in": above[parent]})
        given = given_fields(child, part.fields)
        there = list(asked.select_related(link, *pointed_at(given)).order_by("pk"))
        above[child] = [row.pk for row in there]
        found.append((part, child, link, parent, there))
    hanging: dict[tuple[type[Model], Any], dict[str, list[Row]]] = defaultdict(dict)
    for part, child, link, parent, there in reversed(found):  # the innermost first, so that the outer ones hold them
        fields = given_fields(child, part.fields)
        for row in there:
            said = _said(values_of(row, fields, without={link}), opened(row))
            place = hanging[parent, getattr(row, f"{link}_id")].setdefault(part.model, [])
            place.append(Row(said, hanging[child, row.pk]))
    return hanging


def _link(child: type[Model], above: Mapping[type[Model], Any]) -> tuple[str, type[Model]]:
    """Return the field by which a model hangs on one of those above it, and which; the last one that was named."""
    for parent in reversed(list(above)):
        for each in child._meta.concrete_fields:
            if each.related_model is parent:
                return each.name, parent
    raise LookupError(f"{child._meta.label} hangs on none of {', '.join(model._meta.label for model in above)}")


def _trail(person: Person) -> Holding:
    asked = Q(actor=str(person.uid)) | Q(target=f"person:{person.uid}")
    rows = [
        Row({"at": at.isoformat(), "action": action, "by": _("me") if actor == str(person.uid) else _("somebody else")})
        for at, action, actor in AuditEntry.objects.filter(asked).order_by("pk").values_list("at", "action", "actor")
    ]
    return Holding(_("What I did here, and what was done with my account"), "core.AuditEntry", {}, rows)
