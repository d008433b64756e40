"""After closing, neither the bytes on the disk nor what was printed hold anything of a rater: no free page, no log."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def _left(folder: Path, *options: str) -> tuple[set[str], set[str]]:
    """Run a 360 with its database in a folder; return which marks of raters are in its files, and which it printed."""
    environ = os.environ | {
        "TRELLIS_DATA": str(folder),
        "TRELLIS_DEMO": "1",
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "trellis.project.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.assessment.three_sixty.drive", *options],
        env=environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *printed, marks = done.stdout.splitlines()
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert any(content.startswith(b"SQLite format 3") for content in files)
    log = "\n".join([*printed, done.stderr])
    kept = {mark for mark in json.loads(marks) if any(mark.encode() in content for content in files)}
    return kept, {mark for mark in json.loads(marks) if mark in log}


def test_no_file_holds_a_trace_of_a_rater(tmp_path: Path) -> None:
    assert _left(tmp_path) == (set(), set())


def test_traces_are_found_where_deleted_rows_are_not_overwritten(tmp_path: Path) -> None:
    kept, _printed = _left(tmp_path, "weak")
    assert len(kept) > 10
