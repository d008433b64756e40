"""Units: any part of the association, in one tree of nested sets."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import ClassVar

from django.db import models
from django.db.models import Q
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


class Unit(NS_Node):  # type: ignore[misc]  # treebeard has no types
    """A unit; `lft` and `rgt` are its range, and a unit is inside another when its range is."""

    privacy = Privacy(PrivacyClass.PUBLIC, "kept: reports of past years name it")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=UnitKind)
    name = models.CharField(max_length=120)

    objects: ClassVar["models.Manager[Unit]"]  # treebeard's own manager, which mypy cannot see
    node_order_by: list[str] = []

    class Meta:
        indexes = [models.Index(fields=["tree_id", "lft", "rgt"], name="unit_range")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=UnitKind.values), name="unit_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_top(self) -> bool:
        """Whether it is the whole association, inside of nothing."""
        return bool(self.depth == 1)


def within(units: Iterable[Unit], path: str = "") -> Q:
    """Return the condition "one of these units, or inside one"; `path` leads to the unit, such as `unit__`.

    It compares ranges of whole numbers, which an index answers. For no units it holds for nothing.
    """
    conditions = (
        Q(**{f"{path}tree_id": unit.tree_id, f"{path}lft__gte": unit.lft, f"{path}lft__lte": unit.rgt})
        for unit in units
    )
    return reduce(or_, conditions, Q(pk__in=[]))


def around(units: Iterable[Unit], path: str = "") -> Q:
    """Return the condition "one of these units, or one that they are inside of"; for no units it holds for nothing."""
    conditions = (
        Q(**{f"{path}tree_id": unit.tree_id, f"{path}lft__lte": unit.lft, f"{path}rgt__gte": unit.rgt})
        for unit in units
    )
    return reduce(or_, conditions, Q(pk__in=[]))
