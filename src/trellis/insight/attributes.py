"""The attributes of people that figures may be broken down by: a fixed list, one at a time, each from some level on."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from trellis.people.models import UnitKind
from trellis.people.own_groups import own_attributes

LANGUAGE, OFFICE, YEARS = "language", "office", "years"
# Of a local only two groups are ever shown, and never what people are.
MOST_IN_LOCAL = 2
NOT_SAID_CODE = "not-said"


@dataclass(frozen=True, slots=True)
class Group:
    """One group of an attribute; the label is lazy or in the reader's language."""

    code: str
    label: Any


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute: facts hold 0 for who has said nothing, then its groups from 1 in this order.

    `lowest` is the kind of the smallest units whose breakdown may be shown.
    """

    code: str
    label: Any
    groups: tuple[Group, ...]
    lowest: UnitKind

    @property
    def in_locals(self) -> bool:
        """Whether the breakdown of a local may be shown."""
        return self.lowest == UnitKind.LOCAL

    def place(self, group: str) -> int:
        """Return the number that stands for a group in the facts, 0 for a code that is none."""
        return next((number for number, one in enumerate(self.groups, 1) if one.code == group), 0)


_ALWAYS = (
    Attribute(
        LANGUAGE,
        _("Language"),
        (Group("english", _("English")), Group("another", _("Another language"))),
        UnitKind.LOCAL,
    ),
    Attribute(
        OFFICE, _("Office"), (Group("office", _("Holds an office")), Group("none", _("No office"))), UnitKind.LOCAL
    ),
    Attribute(
        YEARS,
        _("Years as a member"),
        (Group("under-3", _("Under 3")), Group("3-to-9", _("3 to 9")), Group("10-on", _("10 and more"))),
        UnitKind.STATE,
    ),
)


def attributes() -> tuple[Attribute, ...]:
    """Return every attribute, the association's own last; labels of those are in the active language."""
    language = get_language() or "en"
    own = (
        Attribute(
            found.code,
            found.name(language),
            tuple(Group(group.code, group.name(language)) for group in found.groups),
            UnitKind.STATE,
        )
        for found in own_attributes()
    )
    return (*_ALWAYS, *own)


def attribute_named(code: str) -> Attribute:
    """Return the attribute of that code; raises LookupError for another."""
    for attribute in attributes():
        if attribute.code == code:
            return attribute
    raise LookupError(f"there is no attribute {code!r}")
