"""Modules, functions and templates stay small enough to be read in one go, and are named for what they do."""

import ast
import statistics

from tests.repo.source import PACKAGE, modules, templates

FORBIDDEN_NAMES = {"base", "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
# path: why the name stands
NAMES_ALLOWED = {
    "core/sqlite/base.py": "Django imports a database backend from a module of exactly this name",
}


def test_half_of_the_modules_have_at_most_80_lines() -> None:
    assert statistics.median(len(module.text.splitlines()) for module in modules()) <= 80


def test_no_module_has_more_than_400_lines() -> None:
    assert {m.path: lines for m in modules() if (lines := len(m.text.splitlines())) > 400} == {}


def test_no_function_has_more_than_60_lines() -> None:
    long = {}
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > 60:
                    long[f"{module.path}:{node.name}"] = lines
    assert long == {}


def test_no_template_has_more_than_150_lines() -> None:
    assert {t.path: lines for t in templates() if (lines := len(t.text.splitlines())) > 150} == {}


def test_no_module_or_folder_has_a_name_that_says_nothing() -> None:
    paths = [path.relative_to(PACKAGE) for path in PACKAGE.rglob("*") if path.suffix == ".py" or path.is_dir()]
    vague = {path.as_posix() for path in paths if path.stem in FORBIDDEN_NAMES}
    assert vague == set(NAMES_ALLOWED)
