"""The audit trail: rows are chained, belong to the deed's transaction, and cannot be changed unnoticed."""

import datetime as dt
import itertools
import threading
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from trellis.core import audit, clock, frozen
from trellis.core.models import AuditEntry


@dataclass
class Someone:
    """An actor, as any model with a uid is one."""

    uid: uuid.UUID = field(default_factory=uuid.uuid4)


def record(number: int) -> AuditEntry:
    return audit.record(by=Someone(), action="test.deed", target=f"thing:{number}", detail={"number": number})


@pytest.fixture
def entries(db: None) -> list[AuditEntry]:
    """Four rows after those that loading the framework has left."""
    return [record(number) for number in range(4)]


@pytest.fixture
def unguarded(db: None) -> None:
    """A database in which somebody has taken the triggers away; the test's rollback puts them back."""
    editor = connection.schema_editor()
    for event in ("update", "delete"):
        frozen.lift(editor, table="core_auditentry", event=event)


def test_each_row_holds_the_hash_of_the_row_before(entries: list[AuditEntry]) -> None:
    for before, after in itertools.pairwise(entries):
        assert after.previous_hash == before.hash
    assert audit.first_broken() is None


def test_the_first_row_of_all_starts_from_nothing(db: None) -> None:
    first = AuditEntry.objects.order_by("pk").first() or record(1)
    assert first.previous_hash == audit.GENESIS


def test_a_row_says_who_did_what_to_what_and_when(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = dt.datetime(2026, 3, 4, 5, 6, 7, 8, tzinfo=dt.UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)
    someone = Someone()
    entry = audit.record(by=someone, action="people.sharing", target="person:1", detail={"to": "coach"})
    kept = AuditEntry.objects.get(pk=entry.pk)
    assert (kept.at, kept.actor, kept.action) == (moment, str(someone.uid), "people.sharing")
    assert (kept.target, kept.detail) == ("person:1", {"to": "coach"})


def test_what_the_system_does_by_itself_has_no_actor(db: None) -> None:
    assert audit.record(by=None, action="test.deed", target="thing:1").actor == ""


@pytest.mark.parametrize(
    "change",
    [
        {"at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        {"actor": "someone else"},
        {"action": "test.other"},
        {"target": "thing:99"},
        {"detail": {"number": 99}},
        {"previous_hash": "f" * 64},
        {"hash": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_row_that_was_edited_is_named(unguarded: None, entries: list[AuditEntry], change: dict[str, Any]) -> None:
    AuditEntry.objects.filter(pk=entries[1].pk).update(**change)
    assert audit.first_broken() == entries[1]


def test_a_row_that_was_removed_is_named_by_the_row_after_it(unguarded: None, entries: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=entries[1].pk).delete()
    assert audit.first_broken() == entries[2]


def test_a_row_outside_a_transaction_is_refused() -> None:
    """In a thread of its own, which has a connection without the test's transaction around it."""
    raised: list[BaseException] = []

    def attempt() -> None:
        try:
            record(1)
        except transaction.TransactionManagementError as error:
            raised.append(error)

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    assert "belongs in the transaction" in str(raised[0])


def test_a_deed_that_is_undone_leaves_no_row(db: None) -> None:
    before = AuditEntry.objects.count()

    @transaction.atomic
    def deed() -> None:
        record(1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        deed()
    assert AuditEntry.objects.count() == before


def test_the_database_refuses_to_change_a_row(entries: list[AuditEntry]) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(pk=entries[0].pk).update(action="test.other")


def test_the_database_refuses_to_remove_a_row(entries: list[AuditEntry]) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(pk=entries[0].pk).delete()


def test_a_row_refuses_to_delete_itself(entries: list[AuditEntry]) -> None:
    with pytest.raises(TypeError, match="append-only"):
        entries[0].delete()
