"""An import that is killed while it stores, on a file of SQLite's: nothing is half done, and the next goes through."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.exchange.people.rosters import ANA, BEN, CLEO, with_, written

SCRIPT = Path(__file__).with_name("killed.py")
UNIT = "7f7f1c1e-41a5-4c8e-9a0e-0a5b3a1f2c3d"
ROOT = SCRIPT.parents[3]


def run(folder: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRELLIS_")}
    environment.pop("DATABASE_URL", None)
    environment |= {
        "TRELLIS_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "trellis.project.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    return subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False)


def test_killed_while_it_stores_it_has_stored_nothing_and_the_next_run_stores_all(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    assert run(folder, "-m", "trellis.project", "migrate", "--verbosity", "0").returncode == 0
    database = folder / "trellis.sqlite3"
    path = written(tmp_path, [ANA, BEN, with_(CLEO, local="", worksite="")])
    path.with_suffix(".unit").write_text(UNIT)
    with sqlite3.connect(database) as site:
        site.execute(
            "INSERT INTO people_unit (lft, rgt, tree_id, depth, uid, kind, name)"
            f" VALUES (1, 2, 1, 1, '{UNIT.replace('-', '')}', 'state', 'Alder')"
        )

    def stored() -> tuple[int, int, int]:
        with sqlite3.connect(database) as site:
            counts = [site.execute(f"SELECT count(*) FROM people_{name}").fetchone()[0] for name in
                      ("person", "membership", "unit")]  # fmt: skip
        return counts[0], counts[1], counts[2]

    assert run(folder, str(SCRIPT), str(path), "killed").returncode < 0
    assert stored() == (0, 0, 1)
    done = run(folder, str(SCRIPT), str(path))
    assert done.stdout.splitlines()[-1] == "Stored: 3 new.", done.stderr
    assert stored() == (3, 3, 4)
    again = run(folder, str(SCRIPT), str(path))
    assert again.stdout.splitlines()[-1] == "The list says nothing new; nothing was stored.", again.stderr
    assert stored() == (3, 3, 4)
    assert len(list((folder / "imports").glob("*.sqlite3"))) == 1  # that of the killed one waits for the daily job
    swept = run(folder, "-m", "trellis.project", "daily")
    assert swept.returncode == 0, swept.stderr
