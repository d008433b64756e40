"""Writes a list of attributes: its groups, and the attributes in them, related to the grid where it is taught."""

import uuid
from collections.abc import Mapping
from pathlib import Path

import yaml

from trellis.exchange.case.writer.about import EXTENSION
from trellis.exchange.case.writer.sheet import Kind, Known, Sheet
from trellis.framework.tree import AttributeTree

GROUP = Kind("Attribute Group", "A group of attributes", "1", "GRP")
ATTRIBUTE = Kind("Attribute", "Something that is in place, or not, in a unit", "1.1", "ATT")
_RELATED = Path(__file__).parent.parent / "data" / "related.yaml"


def write_attributes(sheet: Sheet, tree: AttributeTree, cells: Mapping[str, Known]) -> None:
    """Write the items and associations of a list; `cells` has the behaviours of the grid, by code."""
    related: dict[str, list[str]] = yaml.safe_load(_RELATED.read_text(encoding="utf-8"))
    for number, group in enumerate(tree.groups, 1):
        node = (
            sheet.item(group.uid, GROUP, code=group.code, text=group.name, abbreviatedStatement=group.short),
            group.code,
        )
        sheet.under_document(node, number)
        for code in related.get(group.code, ()):
            if code in cells:
                sheet.join("isRelatedTo", node, (cells[code].identifier, code))
        for place, attribute in enumerate(group.attributes, 1):
            plain = {"text": attribute.text, "first_step": attribute.first_step, "order": attribute.order}
            identifier = sheet.item(
                attribute.uid,
                ATTRIBUTE,
                code=attribute.code,
                text=attribute.official_text or attribute.text,
                abbreviatedStatement=attribute.short,
                notes=attribute.text if attribute.official_text else None,
                extensions={EXTENSION: plain},
            )
            sheet.join("isChildOf", (identifier, attribute.code), node, number=place)


def codes_of(known: Mapping[uuid.UUID, Known]) -> dict[str, Known]:
    """Return items by their code."""
    return {item.code: item for item in known.values()}
