"""Rules of writing that no linter knows, each with its list of allowed cases and the reason for them."""

import ast
import re
from collections.abc import Iterator

from tests.repo.source import modules, templates

# (module, what is imported): why it cannot stand at the top
IMPORTS_IN_FUNCTIONS: dict[tuple[str, str], str] = {
    ("insight/engine.py", "ibis"): "takes 0.6 s to import: only who asks a question pays for it",
    ("insight/engine.py", "pyspark.sql"): "an optional extra of half a gigabyte: only who has a cluster has it",
}
# module or template: why its text may go into a page as it is
MARKED_SAFE = {
    "core/templatetags/ui.py": "draws small SVG marks from fixed text and whole numbers",
    "growth/templatetags/growth_ui.py": "draws the bar of uncertainty from fixed text and numbers",
}
# module: why it may pass by the scoped managers
BASE_MANAGERS: dict[str, str] = {
    "exchange/whole/shelves.py": "all is taken out, whatever a manager would leave out",
    "exchange/whole/storing.py": "and comes back as it was",
}

UNESCAPED = re.compile(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off")


def _imports_in_functions() -> Iterator[tuple[str, str]]:
    for module in modules():
        for function in ast.walk(module.tree):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Import):
                    yield from ((module.path, alias.name) for alias in node.names)
                elif isinstance(node, ast.ImportFrom):
                    yield module.path, node.module or ""


def test_imports_stand_at_the_top_of_a_module() -> None:
    assert set(_imports_in_functions()) == set(IMPORTS_IN_FUNCTIONS)


def test_imports_are_absolute() -> None:
    relative = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_every_module_says_what_it_is_for() -> None:
    assert [module.path for module in modules() if not ast.get_docstring(module.tree)] == []


def _names_used(tree: ast.Module) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }


def test_text_goes_into_pages_unescaped_only_where_the_reason_is_known() -> None:
    in_code = {module.path for module in modules() if "mark_safe" in _names_used(module.tree)}
    # A mail in plain text has nothing to escape.
    pages = (template for template in templates() if template.path.endswith(".html"))
    in_templates = {page.path for page in pages if UNESCAPED.search(page.text)}
    assert in_code | in_templates == set(MARKED_SAFE)


def test_base_manager_is_used_only_where_the_reason_is_known() -> None:
    assert {module.path for module in modules() if "_base_manager" in _names_used(module.tree)} == set(BASE_MANAGERS)
