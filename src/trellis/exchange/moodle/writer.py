"""Writes a published edition as Moodle's competency file: fourteen columns, in the order that its import reads."""

import json
from collections.abc import Iterator

from trellis.exchange.case.model import PackagedItem
from trellis.exchange.case.shelf import Volume
from trellis.exchange.case.writer.grid import LEVEL

COLUMNS = (
    "Parent ID number",
    "ID number",
    "Short name",
    "Description",
    "Description format",
    "Scale values",
    "Scale configuration",
    "Rule type (optional)",
    "Rule outcome (optional)",
    "Rule config (optional)",
    "Cross-referenced competency ID numbers",
    "Exported ID (optional)",
    "Is competency framework",
    "Taxonomy",
)
_HTML, _SHORT = "1", 100
_SCALE = ("Not yet", "Yes")
# Moodle's own form: which value is the default, and which counts as proficient.
_CONFIGURATION = json.dumps(
    [{"scaleid": "1"}, {"name": _SCALE[1], "id": 2, "scaledefault": 1, "proficient": 1}], separators=(",", ":")
)
# Moodle names the kinds of each depth from a list of its own: four depths here.
_TAXONOMY = "domain,competency,level,behaviour"


def rows(volume: Volume) -> Iterator[list[str]]:
    """Yield the header, the framework and every competency below it, parents before their children."""
    yield list(COLUMNS)
    document = volume.document
    yield _row(
        code=document.identifier,
        name=document.title,
        text=document.description or "",
        scale=True,
        is_framework=True,
    )
    items = {item.identifier: item for item in volume.package.CFItems or () if item.CFItemType != LEVEL.title}
    parent: dict[str, str] = {}
    related: dict[str, list[str]] = {}
    for each in volume.package.CFAssociations or ():
        origin, destination = each.originNodeURI.identifier, each.destinationNodeURI.identifier
        if each.associationType == "isChildOf":
            parent[origin] = destination
        elif each.associationType == "precedes" and origin in items and destination in items:
            related.setdefault(origin, []).append(_code(items[destination]))
    # The package has parents first, as it was written from the top.
    for identifier, item in items.items():
        above = items.get(parent[identifier])
        yield _row(
            parent=_code(above) if above else "",
            code=_code(item),
            name=_named(item),
            text=item.fullStatement,
            related=",".join(related.get(identifier, ())),
        )


def _row(  # one place for the order of the columns
    *,
    code: str,
    name: str,
    text: str,
    parent: str = "",
    related: str = "",
    scale: bool = False,
    is_framework: bool = False,
) -> list[str]:
    return [
        parent,
        code,
        name,
        text,
        _HTML,
        ",".join(_SCALE) if scale else "",
        _CONFIGURATION if scale else "",
        "",
        "",
        "",
        related,
        "",
        "1" if is_framework else "",
        _TAXONOMY if is_framework else "",
    ]


def _code(item: PackagedItem) -> str:
    return item.humanCodingScheme or item.identifier


def _named(item: PackagedItem) -> str:
    """Moodle wants a short name: the code makes it the only one of its kind."""
    label = item.abbreviatedStatement or item.fullStatement
    return f"{_code(item)} {label}"[:_SHORT]
