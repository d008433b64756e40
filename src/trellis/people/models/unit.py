"""Units: any part of the association, in one tree of nested sets."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.ns_tree import NS_Node

from trellis.core.ids import new_uid
from trellis.core.privacy import Privacy, PrivacyClass


class UnitKind(models.TextChoices):
    """What part of the association a unit is."""

    NATIONAL = "national", _("National")
    STATE = "state", _("State")
    LOCAL = "local", _("Local")
    WORKSITE = "worksite", _("Worksite")
    COMMITTEE = "committee", _("Committee or caucus")


class Unit(NS_Node):
    """A unit; `lft` and `rgt` are its range, and a unit is inside another when its range is."""

    privacy = Privacy(PrivacyClass.PUBLIC, "kept: reports of past years name it")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=UnitKind)
    name = models.CharField(max_length=120)

    node_order_by: list[str] = []

    class Meta:
        indexes = [models.Index(fields=["tree_id", "lft", "rgt"], name="unit_range")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=UnitKind.values), name="unit_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name
