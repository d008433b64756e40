"""Writing to the audit trail and proving that nobody has changed it since."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any, Protocol

from django.db import connection, transaction

from trellis.core import clock
from trellis.core.models import AuditEntry

# Any constant will do, as long as every writer takes the same lock.
_CHAIN_LOCK = 0x7E11
GENESIS = "0" * 64


class Actor(Protocol):
    """Whoever did it: anything with a uid."""

    uid: uuid.UUID


def chained_hash(
    previous: str, *, at: dt.datetime, actor: str, action: str, target: str, detail: Mapping[str, Any]
) -> str:
    """Return the SHA-256 (hex) of a row joined to the hash of the row before it."""
    row = json.dumps([previous, at.isoformat(), actor, action, target, detail], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(row.encode()).hexdigest()


def record(*, by: Actor | None, action: str, target: str, detail: Mapping[str, Any] | None = None) -> AuditEntry:
    """Add a row in the caller's transaction, so that the deed and its record stand or fall together.

    `detail` holds codes and numbers only. Raises TransactionManagementError outside a transaction.
    """
    transaction.get_connection().validate_no_broken_transaction()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an audit row belongs in the transaction of what it records")
    if connection.vendor == "postgresql":
        # SQLite has one writer anyway; PostgreSQL must queue here, or two rows would share one predecessor.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    last = AuditEntry.objects.order_by("-pk").values_list("hash", flat=True).first()
    previous = last or GENESIS
    at, actor, kept = clock.now(), str(by.uid) if by is not None else "", dict(detail or {})
    return AuditEntry.objects.create(
        at=at,
        actor=actor,
        action=action,
        target=target,
        detail=kept,
        previous_hash=previous,
        hash=chained_hash(previous, at=at, actor=actor, action=action, target=target, detail=kept),
    )


def newest() -> int:
    """Return the number of the newest row, 0 in an empty trail; what is written from now on has a higher one."""
    return AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def first_broken() -> AuditEntry | None:
    """Walk the whole chain; return the first row that was edited, or whose predecessor is gone, else None."""
    previous = GENESIS
    for entry in AuditEntry.objects.order_by("pk").iterator(chunk_size=2000):
        expected = chained_hash(
            previous, at=entry.at, actor=entry.actor, action=entry.action, target=entry.target, detail=entry.detail
        )
        if entry.previous_hash != previous or entry.hash != expected:
            return entry
        previous = entry.hash
    return None
