"""Releases: what the association is shown of a wave; once made, the database refuses to change it."""

from django.db import models

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.insight.models.wave import Wave
from trellis.people.models import Unit


class Release(models.Model):
    """All tables of one wave, made together and passed through the gate together; a wave is released once.

    A second release would let the difference of the two be read, so there is none: what changes later shows in the
    next wave.
    """

    privacy = Privacy(PrivacyClass.INTERNAL, "kept: figures are compared over years")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    wave = models.OneToOneField(Wave, models.PROTECT, related_name="release")
    made_at = models.DateTimeField(default=clock.now)
    facts_at = models.DateTimeField(help_text="when the snapshot that it stands on was made")
    threshold = models.PositiveSmallIntegerField()
    content = models.JSONField(
        default=dict, help_text="themes, attributes, roles, and what the gate withheld, in numbers"
    )

    class Meta:
        ordering = ["-wave__opens_on"]

    def __str__(self) -> str:
        return f"{self.wave_id}"


class ReleasedTable(models.Model):
    """One table of a release: a question about a unit, for everybody or by one attribute; only what may be shown."""

    privacy = Privacy(PrivacyClass.INTERNAL, "with its release")

    release = models.ForeignKey(Release, models.CASCADE, related_name="tables", db_index=False)
    question = models.SlugField(max_length=20, db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="released_tables")
    attribute = models.SlugField(max_length=20, blank=True, db_index=False)
    content = models.JSONField(default=dict)

    class Meta:
        ordering = ["release", "question", "unit", "attribute"]
        constraints = [
            # It is the index by release, question and unit too.
            models.UniqueConstraint(fields=["release", "question", "unit", "attribute"], name="released_table_once"),
        ]

    def __str__(self) -> str:
        return self.question
