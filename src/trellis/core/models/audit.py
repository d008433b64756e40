"""The audit trail's table: rows are added, chained by hash, and never changed."""

from typing import Any, NoReturn

from django.db import models

from trellis.core import clock
from trellis.core.privacy import Privacy, PrivacyClass


class AuditEntry(models.Model):
    """One thing that was done, by whom, to what; the database refuses to change or remove a row."""

    privacy = Privacy(PrivacyClass.INTERNAL, "7 years: proof of who changed what", {"actor": PrivacyClass.PERSONAL})

    at = models.DateTimeField(default=clock.now)
    actor = models.CharField(max_length=36, blank=True, help_text="uid of the person, or empty for the system")
    action = models.CharField(max_length=60)
    target = models.CharField(max_length=100, help_text="kind and uid, such as `response:2f1c...`")
    detail = models.JSONField(default=dict, help_text="codes and numbers only; never names or free text")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.action} {self.target}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("the audit trail is append-only")
