"""Every question, and a whole release, on Spark with two workers beside DuckDB, to the last cell: `make test-spark`."""

import os
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.insight.drawn import PROFILES, TOP, drawn
from tests.insight.questions import QUESTIONS, Asked, in_order, nasty
from tests.spark.cluster import WORKERS, cluster
from trellis.insight.engine import Tables, on_duckdb, on_spark
from trellis.insight.facts.generations import Snapshot
from trellis.insight.gate.releasing import contents, make, opened


def _asked(tables: Tables, asked: Asked) -> tuple[list[dict[str, object]], float]:
    begun = time.perf_counter()
    found = in_order(tables.ask(asked.question, *asked.tables, **asked.how))
    return found, time.perf_counter() - begun


def _released(tables: Tables, snapshot: Snapshot) -> list[object]:
    wave = snapshot.manifest.waves[-1]
    made = make(opened(tables, snapshot.manifest, wave, PROFILES), top=TOP)
    return list(contents(made, snapshot.manifest, TOP))


def main() -> int:
    """Compare everything, print it, and return how many answers differ."""
    different = cells = 0
    with tempfile.TemporaryDirectory(prefix="trellis-spark-") as name:
        folder = Path(name)
        snapshot = drawn(folder / "facts", nasty())
        with cluster(folder) as master, on_duckdb(snapshot, threads=1) as ours, on_spark(snapshot, master) as theirs:
            print(f"Spark {theirs.connection._session.version}, standalone, {WORKERS} workers, beside DuckDB\n")
            print(f"{'question':44}{'rows':>6}{'cells':>8}  {'DuckDB s':>9}{'Spark s':>9}")
            for asked in QUESTIONS:
                (expected, quick), (found, slow) = _asked(ours, asked), _asked(theirs, asked)
                count = sum(map(len, expected))
                cells += count
                different += found != expected
                verdict = "" if found == expected else "  DIFFERENT"
                print(f"{asked!s:44}{len(expected):6}{count:8}  {quick:9.3f}{slow:9.3f}{verdict}")
            same = _released(ours, snapshot) == _released(theirs, snapshot)
            different += not same
            print(f"\na release made on either: {'the same' if same else 'DIFFERENT'}")
    print(f"{len(QUESTIONS)} questions, {cells:,} cells: {different or 'none'} different")
    return different


if __name__ == "__main__":
    sys.exit(min(1, main()))
