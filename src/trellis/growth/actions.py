"""Writes of growth: role profiles and focus (plans have their own). Each is atomic and leaves an audit row."""

from collections.abc import Mapping

from django.db import transaction

from trellis.core import audit
from trellis.framework.models import Edition
from trellis.growth.models import Focus, ProfileTarget, RoleProfile
from trellis.growth.profiles import suggested
from trellis.people.models import Person, Role


@transaction.atomic
def load_profiles(edition: Edition, *, by: audit.Actor | None) -> int:
    """Store the suggested role profiles of an edition's framework; returns how many are new. Known ones stay."""
    roles = {role.code: role for role in Role.objects.all()}
    new = 0
    for content in suggested():
        role = roles.get(content["role"])
        if role is None or content["framework"] != edition.framework.code:
            continue
        if RoleProfile.objects.filter(edition__framework=edition.framework, role=role).exists():
            continue
        profile = RoleProfile.objects.create(edition=edition, role=role)
        _set_targets(profile, content["targets"])
        audit.record(by=by, action="growth.profile", target=f"profile:{profile.uid}")
        new += 1
    return new


@transaction.atomic
def change_profile(profile: RoleProfile, targets: Mapping[str, int], *, by: Person) -> None:
    """Replace a profile's targets (level by theme code); from then on it is the association's own."""
    profile.targets.all().delete()
    _set_targets(profile, targets)
    RoleProfile.objects.filter(pk=profile.pk).update(is_suggestion=False)
    audit.record(by=by, action="growth.profile.change", target=f"profile:{profile.uid}", detail=dict(targets))


def _set_targets(profile: RoleProfile, targets: Mapping[str, int]) -> None:
    ProfileTarget.objects.bulk_create(
        [ProfileTarget(profile=profile, theme_code=code, level=level) for code, level in targets.items()]
    )


@transaction.atomic
def choose_focus(*, by: Person, profile: RoleProfile | None, domain_code: str) -> Focus:
    """Keep what the person wants to grow towards: a role profile, or a domain, or (both empty) what their role asks."""
    focus, _new = Focus.objects.update_or_create(person=by, defaults={"profile": profile, "domain_code": domain_code})
    audit.record(by=by, action="growth.focus", target=f"person:{by.uid}", detail={"domain": domain_code})
    return focus
