"""The journal of a plan: check-ins and reflections, sealed for their owner alone; and the key that seals them."""

from django.db import models

from trellis.core import clock
from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass
from trellis.growth.models.plan import Goal, Plan
from trellis.people.models import Person

_OWN = "while the person has a file; unreadable from the moment their key is forgotten"


class OwnKey(models.Model):
    """The key to what a person writes for nobody but themselves; deleting the row shreds all that it sealed."""

    privacy = Privacy(PrivacyClass.SECRET, "while the person has a file; forgotten first when it is erased")

    person = models.OneToOneField(Person, models.CASCADE, related_name="own_key")
    wrapped = models.BinaryField(help_text="sealed by the site's own key")

    def __str__(self) -> str:
        return f"{self.person_id}"


class CheckIn(models.Model):
    """One taking stock: what was done, what got in the way, what comes next."""

    privacy = Privacy(PrivacyClass.SENSITIVE, _OWN)

    uid = models.UUIDField(default=new_uid, unique=True)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="check_ins")
    sealed = models.BinaryField(default=bytes, help_text="the three answers")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["plan", "-at"], name="check_in_newest")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Reflection(models.Model):
    """A thought written down, for one goal or for all of the plan."""

    privacy = Privacy(PrivacyClass.SENSITIVE, _OWN)

    uid = models.UUIDField(default=new_uid, unique=True)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="reflections")
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="reflections")
    sealed = models.BinaryField(help_text="the words")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["plan", "-at"], name="reflection_newest")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
