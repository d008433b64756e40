"""What the repository tests read: modules with their syntax trees, templates, and the order of the apps."""

import ast
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "trellis"


@dataclass(frozen=True)
class Module:
    """A Python module of the package; `path` is relative to it, such as `core/clock.py`."""

    path: str
    text: str
    tree: ast.Module

    @property
    def app(self) -> str:
        """The package that it belongs to, or an empty string for trellis/__init__.py."""
        return self.path.partition("/")[0] if "/" in self.path else ""


@dataclass(frozen=True)
class Template:
    """A template of the package; `path` is relative to it, `name` is what Django calls it."""

    path: str
    name: str
    text: str

    @property
    def app(self) -> str:
        """The app that it belongs to."""
        return self.path.partition("/")[0]


@cache
def modules() -> tuple[Module, ...]:
    """Return every module that a person writes: not migrations, which Django makes, and not empty files."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "migrations" not in path.parts and text.strip():
            found.append(Module(path.relative_to(PACKAGE).as_posix(), text, ast.parse(text)))
    return tuple(found)


@cache
def templates() -> tuple[Template, ...]:
    """Return every template, whatever its format."""
    return tuple(
        Template(
            path.relative_to(PACKAGE).as_posix(), path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")
        )
        for folder in sorted(PACKAGE.glob("*/templates"))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


@cache
def pyproject() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def heights() -> dict[str, int]:
    """Return how high each app stands, from import-linter's layers; apps of one layer share a height."""
    contract = pyproject()["tool"]["importlinter"]["contracts"][0]
    layers = reversed(contract["layers"])
    return {app.strip(): height for height, layer in enumerate(layers) for app in layer.split("|")}


def may_refer(lower: str, target: str) -> bool:
    """Say whether the first app may know the second: it must be itself, or stand below it."""
    return lower == target or heights()[target] < heights()[lower]
