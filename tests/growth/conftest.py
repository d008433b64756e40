"""What the tests of growth's pages share: browsers of the cast, and the role profiles."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast
from trellis.framework.models import Edition
from trellis.growth.actions import load_profiles
from trellis.growth.models import RoleProfile


@pytest.fixture
def browser(cast: Cast) -> Callable[[str], Client]:
    """Return the browser of one of the cast."""

    def of(name: str) -> Client:
        client = Client()
        client.force_login(cast.persons[name])
        return client

    return of


@pytest.fixture
def profiles(framework: Edition) -> dict[str, RoleProfile]:
    """The role profiles that come with Trellis, by the role's code."""
    load_profiles(framework, by=None)
    return {profile.role.code: profile for profile in RoleProfile.objects.select_related("role")}
