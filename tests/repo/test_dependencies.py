"""Every package that we lean on has a reason, and is pinned by version and hash, from wherever it is fetched."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.repo.source import ROOT, modules, pyproject

LOCKS = ("runtime.txt", "test.txt", "spark.txt")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=!~;]", name, maxsplit=1)[0]).lower()


def _locked(lock: str) -> set[str]:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    return {_plain(name) for name in re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==", text, re.MULTILINE)}


def test_every_dependency_carries_a_comment_that_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = pyproject()["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    bare = []
    for requirement in (item for group in groups for item in group):
        line = next(line for line in text.splitlines() if line.strip().startswith(f'"{requirement}"'))
        reason = line.partition("#")[2].strip()
        if len(reason.split()) < 2:
            bare.append(requirement)
    assert bare == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|^-|@ ", text, re.MULTILINE)
    entries = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_the_runtime_lock_holds_every_dependency() -> None:
    assert {_plain(name) for name in pyproject()["project"]["dependencies"]} <= _locked("runtime.txt")


def test_the_test_lock_holds_every_dependency_and_the_runtime_lock() -> None:
    extras = dict(pyproject()["project"]["optional-dependencies"])
    spark = extras.pop("spark")
    assert {_plain(name) for group in extras.values() for name in group} <= _locked("test.txt")
    assert _locked("runtime.txt") <= _locked("test.txt")
    assert {_plain(name) for name in spark} | _locked("test.txt") <= _locked("spark.txt")


def test_everything_that_the_package_imports_is_declared() -> None:
    """Not only there by way of another package, which may drop it with its next release."""
    distributions = packages_distributions()
    project = pyproject()["project"]
    # The extra is imported behind a door of its own, and may not be installed here.
    declared = {_plain(name) for name in [*project["dependencies"], *project["optional-dependencies"]["spark"]]}
    missing = set()
    for module in modules():
        for node in ast.walk(module.tree):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for top in {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"trellis"}:
                if not {_plain(name) for name in distributions.get(top, [top])} & declared:
                    missing.add(f"{module.path}: {top}")
    assert missing == set()
