"""Choosing an aim, and the role profiles: everyone reads them, only who keeps the framework changes them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.cast import Cast
from trellis.core.models import AuditEntry
from trellis.framework.actions import retire_edition
from trellis.framework.models import Edition
from trellis.growth.models import Focus, RoleProfile

FOCUS = "/standing/focus/"
ROLES = "/roles/"
Browser = Callable[[str], Client]
Profiles = dict[str, RoleProfile]


def chosen(client: Client) -> str:
    return client.get(FOCUS).context["form"]["towards"].value()


def page_of(profile: RoleProfile) -> str:
    return reverse("growth:profile", kwargs={"uid": profile.uid})


# the aim


def test_one_may_aim_at_any_role_or_domain_or_leave_it_to_the_own_role(
    browser: Browser, cast: Cast, profiles: Profiles
) -> None:
    client = browser("president")
    treasurer = f"role:{profiles['local-treasurer'].uid}"
    assert chosen(client) == ""
    for aim in (treasurer, "domain:SFH", ""):
        assertRedirects(client.post(FOCUS, {"towards": aim}), reverse("growth:standing"))
        assert chosen(client) == aim
    assert Focus.objects.count() == 1


def test_the_choice_names_every_role_with_a_profile_and_every_domain(browser: Browser, profiles: Profiles) -> None:
    page = browser("own").get(FOCUS)
    for profile in profiles.values():
        assertContains(page, profile.role.name)
    for name in ("Advocacy", "Organizing", "Strategy and Fiscal Health"):
        assertContains(page, name)


@pytest.mark.parametrize("aim", ["domain:XXX", "role:0", "nonsense", "domain:", "role:"])
def test_an_aim_that_is_not_there_is_refused(browser: Browser, profiles: Profiles, aim: str) -> None:
    assertContains(browser("own").post(FOCUS, {"towards": aim}), 'role="alert"')
    assert not Focus.objects.exists()


def test_without_a_framework_there_is_nothing_to_aim_at(browser: Browser, framework: Edition) -> None:
    retire_edition(framework, by=None)
    assert browser("own").get(FOCUS).status_code == 404


# the profiles


def test_the_list_says_how_much_each_role_asks_and_whose_suggestion_it_is(
    browser: Browser, profiles: Profiles, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser("own")
    with django_assert_max_num_queries(8):
        page = client.get(ROLES)
    assertContains(page, "12 themes asked for")
    assertContains(page, "our suggestion", count=5)


def test_a_role_that_asks_for_one_theme_says_so_in_the_singular(browser: Browser, profiles: Profiles) -> None:
    browser("steward").post(page_of(profiles["local-treasurer"]), {"SFH.1": "2"})
    page = browser("own").get(ROLES)
    assertContains(page, "1 theme asked for")
    assertContains(page, "our suggestion", count=4)


def test_before_any_is_loaded_the_list_says_so(browser: Browser, framework: Edition) -> None:
    assertContains(browser("own").get(ROLES), "No role profiles yet")


def test_everyone_reads_a_profile_and_cannot_send_one(browser: Browser, profiles: Profiles) -> None:
    client, profile = browser("president"), profiles["local-treasurer"]
    before = dict(profile.targets.values_list("theme_code", "level"))
    page = client.get(page_of(profile))
    assertContains(page, "Local treasurer")
    assertContains(page, "our suggestion for a start")
    assertNotContains(page, "<select")
    assertNotContains(page, "Save these targets")
    assert client.post(page_of(profile), {"SFH.1": "1"}).status_code == 404
    assert dict(profile.targets.values_list("theme_code", "level")) == before
    assert not AuditEntry.objects.filter(action="growth.profile.change").exists()


def test_a_keeper_changes_the_targets_and_the_mark_of_suggestion_goes_away(
    browser: Browser, profiles: Profiles
) -> None:
    client, profile = browser("steward"), profiles["local-treasurer"]
    page = client.get(page_of(profile))
    assertContains(page, "<select", count=33)
    assertContains(page, "our suggestion for a start")
    page = client.post(page_of(profile), {"SFH.1": "3", "ADV.1": "1", "ADV.2": ""}, follow=True)
    assertRedirects(page, page_of(profile))
    assertContains(page, "your association&#x27;s own targets")
    assertNotContains(page, "our suggestion for a start")
    assert dict(profile.targets.values_list("theme_code", "level")) == {"SFH.1": 3, "ADV.1": 1}
    assert AuditEntry.objects.filter(action="growth.profile.change").count() == 1


@pytest.mark.parametrize("level", ["4", "-1", "x", "0"])
def test_a_level_that_is_not_there_is_refused_and_nothing_changes(
    browser: Browser, profiles: Profiles, level: str
) -> None:
    profile = profiles["local-treasurer"]
    page = browser("steward").post(page_of(profile), {"SFH.1": level, "ADV.1": "1"})
    assertContains(page, "Some of these levels do not exist.")
    assert profile.targets.count() == 12
    profile.refresh_from_db()
    assert profile.is_suggestion
