"""Models of people: persons, units, memberships, roles and terms."""

from trellis.people.models.look import Look, Looked
from trellis.people.models.membership import Membership
from trellis.people.models.own_group import OwnGroup
from trellis.people.models.person import Person, Sharing
from trellis.people.models.role import Role, Term
from trellis.people.models.unit import Unit, UnitKind, around, within

__all__ = [
    "Look",
    "Looked",
    "Membership",
    "OwnGroup",
    "Person",
    "Role",
    "Sharing",
    "Term",
    "Unit",
    "UnitKind",
    "around",
    "within",
]
