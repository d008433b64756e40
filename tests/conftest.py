"""Fixtures for every test: the shipped framework and roles, stored once per test database, and the fixed cast."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, build_cast
from trellis.framework.models import Edition
from trellis.framework.queries import edition_tree, main_edition
from trellis.framework.tree import EditionTree


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL leave out what may not touch the database: beside SQLite it has said all that it can say.

    A test that asks a server without Django's help says by `skipif` when.
    """
    if connection.vendor != "postgresql":
        return
    asking = [item for item in items if _asks_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _asks_the_database(item)])
    items[:] = asking


def _asks_the_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("skipif")
    return bool(marked) or "db" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Load what every site has, outside of the tests' transactions, so that each test finds it at no cost."""
    with django_db_blocker.unblock():
        call_command("load_framework", verbosity=0)
        call_command("load_roles", verbosity=0)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Forget the rate limits that earlier tests have used up."""
    cache.clear()


@pytest.fixture(autouse=True)
def _english() -> None:
    """Speak English again: a request in another language leaves its thread speaking that."""
    translation.deactivate()


@pytest.fixture
def framework(db: None) -> Edition:
    """The shipped framework, published."""
    edition = main_edition()
    assert edition is not None
    return edition


@pytest.fixture
def tree(framework: Edition) -> EditionTree:
    """The shipped framework as a tree."""
    return edition_tree(framework)


@pytest.fixture
def cast(db: None) -> Cast:
    """The fixed cast of persons in a small association."""
    return build_cast()
