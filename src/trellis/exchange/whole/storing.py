"""Reads everything back into an empty Trellis: all of it, or nothing."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model

from trellis.core import audit
from trellis.exchange.whole.lines import LineError, row
from trellis.exchange.whole.manifest import Part
from trellis.exchange.whole.opening import Whole, WholeError
from trellis.exchange.whole.shelves import Shelf, shelves
from trellis.framework.models import Edition
from trellis.framework.search import index_edition

Said = Callable[[str, int, int], None]
_ROWS = 500
# A published edition takes no rows any more, so that each is a draft until all that stands in it is stored.
_HELD_BACK: Mapping[str, Mapping[str, Any]] = {Edition._meta.label: {"status": "draft", "published_at": None}}


def in_the_way() -> list[tuple[str, int]]:
    """Return which tables hold rows already, and how many; none in an empty Trellis."""
    return [(shelf.label, count) for shelf in shelves() if (count := shelf.rows().count())]


def store_whole(whole: Whole, *, by: audit.Actor | None, said: Said = lambda what, done, of: None) -> None:
    """Store what a file holds. Raises WholeError when something is here already, or a row is wrong; nothing is then."""
    if found := in_the_way():
        label, count = found[0]
        raise WholeError(f"This Trellis is not empty: {label} has {count} rows.")
    stored: list[str] = []
    try:
        with transaction.atomic():
            _store_rows(whole, said)
            _check_together()
            for edition in Edition.objects.select_related("framework").order_by("pk"):
                index_edition(edition)
            _check_trail()
            detail = {"rows": whole.rows, "files": len(whole.manifest.files)}
            audit.record(by=by, action="exchange.import_all", target="whole:file", detail=detail)
            _store_files(whole, stored)
    except BaseException:
        for name in stored:
            default_storage.delete(name)
        raise


def _store_rows(whole: Whole, said: Said) -> None:
    done, released = 0, []
    for shelf, part in whole.shelves:
        held_back = _HELD_BACK.get(shelf.label, {})
        for first, batch in _batches(whole, shelf, part):
            rows = []
            for number, raw in enumerate(batch, first):
                try:
                    rows.append(row(shelf, raw, held_back))
                    released += [row(shelf, raw, {})] if held_back else []
                except LineError as error:
                    raise WholeError(f"{part.name}, line {number}: {error}") from error
            _insert(shelf, rows, f"{part.name}, lines {first} to {first + len(rows) - 1}")
            done += len(rows)
            said(shelf.label, done, whole.rows)
    for kept in released:
        names = _HELD_BACK[kept._meta.label]
        type(kept)._base_manager.filter(pk=kept.pk).update(**{name: getattr(kept, name) for name in names})
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [shelf.model for shelf, _part in whole.shelves]):
            cursor.execute(statement)


def _batches(whole: Whole, shelf: Shelf, part: Part) -> Iterator[tuple[int, list[bytes]]]:
    lines, first = whole.lines(part), 1
    while batch := list(islice(lines, _ROWS)):
        yield first, batch
        first += len(batch)


def _insert(shelf: Shelf, rows: list[Model], place: str) -> None:
    try:
        with transaction.atomic():
            shelf.model._base_manager.bulk_create(rows)
    except (DatabaseError, OverflowError) as error:
        raise WholeError(f"{place}: {str(error).splitlines()[0]}") from error


def _check_together() -> None:
    """Whether every row that another points at is there."""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise WholeError(f"rows that others point at are missing: {str(error).splitlines()[0]}") from error


def _check_trail() -> None:
    if (broken := audit.first_broken()) is not None:
        raise WholeError(f"data/core.auditentry.jsonl: the audit trail was changed, at row {broken.pk}")


def _store_files(whole: Whole, stored: list[str]) -> None:
    for part in whole.manifest.files:
        name = part.name.removeprefix("files/")
        if default_storage.exists(name):
            raise WholeError(f"{part.name}: there is such a file here already")
        stored.append(default_storage.save(name, ContentFile(b"".join(whole.chunks(part)))))
