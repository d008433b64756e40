"""Fixtures for pages of learning."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast
from trellis.framework.models import Edition


@pytest.fixture
def browser(cast: Cast, framework: Edition) -> Callable[[str], Client]:
    """A browser in which one of the cast is signed in."""

    def as_(name: str) -> Client:
        client = Client()
        client.force_login(cast.persons[name])
        return client

    return as_
