"""Long work on an import, outside of a request: a process of its own reads and stores, and says how far it is."""

import subprocess
import sys
import time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from trellis.core import clock
from trellis.exchange.models import ImportState, PeopleImport
from trellis.exchange.people.actions import PlanChangedError, fail, read_list, run_import
from trellis.exchange.people.places import Spelling
from trellis.exchange.people.plan import Plan, plan_of, stage_of
from trellis.exchange.people.reading import Reading
from trellis.exchange.people.refused import first_refused
from trellis.exchange.tables.mapping import clean
from trellis.exchange.tables.place import TableError
from trellis.framework import uploads

# A list of this size is read and compared in a second or two: nobody needs a page that says how far it is.
SMALL = 1024 * 1024
FIRST = 5  # refused rows that stand on the page itself
# So long nothing has been heard of it, and it is taken for dead: a process that works says so every second.
SILENT = {ImportState.READING: 60.0, ImportState.STORING: 600.0}


def start(found: PeopleImport) -> None:
    """Do what the state of an import asks for: at once when it is small, otherwise in a process of its own."""
    _heard(found, 0, "")
    if _is_quick(found):
        carry_on(found)
        return
    # It outlives the request and the server that answered it; what it needs to know stands in the database.
    subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "trellis.project", "work_on_import", str(found.uid)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def after_answer(found: PeopleImport) -> bool:
    """Work out the plan anew, now that something was said; returns whether it is there, or a process works on it."""
    if _is_quick(found):
        look_again(found)
        return True
    found.state = ImportState.READING
    found.save(update_fields=["state"])
    start(found)
    return False


def seems_dead(found: PeopleImport) -> bool:
    """Say whether the process that works on an import has been silent for too long."""
    most = SILENT.get(ImportState(found.state))
    return most is not None and (clock.now() - found.beat_at).total_seconds() > most


def carry_on(found: PeopleImport) -> None:
    """Read or store, whatever comes next, and plan; an error is kept with the import, and nothing else changes."""
    path = uploads.path_of(found.kept)
    if found.is_over:
        return
    if path is None:
        fail(found, _("The file is gone: it is kept for a day. Choose it again."))
        return
    beat = Beat(found)
    try:
        if found.state == ImportState.READING:
            reading = read_list(found, path, watch=beat)
            found.read = found.read | _read(reading)
        if found.state == ImportState.STORING:
            run_import(found, seen=found.counts, by=found.made_by, watch=beat)
        else:
            look_again(found)
    except TableError:
        pass  # it has failed, and says why
    except PlanChangedError:
        found.state = ImportState.PLANNED
        found.trouble = _("Something has changed since you looked. Look at the plan again.")
        look_again(found)
    except ValidationError as error:
        found.state, found.trouble = ImportState.PLANNED, " ".join(error.messages)[:500]
        look_again(found)


def look_again(found: PeopleImport) -> Plan:
    """Work out the plan of what is staged, and keep its numbers and questions with the import."""
    plan = plan_of(found)
    found.counts = plan.codes
    with stage_of(found).open() as tables:
        first = first_refused(tables, FIRST)
    found.read = found.read | {
        "ambiguous": plan.open.ambiguous,
        "first": first,
        "states": plan.open.states[:50],
        "spellings": [_kept(spelling) for spelling in plan.spellings],
    }
    found.save(update_fields=["state", "counts", "read", "trouble"])
    return plan


class Beat:
    """Says once a second how far an import is."""

    def __init__(self, found: PeopleImport) -> None:
        self._found = found
        self._said = time.monotonic()

    def __call__(self, what: str, done: int, of: int) -> None:
        """Keep the step and its share, unless that was done a moment ago."""
        if time.monotonic() - self._said < 1 and done:
            return
        self._said = time.monotonic()
        _heard(self._found, 100 * done // max(of, 1), what)


def _is_quick(found: PeopleImport) -> bool:
    """Say whether somebody can wait for it; what a process of its own would see of a database in memory is nothing."""
    path = uploads.path_of(found.kept)
    in_memory = getattr(connection, "is_in_memory_db", bool)
    return bool(in_memory()) or (path is not None and path.stat().st_size <= SMALL)


def _heard(found: PeopleImport, percent: int, step: str) -> None:
    found.percent, found.step, found.beat_at = min(percent, 100), step[:60], clock.now()
    PeopleImport.objects.filter(pk=found.pk).update(percent=found.percent, step=found.step, beat_at=found.beat_at)


def _read(reading: Reading) -> dict[str, Any]:
    header = reading.header
    return {
        "rows": reading.rows,
        "notes": list(reading.notes),
        "columns": {key: clean(header.heading(place)) for key, place in header.of.items()},
        "unused": [heading for _place, heading in header.unused()],
    }


def _kept(spelling: Spelling) -> dict[str, Any]:
    return {
        "token": spelling.token,
        "worksite": spelling.worksite,
        "local": spelling.local,
        "rows": spelling.rows,
        "likely": [(str(unit.uid), unit.name, score) for unit, score in spelling.likely],
        "likeliest": str(spelling.likeliest.uid) if spelling.likeliest else "",
        "inside": spelling.inside.name if spelling.inside else "",
        "inside_kind": spelling.inside.kind if spelling.inside else "",
    }
