"""Models of the framework: editions and everything that stands in one."""

from trellis.framework.models.attribute import Attribute, AttributeGroup
from trellis.framework.models.cell import Activity, ActivityKind, Cell, Statement
from trellis.framework.models.crosswalk import Crosswalk
from trellis.framework.models.edition import Edition, EditionItem, EditionStatus, Framework, FrameworkKind
from trellis.framework.models.grid import Definition, Domain, Level, Theme
from trellis.framework.models.wording import Wording

__all__ = [
    "Activity",
    "ActivityKind",
    "Attribute",
    "AttributeGroup",
    "Cell",
    "Crosswalk",
    "Definition",
    "Domain",
    "Edition",
    "EditionItem",
    "EditionStatus",
    "Framework",
    "FrameworkKind",
    "Level",
    "Statement",
    "Theme",
    "Wording",
]
