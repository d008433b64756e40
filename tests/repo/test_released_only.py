"""What a page, a file or a chart says about groups is read from a release: nothing else may reach the facts."""

import ast
import subprocess
import sys
from collections.abc import Iterator

from tests.repo.source import ROOT, Module, modules

RAW = ("trellis.insight.engine", "trellis.insight.facts", "trellis.insight.expressions", "trellis.insight.gate")
# Who may: the engine room itself, and the commands that run it.
ENGINE_ROOM = (
    "insight/engine.py",
    "insight/facts/",
    "insight/expressions/",
    "insight/gate/",
    "insight/release_actions.py",
    "insight/management/commands/refresh_insight.py",
    "insight/management/commands/release_insight.py",
    "insight/management/commands/make_facts.py",
)
HEAVY = ("ibis", "pyarrow", "duckdb", "adbc_driver_manager", "adbc_driver_postgresql", "pyspark", "scipy")


def _imported(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nothing_but_the_engine_room_reaches_the_facts_or_the_gate() -> None:
    reaching = {
        module.path
        for module in modules()
        if not module.path.startswith(ENGINE_ROOM)
        and any(name == raw or name.startswith(f"{raw}.") for name in _imported(module) for raw in RAW)
    }
    assert reaching == set()


def test_released_tables_are_stored_and_read_in_one_place_each() -> None:
    using = {module.path for module in modules() if any(name.endswith(".ReleasedTable") for name in _imported(module))}
    assert using == {
        "insight/models/__init__.py",
        "insight/queries.py",
        "insight/release_actions.py",
        "insight/gate/earlier.py",
    }


def _loaded(after: str, names: tuple[str, ...]) -> list[str]:
    """Return which of these modules a site has loaded once it has started and run these lines."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, django; django.setup(); {after}; print(*(name for name in {names!r} if name in sys.modules))",
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": ""},
    )
    return done.stdout.split()


def test_the_door_is_light() -> None:
    """A site that starts loads none of the engine and of SciPy: they cost most of two seconds and 250 MB."""
    pages = (
        "import trellis.project.urls, trellis.insight.queries; from django.urls import get_resolver;"
        "get_resolver().url_patterns"
    )
    assert _loaded(pages, HEAVY) == []


def test_a_command_waits_for_none_of_what_only_pages_and_the_demo_need() -> None:
    only_there = ("ninja", "pydantic", "scim2_models", "openbadgeslib", "trellis.exchange.demo", "trellis.insight.demo")
    assert _loaded("import trellis.exchange.management.commands.import_people", only_there) == []
