"""Role profiles: a target level per theme for a role; and the focus that a person has chosen."""

from django.db import models
from django.db.models import Q

from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.framework.models import Edition
from trellis.people.models import Person, Role


class RoleProfile(models.Model):
    """Targets for a role; ours are marked as a suggestion until the association has made them its own."""

    privacy = Privacy(PrivacyClass.PUBLIC, "kept while the role exists")

    uid = models.UUIDField(default=new_uid, unique=True)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="role_profiles")
    role = models.ForeignKey(Role, models.PROTECT, related_name="profiles")
    is_suggestion = models.BooleanField(default=True)

    class Meta:
        ordering = ["role__order"]
        constraints = [models.UniqueConstraint(fields=["edition", "role"], name="role_profile_once")]

    def __str__(self) -> str:
        return f"{self.role_id}"


class ProfileTarget(models.Model):
    """The level of one theme that a role asks for; a theme without a row is not asked for."""

    privacy = Privacy(PrivacyClass.PUBLIC, "with its profile")

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="targets")
    theme_code = models.CharField(max_length=16)
    level = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "theme_code"], name="profile_target_once"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=9), name="profile_target_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.theme_code} {self.level}"


class Focus(models.Model):
    """What a person wants to grow towards: a role profile, or one domain."""

    privacy = Privacy(PrivacyClass.PERSONAL, "while the person has a file; erased with it")

    person = models.OneToOneField(Person, models.CASCADE, related_name="focus")
    profile = models.ForeignKey(RoleProfile, models.SET_NULL, null=True, blank=True, related_name="+")
    domain_code = models.CharField(max_length=12, blank=True)

    class Meta:
        verbose_name_plural = "focuses"

    def __str__(self) -> str:
        return self.domain_code or f"{self.profile_id}"
