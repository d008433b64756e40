"""Writes of bringing members in: begin, read, run, cancel. What is stored is stored at once, with one audit row."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.exchange.models import ColumnChoice, ImportState, PeopleImport, UnitSpelling
from trellis.exchange.people.applying import apply, widen_cache
from trellis.exchange.people.new_units import plant_new
from trellis.exchange.people.plan import Plan, learned_columns, plan_on, stage_of, with_answers
from trellis.exchange.people.reading import Reading, Watch, look_at, read_into, unwatched
from trellis.exchange.people.stage import Tables, sweep
from trellis.exchange.tables.mapping import Header, plain
from trellis.exchange.tables.place import TableError
from trellis.framework import uploads
from trellis.people.models import Unit

_KEPT = dt.timedelta(days=730)
_WAITING = (ImportState.READING, ImportState.PLANNED, ImportState.STORING)


class PlanChangedError(Exception):
    """The site is no longer as it was when the plan was shown."""


@transaction.atomic
def begin_import(
    unit: Unit, *, file: str, kept: str = "", is_whole: bool = False, by: audit.Actor | None
) -> PeopleImport:
    """Begin the import of a list of members; `kept` names the uploaded file, `file` is what its owner calls it."""
    made_by = getattr(by, "pk", None)
    found = PeopleImport.objects.create(unit=unit, made_by_id=made_by, file=file, kept=kept, is_whole=is_whole)
    audit.record(by=by, action="exchange.people.begin", target=f"unit:{unit.uid}", detail={"import": str(found.uid)})
    return found


def read_list(found: PeopleImport, path: Path, *, watch: Watch = unwatched) -> Reading:
    """Read the list of an import into its stage, with the columns that were said for it or for one like it.

    Raises TableError; then the import has failed, and nothing of it is left.
    """
    try:
        first = look_at(path, found.file)
        learned = learned_columns(found, fingerprint(first.header))
        if found.columns is None and learned is not None:
            found.columns = learned.columns
        if learned is not None and "states" not in found.said:
            found.said["states"] = learned.states
        reading = read_into(stage_of(found), path, found.file, found.columns, watch)
    except TableError as error:
        fail(found, str(error), by=found.made_by)
        raise
    found.state = ImportState.PLANNED
    found.read = {**found.read, "header": fingerprint(first.header), "of": dict(reading.header.of)}
    found.save(update_fields=["state", "columns", "said", "read"])
    return reading


@transaction.atomic
def say(found: PeopleImport, *, by: audit.Actor | None, **answers: Mapping[str, str] | str) -> None:
    """Keep answers: `order`, and `states`, `places` and `persons` by what they are about."""
    with_answers(found, **answers)
    found.save(update_fields=["said"])
    detail = {"import": str(found.uid), "about": sorted(answers)}
    audit.record(by=by, action="exchange.people.say", target=f"unit:{found.unit.uid}", detail=detail)


@transaction.atomic
def choose_columns(found: PeopleImport, columns: Mapping[str, int], header: Header, *, by: audit.Actor | None) -> None:
    """Say what the columns of a list mean, for it and the next one with this header; it has to be read anew."""
    found.columns, found.state = dict(columns), ImportState.READING
    found.save(update_fields=["columns", "state"])
    ColumnChoice.objects.update_or_create(
        scope=found.unit, header=fingerprint(header), defaults={"columns": found.columns}
    )
    audit.record(
        by=by, action="exchange.people.columns", target=f"unit:{found.unit.uid}", detail={"columns": found.columns}
    )


def run_import(
    found: PeopleImport,
    *,
    seen: Mapping[str, int] | None = None,
    agreed: Callable[[Plan, Tables], bool] = lambda plan, tables: True,
    by: audit.Actor | None,
    watch: Watch = unwatched,
) -> Plan:
    """Store what an import says, in one transaction; `seen` are the numbers of the plan that a person agreed to.

    Without them, `agreed` is shown the plan that will be stored, and may say no: then the import still waits. It must
    not wait for a person, because others cannot write meanwhile. Raises PlanChangedError when the plan is another one
    by now, and ValidationError for a unit that cannot be made; then nothing is stored.
    """
    stage = stage_of(found)
    widen_cache()
    with stage.open() as tables:
        watch(_("Comparing"), 0, 1)
        with transaction.atomic():
            _refuse_second_run(found)
            plan = plan_on(tables, found)
            if seen is not None and plan.codes != dict(seen):
                raise PlanChangedError
            if not agreed(plan, tables):
                return plan
            watch(_("Storing"), 0, 1)
            plant_new(tables, found.unit, by=by)
            found.unit.refresh_from_db(fields=["lft", "rgt"])
            apply(tables, found.unit, plan.tally)
            tables.measure("person", "membership")
            _learn(found)
            found.state, found.counts, found.ended_at = ImportState.DONE, plan.codes, clock.now()
            found.save(update_fields=["state", "counts", "ended_at"])
            detail = {"import": str(found.uid), **plan.codes}
            audit.record(by=by, action="exchange.people.import", target=f"unit:{found.unit.uid}", detail=detail)
        watch(_("Storing"), 1, 1)
    _forget(found)
    return plan


@transaction.atomic
def agree(found: PeopleImport, seen: str, *, by: audit.Actor | None) -> bool:
    """Say that a plan is to be stored; `seen` is the fingerprint of the numbers that a person read.

    Returns whether it is; a plan that is another by now, or is stored already, waits on.
    """
    kept = PeopleImport.objects.select_for_update().get(pk=found.pk)
    if kept.state != ImportState.PLANNED or seen != print_of(kept.counts):
        return False
    found.state, found.trouble = ImportState.STORING, ""
    found.save(update_fields=["state", "trouble"])
    audit.record(
        by=by, action="exchange.people.agree", target=f"unit:{found.unit.uid}", detail={"import": str(found.uid)}
    )
    return True


def print_of(counts: Mapping[str, int]) -> str:
    """Return what tells the numbers of one plan from those of another."""
    return hashlib.sha256(repr(sorted(counts.items())).encode()).hexdigest()


@transaction.atomic
def cancel_import(found: PeopleImport, *, by: audit.Actor | None, may_be_dead: bool = False) -> None:
    """Give an import up that is not stored yet; its file and rows are forgotten."""
    kept = PeopleImport.objects.select_for_update().values_list("state", flat=True).get(pk=found.pk)
    if kept not in _WAITING or (kept == ImportState.STORING and not may_be_dead):
        raise ValidationError(_("This import is being stored, or over already."))
    found.state, found.ended_at = ImportState.CANCELLED, clock.now()
    found.save(update_fields=["state", "ended_at"])
    audit.record(
        by=by, action="exchange.people.cancel", target=f"unit:{found.unit.uid}", detail={"import": str(found.uid)}
    )
    _forget(found)


@transaction.atomic
def fail(found: PeopleImport, reason: str, *, by: audit.Actor | None = None) -> None:
    """Note that an import cannot be done, and why; its file and rows are forgotten."""
    found.state, found.trouble, found.ended_at = ImportState.FAILED, reason[:500], clock.now()
    found.save(update_fields=["state", "trouble", "ended_at"])
    audit.record(
        by=by, action="exchange.people.fail", target=f"unit:{found.unit.uid}", detail={"import": str(found.uid)}
    )
    _forget(found)


def forget_old_imports() -> str:
    """Forget the rows of imports that nobody has confirmed within a day, and, after two years, that there was one.

    The daily job. Returns a line.
    """
    from_then = clock.now().timestamp() - uploads.LONGEST_WAIT
    for found in PeopleImport.objects.filter(state__in=_WAITING):
        if found.created_at.timestamp() < from_then:
            cancel_import(found, by=None, may_be_dead=True)
    old, _rows = PeopleImport.objects.filter(ended_at__lt=clock.now() - _KEPT).delete()
    if old:
        audit.record(by=None, action="exchange.people.forget", target="imports:old", detail={"count": old})
    in_use = PeopleImport.objects.filter(state__in=_WAITING).values_list("uid", flat=True)
    return f"{sweep(frozenset(uid.hex for uid in in_use))} forgotten"


def fingerprint(header: Header) -> str:
    """Return what tells one header from another."""
    return hashlib.sha256("|".join(map(plain, header.row.cells)).encode()).hexdigest()


def _refuse_second_run(found: PeopleImport) -> None:
    state = PeopleImport.objects.select_for_update().values_list("state", flat=True).get(pk=found.pk)
    if state not in (ImportState.PLANNED, ImportState.STORING):
        raise ValidationError(_("This import is over already."))


def _learn(found: PeopleImport) -> None:
    """Keep what was said of places and states of membership for the next list of this unit."""
    if found.said.get("states"):
        ColumnChoice.objects.update_or_create(
            scope=found.unit,
            header=found.read["header"],
            defaults={"columns": found.read["of"], "states": found.said["states"]},
        )
    places: Mapping[str, str] = found.said.get("places", {})
    units = {
        str(unit.uid): unit for unit in Unit.objects.filter(uid__in=[uid for uid in places.values() if len(uid) == 36])
    }
    rows = [
        UnitSpelling(scope=found.unit, spelling=token, unit=units[uid])
        for token, uid in places.items()
        if uid in units and len(token) <= 250
    ]
    UnitSpelling.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["scope", "spelling"], update_fields=["unit"], batch_size=500
    )


def _forget(found: PeopleImport) -> None:
    stage_of(found).drop()
    if found.kept:
        uploads.forget(found.kept)
