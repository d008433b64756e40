"""What the tests of programmes' pages share: browsers of the cast."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast


@pytest.fixture
def browser(cast: Cast) -> Callable[[str], Client]:
    """Return the browser of one of the cast."""

    def of(name: str) -> Client:
        client = Client()
        client.force_login(cast.persons[name])
        return client

    return of
