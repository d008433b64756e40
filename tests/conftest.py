"""Fixtures for every test: the shipped framework and roles, stored once per test database, and the fixed cast."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, build_cast
from trellis.framework.models import Edition
from trellis.framework.queries import edition_tree, main_edition
from trellis.framework.tree import EditionTree


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
