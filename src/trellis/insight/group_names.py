"""What attributes and their groups are called on pages and on paper."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from trellis.insight.attributes import attributes


def attribute_names(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return these attributes with their names; one that the association no longer keeps stands by its code."""
    names = {one.code: str(one.label) for one in attributes()}
    return [(code, names.get(code, code)) for code in codes]


def group_names(attribute: str, groups: Iterable[str]) -> list[tuple[str, str]]:
    """Return these groups of an attribute with their names, those of nobody's own group too."""
    known = {group.code: str(group.label) for one in attributes() if one.code == attribute for group in one.groups}
    known |= {"not-said": _("Not said"), "elsewhere": _("In another group before")}
    return [(group, known.get(group, group)) for group in groups]
