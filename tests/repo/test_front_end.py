"""The strict Content-Security-Policy holds because nothing inline exists, and every component stands in the gallery."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.repo.source import PACKAGE, modules, templates
from trellis.core.templatetags import ui

SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
# A tag may hold `{% if a > b %}`, so template tags are taken out before tags are looked at.
TEMPLATE_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
INLINE = re.compile(r"<[a-z][^>]*?\s(style|on[a-z]+|hx-on[\w:.-]*)\s*=|javascript:|<style\b", re.IGNORECASE)
ICON = re.compile(r"""{%\s*icon\s+["']([^"']+)["']|icon(?:_name)?\s*=\s*["']([^"']+)["']""")
TAG = re.compile(r"{%\s*(\w+)")


def _pages() -> Iterator[tuple[str, str]]:
    return ((template.path, template.text) for template in templates() if template.path.endswith(".html"))


def test_no_template_holds_script_code() -> None:
    """A block of JSON is data: no browser runs it."""
    with_code = [
        path
        for path, text in _pages()
        for attributes, code in SCRIPT.findall(text)
        if 'type="application/json"' not in attributes and ("src=" not in attributes or code.strip())
    ]
    assert with_code == []


def test_no_template_holds_inline_style_or_handlers() -> None:
    assert [path for path, text in _pages() if INLINE.search(TEMPLATE_TAG.sub("x", text))] == []


def test_no_html_in_code_holds_inline_style_or_handlers() -> None:
    wrong = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and INLINE.search(node.value)
    ]
    assert wrong == []


@pytest.fixture(scope="module")
def sprite() -> set[str]:
    """The names of the icons that there are."""
    return set(re.findall(r'<symbol[^>]*\bid="([\w-]+)"', (PACKAGE / "core/static/core/icons.svg").read_text()))


def _icons_named() -> Iterator[tuple[str, str]]:
    texts = [*_pages(), *((module.path, module.text) for module in modules())]
    for path, text in texts:
        yield from ((path, tag or argument) for tag, argument in ICON.findall(text))
    for file in sorted((PACKAGE / "framework" / "data").rglob("*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        if "icon" in content:
            yield file.name, content["icon"]


def test_every_icon_that_is_named_is_in_the_sprite(sprite: set[str]) -> None:
    assert {(path, name) for path, name in _icons_named() if name not in sprite} == set()


def _gallery() -> str:
    folder = Path(PACKAGE / "web" / "templates" / "web")
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("gallery*.html")))


def test_every_component_stands_in_the_gallery() -> None:
    shell = "".join((PACKAGE / f"core/templates/core/{name}.html").read_text("utf-8") for name in ("document", "page"))
    assert '{% extends "core/page.html" %}' in _gallery()
    shown = set(TAG.findall(_gallery())) | set(TAG.findall(shell))
    assert set(ui.register.tags) - shown == set()


def test_every_template_of_a_component_belongs_to_a_tag() -> None:
    files = {template.name for template in templates() if template.name.startswith("core/ui/")}
    assert {name for name in files if f'"{name}"' not in Path(ui.__file__).read_text(encoding="utf-8")} == set()
