"""Erases a person: their rows go, rows of others lose their name, and the trail says that it was done."""

import datetime as dt

from django.apps import apps
from django.db import connection, transaction

from trellis.core import audit
from trellis.core.registry import AtErasure, PersonKey, erasures, person_keys
from trellis.core.sqlite.traces import forget_deleted
from trellis.people.models import Person

ERASED = "person.erase"
# The same for every stand-in: when it was made would tell whose it is.
_LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@transaction.atomic
def erase(person: Person, *, by: audit.Actor | None) -> None:
    """Erase a person now and for good: all of it, or nothing.

    What is theirs goes with them. In rows of others the name goes, or a stand-in without one takes its place. Call
    `afterwards` when that is stored for good.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    counts: dict[str, int] = {}
    for entry in erasures:
        counts |= entry.before(person) if entry.before else {}
    stand_in: Person | None = None
    for key in person_keys:
        if key.at_erasure is AtErasure.GOES:
            continue  # with the person, whose row goes last
        rows = apps.get_model(key.model)._default_manager.filter(**{key.path: person})
        if key.at_erasure is AtErasure.EMPTIED:
            counts[key.key] = rows.update(**{key.path: None})
        elif rows.exists():
            stand_in = stand_in or _stand_in()
            counts[key.key] = rows.update(**{key.path: stand_in})
    uid = person.uid
    _gone, by_model = person.delete()
    audit.record(
        by=by,
        action=ERASED,
        target=f"person:{uid}",
        detail={name: count for name, count in sorted((counts | by_model).items()) if count},
    )
    transaction.on_commit(lambda: forget_deleted(connection))


def _stand_in() -> Person:
    made = Person(is_active=False, created_at=_LONG_AGO)
    made.set_unusable_password()
    made.save()
    return made


def afterwards() -> list[str]:
    """Do what erasures leave to do outside of the database; returns a line for each."""
    return [entry.afterwards() for entry in erasures if entry.afterwards]


def kept_rows() -> list[PersonKey]:
    """Return the ways in which rows of others named somebody, and stay without the name; each says why."""
    return [key for key in person_keys if key.at_erasure is not AtErasure.GOES]
