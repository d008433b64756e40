"""Own groups: what people say of themselves, so that figures about groups can show who is being left out."""

from django.db import models

from trellis.core import clock
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.people.models.person import Person


class OwnGroup(models.Model):
    """A group that a person counts themselves in, by the attribute's and the group's code; nobody else may say it.

    Nobody sees a row but its owner. It is counted, from the level of a state, where ten and more are together.
    """

    privacy = Privacy(PrivacyClass.SENSITIVE, "until its owner takes it back; erased with the person")

    person = models.ForeignKey(Person, models.CASCADE, related_name="own_groups")
    attribute = models.SlugField(max_length=20)
    group = models.SlugField(max_length=40)
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "attribute"], name="own_group_once")]

    def __str__(self) -> str:
        return self.attribute
