"""Credentials: that a person has shown a cell of an edition, or completed a programme, and what others see of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.framework.models import Edition
from trellis.growth.models.evidence import Evidence
from trellis.people.models import Person


class CredentialKind(models.TextChoices):
    """What a credential is for."""

    CELL = "cell", _("A step of a theme")
    PROGRAMME = "programme", _("A program")


class Revocation(models.TextChoices):
    """Why a credential no longer holds; only its holder and the audit trail know which of these it was."""

    HOLDER = "holder", _("You took it back.")
    WITHDRAWN = "withdrawn", _("You took its evidence back.")
    SETTLED = "settled", _("A coach took the attestation of its evidence back.")
    MISTAKE = "mistake", _("The association took it back: it was issued by mistake.")
    UNTRUE = "untrue", _("The association took it back: its evidence was not true.")


class ShownName(models.TextChoices):
    """How much of the holder's name the public page says."""

    NOBODY = "nobody", _("No name")
    INITIALS = "initials", _("My initials")
    NAME = "name", _("My full name")


class Credential(models.Model):
    """One award to one person. It stands on attested evidence, or on a completed programme, and on nothing else."""

    privacy = Privacy(PrivacyClass.SENSITIVE, "while the person has a file; erased with it")

    uid = models.UUIDField(default=new_uid, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="credentials")
    kind = models.CharField(max_length=9, choices=CredentialKind)
    # Evidence goes only with its owner, and their credentials go with them too.
    evidence = models.ForeignKey(Evidence, models.RESTRICT, null=True, blank=True, related_name="credentials")
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, blank=True, related_name="credentials")
    theme_uid = models.UUIDField(null=True, blank=True, help_text="the theme, in any edition")
    cell_uid = models.UUIDField(null=True, blank=True, help_text="the cell, in any edition")
    cell_code = models.CharField(max_length=20, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    programme_uid = models.UUIDField(null=True, blank=True)
    title = models.CharField(max_length=120, help_text="the theme or programme, as it was called when it was awarded")
    earned_on = models.DateField(help_text="the day of the attestation, or of completing the programme")
    valid_until = models.DateField(null=True, blank=True, help_text="the last day on which it holds; none is for ever")
    issued_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_why = models.CharField(max_length=9, choices=Revocation, blank=True)
    is_public = models.BooleanField(default=False, help_text="anybody with its address may see its page")
    shown_name = models.CharField(max_length=8, choices=ShownName, default=ShownName.NOBODY)
    shows_outcome = models.BooleanField(default=False, help_text="the page says what came of it, in the holder's words")

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="credential_has_title"),
            models.CheckConstraint(condition=Q(shown_name__in=ShownName.values), name="credential_shown_name_known"),
            models.CheckConstraint(
                condition=Q(
                    kind=CredentialKind.CELL,
                    evidence__isnull=False,
                    edition__isnull=False,
                    theme_uid__isnull=False,
                    cell_uid__isnull=False,
                    # NULL passes a comparison of a CHECK.
                    level__isnull=False,
                    level__gte=1,
                    level__lte=9,
                    valid_until__isnull=False,
                    programme_uid=None,
                )
                | Q(
                    kind=CredentialKind.PROGRAMME,
                    programme_uid__isnull=False,
                    evidence=None,
                    edition=None,
                    cell_uid=None,
                    level=None,
                ),
                name="credential_stands_on_something",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_why="")
                | Q(revoked_at__isnull=False, revoked_why__in=Revocation.values),
                name="credential_revoked_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind=CredentialKind.CELL) | Q(shows_outcome=False), name="credential_outcome_of_evidence"
            ),
            models.UniqueConstraint(
                fields=["evidence"],
                condition=Q(evidence__isnull=False, revoked_at=None),
                name="credential_once_for_evidence",
            ),
            models.UniqueConstraint(
                fields=["person", "programme_uid"],
                condition=Q(programme_uid__isnull=False, revoked_at=None),
                name="credential_once_for_programme",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid}"

    @property
    def is_revoked(self) -> bool:
        """Whether it was taken back."""
        return self.revoked_at is not None

    @property
    def is_expired(self) -> bool:
        """Whether its last day is over."""
        return self.valid_until is not None and self.valid_until < clock.today()

    @property
    def holds(self) -> bool:
        """Whether it is good today: neither taken back nor past its last day."""
        return not self.is_revoked and not self.is_expired
