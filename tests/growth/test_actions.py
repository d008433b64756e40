"""Focus and profiles: each deed is complete, leaves one audit row of codes, and harms nothing when repeated."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.assessment.answers import next_edition
from tests.cast import Cast
from trellis.core import audit, clock
from trellis.core.models import AuditEntry
from trellis.framework.models import Edition
from trellis.growth.actions import change_profile, choose_focus, load_profiles
from trellis.growth.models import Focus, RoleProfile
from trellis.people.models import Role

MORNING = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
Profiles = dict[str, RoleProfile]


@pytest.fixture(autouse=True)
def held_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of November."""
    monkeypatch.setattr(clock, "now", lambda: MORNING)


def left_by(deed: Callable[[], Any]) -> list[tuple[str, str, dict[str, Any], str]]:
    """Return action, target, detail and actor of each audit row that a deed leaves."""
    last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    deed()
    assert audit.first_broken() is None
    rows = AuditEntry.objects.filter(pk__gt=last).order_by("pk")
    return [(row.action, row.target, row.detail, row.actor) for row in rows]


# focus, profiles, looks


def test_a_focus_is_kept_once_and_changed(cast: Cast, profiles: Profiles) -> None:
    rows = left_by(lambda: choose_focus(by=cast.own, profile=None, domain_code="ORG"))
    rows += left_by(lambda: choose_focus(by=cast.own, profile=profiles["local-treasurer"], domain_code=""))
    focus = Focus.objects.get(person=cast.own)
    assert (focus.profile, focus.domain_code) == (profiles["local-treasurer"], "")
    assert [(action, target) for action, target, _, _ in rows] == [("growth.focus", f"person:{cast.own.uid}")] * 2


def test_profiles_are_loaded_once_and_stay_as_the_association_has_made_them(
    framework: Edition, profiles: Profiles, cast: Cast
) -> None:
    change_profile(profiles["local-treasurer"], {"SFH.1": 3}, by=cast.steward)
    assert left_by(lambda: load_profiles(framework, by=None)) == []
    assert load_profiles(next_edition(), by=None) == 0
    treasurer = RoleProfile.objects.get(role__code="local-treasurer")
    assert dict(treasurer.targets.values_list("theme_code", "level")) == {"SFH.1": 3}
    assert RoleProfile.objects.count() == 5


def test_a_role_that_the_association_does_not_have_gets_no_profile(framework: Edition) -> None:
    Role.objects.filter(code="local-treasurer").delete()
    assert load_profiles(framework, by=None) == 4
    assert not RoleProfile.objects.filter(role__code="local-treasurer").exists()


def test_a_changed_profile_is_the_associations_own(profiles: Profiles, cast: Cast) -> None:
    profile = profiles["local-treasurer"]
    assert profile.is_suggestion
    targets = {"SFH.1": 3, "ADV.1": 1}
    rows = left_by(lambda: change_profile(profile, targets, by=cast.steward))
    assert rows == [("growth.profile.change", f"profile:{profile.uid}", targets, str(cast.steward.uid))]
    profile.refresh_from_db()
    assert not profile.is_suggestion
    assert dict(profile.targets.values_list("theme_code", "level")) == targets
