"""Nothing points up: not a foreign key by name, not a template, not an address. (Imports are import-linter's job.)"""

import ast
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from tests.repo.source import PACKAGE, heights, may_refer, modules, templates

REFERENCE = re.compile(r"""{%\s*(url|include|extends|static)\s+["']([^"']+)["']""")


def _app_of(dotted: str) -> str | None:
    parts = dotted.split(".")
    return parts[1] if parts[0] == "trellis" and len(parts) > 1 else None


def _our_models() -> Iterator[tuple[str, type[Model]]]:
    for model in apps.get_models(include_auto_created=True):
        app = _app_of(model.__module__)
        if app is not None:
            yield app, model


def test_every_package_has_its_place_in_the_order() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages == set(heights())


def test_no_relation_points_to_a_higher_app() -> None:
    wrong = []
    for app, model in _our_models():
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            related = field.related_model
            if not isinstance(related, type):
                continue
            target = _app_of(related.__module__)
            if target is not None and not may_refer(app, target):
                wrong.append(f"{model._meta.label}.{field.name} -> {related._meta.label}")
    assert wrong == []


def _owners(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[tuple[str, str]]:
    """Yield each page's full name and the module of its view."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _owners(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", pattern.callback.__module__


@pytest.fixture(scope="module")
def owners() -> dict[str, str]:
    """The module of each named page's view."""
    return dict(_owners(get_resolver().url_patterns))


def test_no_template_refers_to_a_higher_app(owners: dict[str, str]) -> None:
    wrong = []
    for template in templates():
        for kind, name in REFERENCE.findall(template.text):
            target = _app_of(owners.get(name, "")) if kind == "url" else name.partition("/")[0]
            if target in heights() and not may_refer(template.app, target):
                wrong.append(f"{template.path}: {kind} {name}")
    assert wrong == []


def test_every_page_that_a_template_links_to_exists(owners: dict[str, str]) -> None:
    linked = {
        (template.path, name)
        for template in templates()
        for kind, name in REFERENCE.findall(template.text)
        if kind == "url"
    }
    assert {(path, name) for path, name in linked if name not in owners} == set()


def test_every_template_and_static_file_that_a_template_names_exists() -> None:
    names = {template.name for template in templates()}
    missing = []
    for template in templates():
        for kind, name in REFERENCE.findall(template.text):
            app, found = name.partition("/")[0], name.partition("#")[0]
            ours = app in heights()
            if kind == "static" and ours and not (PACKAGE / app / "static" / name).is_file():
                missing.append(f"{template.path}: {name}")
            if kind in ("include", "extends") and ours and found not in names:
                missing.append(f"{template.path}: {name}")
    assert missing == []


def test_no_code_names_an_address_or_template_of_a_higher_app(owners: dict[str, str]) -> None:
    """`reverse("growth:plan")` in framework would slip past import-linter, as would its template's name."""
    apps_named = "|".join(heights())
    template_name = re.compile(rf"({apps_named})/[\w/-]+\.\w+(#\w+)?")
    wrong = []
    for module in modules():
        for node in ast.walk(module.tree):
            if not (isinstance(node, ast.Constant) and isinstance(node.value, str) and module.app):
                continue
            target = None
            if ":" in node.value and node.value in owners:
                target = _app_of(owners[node.value])
            elif template_name.fullmatch(node.value):
                target = node.value.partition("/")[0]
            if target is not None and not may_refer(module.app, target):
                wrong.append(f"{module.path}:{node.lineno}: {node.value}")
    assert wrong == []
