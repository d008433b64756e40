"""Entries of directories: what an affiliate's directory says of one of its people, and what it has ended of theirs."""

from django.db import models
from django.db.models import Q

from trellis.core import clock
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.exchange.models.directory import Directory
from trellis.people.models import Person


class DirectoryEntry(models.Model):
    """A person as their affiliate's directory has them; one that was taken out stays, so that they can come back."""

    privacy = Privacy(PrivacyClass.PERSONAL, "while the directory is here; erased with the person's file")

    directory = models.ForeignKey(Directory, models.CASCADE, related_name="entries")
    person = models.ForeignKey(Person, models.CASCADE, related_name="directory_entries")
    user_name = models.CharField(max_length=255)
    user_key = models.CharField(max_length=255, help_text="the same, as it is compared")
    external_id = models.CharField(max_length=255, blank=True, help_text="the directory's own number for the person")
    display_name = models.CharField(max_length=255, blank=True)
    email = models.CharField(max_length=254, blank=True, help_text="the main one of its addresses, as it is compared")
    other_emails = models.TextField(blank=True, help_text="the others, each between two ends of line")
    emails = models.JSONField(default=list, help_text="all of them, as the directory has them")
    is_active = models.BooleanField(default=True, help_text="the directory says that the person may come in")
    tells_active = models.BooleanField(default=True, help_text="whether the directory says anything of that")
    removed_at = models.DateTimeField(null=True, blank=True, help_text="when the directory has taken the person out")
    closed = models.BooleanField(default=False, help_text="it was the directory that has closed the person's account")
    ended = models.JSONField(default=dict, help_text="keys of terms and memberships that it ended, and their last days")
    ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "directory entries"
        indexes = [models.Index(fields=["directory", "email"], name="directory_entry_email")]
        constraints = [
            models.UniqueConstraint(fields=["directory", "person"], name="directory_entry_once"),
            models.UniqueConstraint(
                fields=["directory", "user_key"], condition=Q(removed_at=None), name="directory_user_name_once"
            ),
            models.UniqueConstraint(
                fields=["directory", "external_id"],
                condition=Q(removed_at=None) & ~Q(external_id=""),
                name="directory_external_id_once",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(is_active=False), name="directory_removed_is_not_active"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
