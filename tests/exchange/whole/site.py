"""Another Trellis beside the one of the tests: its own folder and database, asked by the `trellis` command."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.repo.source import ROOT


@dataclass(frozen=True)
class Site:
    """A Trellis in a folder; `database` is empty for SQLite in that folder."""

    folder: Path
    database: str = ""

    def run(self, *command: str, status: int = 0) -> str:
        """Run a command there; returns what it printed, and what it complained about."""
        environ = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("TRELLIS_", "DJANGO_")) and name != "DATABASE_URL"
        }
        environ |= {"TRELLIS_DATA": str(self.folder), "PYTHONPATH": str(ROOT / "src")}
        if self.database:
            environ["DATABASE_URL"] = self.database
        done = subprocess.run(
            [sys.executable, "-m", "trellis.project", *command],
            env=environ, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr
