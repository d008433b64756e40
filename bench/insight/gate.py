"""What a release of a national association costs: one table through the gate, all of it, and reading it back."""

import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection

from bench.tables import Goal
from trellis.core import clock
from trellis.insight import queries
from trellis.insight.engine import on_duckdb
from trellis.insight.facts import layout
from trellis.insight.facts.generations import Snapshot, Store
from trellis.insight.gate.auditing import audit
from trellis.insight.gate.questions import Questions
from trellis.insight.gate.raw import Raw
from trellis.insight.gate.releasing import contents, make, opened, protect_all
from trellis.insight.gate.rules import Rules
from trellis.insight.models import Release, ReleasedTable, Wave, WaveStatus
from trellis.people.models import Unit

_TOP = 1
_KINDS = ("national", "state", "local")
_QUESTIONS = ("participation", "standing", "growth", "self-other", "coverage", "pipeline")


def measure(folder: Path, repetitions: int, say: Callable[[str], None]) -> list[Goal]:
    """Return the goals of the gate and of reading a release, for the facts in a folder."""
    snapshot = Store(folder).current()
    wave = snapshot.manifest.waves[-1]
    with on_duckdb(snapshot) as tables:
        questions = opened(tables, snapshot.manifest, wave, {})
        one = [_one_table(questions) for _ in range(repetitions)]
        begun = time.perf_counter()
        made = make(opened(tables, snapshot.manifest, wave, _profiles(snapshot)), top=_TOP)
        whole = time.perf_counter() - begun
    rows = list(contents(made, snapshot.manifest, _TOP))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    states, locals_ = len(made.places.states) - 1, int((made.places.locals > 0).sum())
    say(
        f"\n== The gate ==\n{states} states, {locals_:,} locals: who answered, by unit, by 6 groups and by office:"
        f" {median(one):.2f} s, audit and all\na whole release: {whole:.0f} s, {len(rows):,} tables,"
        f" {made.withheld:,} counts hidden, peak {peak:,.0f} MB"
    )
    release, units = _stored(snapshot, rows, made)
    report = [_timed(lambda: _report(release, units[-1])) for _ in range(repetitions + 1)][1:]
    board = [_timed(lambda: _dashboard(release, units)) for _ in range(repetitions + 1)][1:]
    say(
        f"reading it back: one local, all questions {1000 * median(report):.1f} ms;"
        f" every state, standing {1000 * median(board):.1f} ms"
    )
    return [
        Goal("gate on a national table (states x 6 groups, all locals)", 2, median(one), " s"),
        Goal("one local's report from a release, warm", 50, 1000 * median(report), " ms", 1),
    ]


def _profiles(snapshot: Snapshot) -> dict[str, dict[str, int]]:
    return {
        role: dict.fromkeys(snapshot.manifest.columns[:12], 2) for role in list(snapshot.manifest.roles.values())[:3]
    }


def _one_table(questions: Questions) -> float:
    """Return the seconds that the gate takes for who answered, with everything that is broken down of it."""
    raws: list[Raw] = [questions.who_answered(questions.laid(None), questions.wave)]
    wanted = [one for one in questions.manifest.attributes if len(one.groups) == 6 or one.code == "office"]
    raws += [questions.who_answered(questions.laid(one), questions.wave) for one in wanted]
    begun = time.perf_counter()
    rules = Rules(questions.places, questions.threshold, {}, {})
    done = protect_all(raws, rules)
    if audit(list(done.values()), questions.places, rules):
        raise SystemExit("the gate's own audit finds something")
    return time.perf_counter() - begun


def _stored(snapshot: Snapshot, rows: Sequence[Any], made: Any) -> tuple[Release, list[Unit]]:
    """Store the release as release_actions does, for an association whose units stand in the facts only."""
    table = next(layout.read(path) for path in snapshot.folder.glob(layout.everything(layout.UNITS)))
    units = [
        Unit(
            pk=row["unit"],
            tree_id=1,
            depth=1 + _KINDS.index(row["kind"]),
            **{name: row[name] for name in ("kind", "name", "lft", "rgt")},
        )
        for row in table.to_pylist()
    ]
    Unit.objects.bulk_create(units, batch_size=1000)
    facts = snapshot.manifest.waves[-1]
    wave = Wave.objects.create(
        code=facts.code, name=facts.name, opens_on=facts.opens_on, closes_on=facts.closes_on,
        status=WaveStatus.CLOSED, closed_at=clock.now(),
    )  # fmt: skip
    manifest, raws = snapshot.manifest, [one.raw for one in made.tables]
    content = {
        "top": _TOP, "edition": "drawn", "then": manifest.waves[0].code, "withheld": made.withheld, "state_of": {},
        "themes": [{"column": one.column, "code": one.code, "uid": one.uid} for one in manifest.themes],
        "attributes": [{"code": a.code, "groups": list(a.groups), "lowest": a.lowest} for a in manifest.attributes],
        "columns": {raw.question: list(raw.columns) for raw in raws if not raw.attribute},
        "columns_by": {raw.question: list(raw.columns) for raw in raws if raw.attribute},
    }  # fmt: skip
    release = Release.objects.create(wave=wave, facts_at=clock.now(), threshold=10, content=content)
    ReleasedTable.objects.bulk_create(
        (
            ReleasedTable(release=release, question=question, attribute=attribute, unit_id=unit, content=found)
            for question, attribute, unit, found in rows
        ),
        batch_size=500,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    shown = set(ReleasedTable.objects.filter(question="growth").values_list("unit", flat=True))
    return release, [unit for unit in units if unit.kind == "state" or unit.pk in shown]


def _report(release: Release, unit: Unit) -> None:
    for question in _QUESTIONS:
        queries.released_table(release, question, unit)  # type: ignore[arg-type]


def _dashboard(release: Release, units: Sequence[Unit]) -> None:
    states = [unit for unit in units if unit.kind == "state"]
    for table in queries.released_tables(release, "standing", states).values():
        [str(cell.values.get("level2")) for cell in table.cells]


def _timed(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
