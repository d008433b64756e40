"""Out of one Trellis, into an empty one, and out again: the same to the letter, but for the moments of publication."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.seeds import SEEDS
from trellis.project.environment import VARIABLES

pytestmark = pytest.mark.seeds
TRELLIS = Path(sys.executable).with_name("trellis")
OFFICIAL = "nea-lcf/official"


class Place:
    """A Trellis with a database of its own."""

    def __init__(self, folder: Path) -> None:
        named = {variable.name for variable in VARIABLES}
        kept = {name: value for name, value in os.environ.items() if name not in named}
        self.environment = kept | {"TRELLIS_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "trellis.project.settings"}
        self.run("migrate", "--verbosity", "0")

    def run(self, *command: str) -> str:
        """Run a command and return what it printed."""
        done = subprocess.run(
            [TRELLIS, *command], env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def _timeless(text: str) -> Any:
    moments = re.sub(r'"(lastChangeDateTime|statusStartDate)": "[^"]*"', r'"\1": ""', text)
    return json.loads(moments)


def test_every_published_edition_comes_out_of_the_second_trellis_as_it_came_out_of_the_first(tmp_path: Path) -> None:
    first, second = Place(tmp_path / "first"), Place(tmp_path / "second")
    first.run("load_framework")
    (document,) = SEEDS.glob("*amework*.md")
    first.run("import_framework", str(document), "--edition", "official", "--yes")
    first.run("publish_framework", OFFICIAL)
    for code in ("nea-lcf/2020", OFFICIAL, "bargaining-attributes/2020"):
        package = first.run("export_framework", code)
        file = tmp_path / "package.json"
        file.write_text(package, encoding="utf-8")
        said = second.run("import_case", str(file), "--yes")
        (stored,) = re.findall(r"Draft edition (\S+) is stored", said)
        assert stored == code
        second.run("publish_framework", stored)
        assert _timeless(second.run("export_framework", stored)) == _timeless(package)
