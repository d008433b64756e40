"""The documents say what the code does, in both directions, and lead nowhere that does not exist."""

import ast
import re
from pathlib import Path

import pytest

from tests.repo.source import ROOT
from trellis.core import registry
from trellis.exchange.catalogue.columns import COLUMNS
from trellis.exchange.people.columns import COLUMNS as MEMBER_COLUMNS
from trellis.exchange.people.fates import REASONS
from trellis.exchange.tables.mapping import Column
from trellis.project.environment import VARIABLES

DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _registry_sections() -> dict[str, str]:
    """Return the text under each heading that names a registry."""
    parts = re.split(r"^## (.+)$", _read(DOCS / "extending.md"), flags=re.MULTILINE)[1:]
    return {
        title.strip("`"): text for title, text in zip(parts[::2], parts[1::2], strict=True) if title.startswith("`")
    }


def test_extending_lists_every_registry_and_no_other() -> None:
    assert set(_registry_sections()) == {found.name for found in registry.ALL}


@pytest.mark.parametrize("found", registry.ALL, ids=lambda found: found.name)
def test_a_registry_is_explained_with_an_example_that_registers(found: registry.Registry[registry.Entry]) -> None:
    text = _registry_sections()[found.name]
    prose, *examples = re.split(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert len(prose.split()) >= 8
    calls = [
        node.func.value.id
        for node in ast.walk(ast.parse("\n".join(examples[::2])))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "register"
        and isinstance(node.func.value, ast.Name)
    ]
    assert calls == [found.name]


@pytest.mark.parametrize("found", registry.ALL, ids=lambda found: found.name)
def test_an_example_imports_what_there_is(found: registry.Registry[registry.Entry]) -> None:
    example = re.search(r"```python\n(.*?)```", _registry_sections()[found.name], re.DOTALL)
    assert example is not None
    for node in ast.walk(ast.parse(example[1])):
        if isinstance(node, ast.ImportFrom) and node.module == "trellis.core.registry":
            assert [alias.name for alias in node.names if not hasattr(registry, alias.name)] == []


def test_settings_lists_every_variable_as_the_code_has_it_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*) \|$", _read(DOCS / "settings.md"), re.MULTILINE)
    assert rows == [(variable.name, variable.default, variable.meaning) for variable in VARIABLES]


@pytest.mark.parametrize(("page", "columns"), [("catalog-files.md", COLUMNS), ("members.md", MEMBER_COLUMNS)])
def test_the_columns_of_files_are_listed_as_the_code_has_them_and_no_other(
    page: str, columns: tuple[Column, ...]
) -> None:
    text = _read(DOCS / page).partition("| Column |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([^|-].*?) \| (.*) \|$", text, re.MULTILINE)
    assert [name for name, _meaning in rows] == [str(column.label) for column in columns]
    for (_name, meaning), column in zip(rows, columns, strict=True):
        assert str(column.hint or meaning) == meaning, "the page of the plan says the same"


def test_what_a_catalogue_file_is_refused_for_is_said_as_the_code_says_it() -> None:
    text = _read(DOCS / "catalog-files.md").partition("| What it says | What to do |")[2].partition("\n\n")[0]
    said = re.findall(r"^\| ([^|-].*?) \|", text, re.MULTILINE)
    code = "\n".join(map(_read, sorted((ROOT / "src/trellis/exchange/catalogue").glob("*.py"))))
    assert len(said) >= 8
    assert [words for words in said if words not in code] == []


def test_why_a_row_of_a_list_of_members_is_left_out_is_said_as_the_code_says_it() -> None:
    text = _read(DOCS / "members.md").partition("| What it says | What to do |")[2].partition("\n\n")[0]
    said = re.findall(r"^\| ([^|-].*?) \|", text, re.MULTILINE)
    reasons = "\n".join(map(str, REASONS.values()))
    assert len(said) >= 8
    assert [words for words in said if words not in reasons] == []


def test_the_environment_is_read_in_one_place() -> None:
    """A variable that is read elsewhere would be neither checked at start nor listed."""
    readers = {
        path.relative_to(ROOT / "src" / "trellis").as_posix()
        for path in (ROOT / "src").rglob("*.py")
        if re.search(r"os\.environ\b(?!\.setdefault)|os\.getenv", _read(path))
    }
    assert readers == {"project/environment.py"}


def test_decisions_are_numbered_without_gaps() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    assert len(DECISIONS) >= 7


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_why_what_and_what_follows(path: Path) -> None:
    text = _read(path)
    assert text.startswith(f"# {path.name[:4]}: ")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    assert parts[1::2] == ["Context", "Decision", "Consequences"]
    assert all(len(part.split()) >= 20 for part in parts[2::2])
    assert len(text.splitlines()) <= 60, "one page"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_document_leads_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", _read(path))
    inside = [target for target in targets if not target.startswith(("http://", "https://", "mailto:"))]
    assert [target for target in inside if not (path.parent / target).exists()] == []


def test_the_changelog_has_the_version_of_the_package() -> None:
    version = re.search(r'^version = "(.+)"$', _read(ROOT / "pyproject.toml"), re.MULTILINE)
    assert version is not None
    assert re.search(rf"^## \[{re.escape(version[1])}\]", _read(ROOT / "CHANGELOG.md"), re.MULTILINE)


def test_the_readme_names_the_two_commands() -> None:
    text = _read(ROOT / "README.md")
    assert "make demo" in text
    assert "make test" in text
