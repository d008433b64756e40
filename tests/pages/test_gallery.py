"""The gallery shows each piece of the look twice, once for each colour scheme."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import DjangoAssertNumQueries


@pytest.fixture
def page(client: Client, db: None) -> str:
    return client.get("/ui/").content.decode()


def _static(name: str) -> str:
    found = finders.find(name)
    assert found is not None
    return Path(found).read_text(encoding="utf-8")


def test_both_schemes_are_shown_whatever_the_system_prefers(page: str) -> None:
    assert re.findall(r'<section class="scheme" data-theme="(\w+)"', page) == ["light", "dark"]


def test_every_icon_is_shown_in_both(page: str) -> None:
    for name in re.findall(r'<symbol id="([\w-]+)"', _static("core/icons.svg")):
        assert page.count(f"<span>{name}</span>") == 2, name


def test_every_colour_is_shown_in_both(page: str) -> None:
    swatches = _static("web/gallery.css")
    colours = set(re.findall(r"--([\w-]+):\s*#", _static("core/tokens.css")))
    assert len(colours) > 30
    for name in colours:
        assert page.count(f'class="swatch c-{name}"') == 2, name
        assert f".c-{name} {{\n  background: var(--{name});\n}}" in swatches, name


def test_every_size_of_type_is_shown_in_both(page: str) -> None:
    for name in set(re.findall(r"--t-(\w+):", _static("core/tokens.css"))):
        assert page.count(f'class="type-{name}"') == 2, name
        assert f".type-{name} {{\n  font-size: var(--t-{name});\n}}" in _static("web/gallery.css"), name


def test_fields_have_ids_of_their_own(page: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_the_page_asks_the_database_nothing_for_a_visitor(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/ui/").status_code == 200
