"""Stores a plain-language edition as rows; a pure mapping from checked files to unsaved models."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from trellis.framework.models import (
    Activity,
    Attribute,
    AttributeGroup,
    Cell,
    Crosswalk,
    Definition,
    Domain,
    Edition,
    Level,
    Statement,
    Theme,
)
from trellis.framework.plain import PlainEdition


@dataclass(slots=True)
class Rows:
    """Unsaved rows of one edition, in an order in which each finds its parents already stored."""

    by_model: dict[type[Model], list[Any]] = field(default_factory=dict)

    def add(self, row: Any) -> Any:
        """Keep a row and hand it back."""
        self.by_model.setdefault(type(row), []).append(row)
        return row

    def store(self) -> int:
        """Write all rows, a statement per model; returns how many."""
        for model, rows in self.by_model.items():
            model._default_manager.bulk_create(rows, batch_size=500)
        return sum(map(len, self.by_model.values()))


def rows_of(plain: PlainEdition, edition: Edition) -> Rows:
    """Return the rows of a plain edition for a stored draft edition."""
    rows = Rows()
    for order, item in enumerate(plain.manifest.get("definitions", ()), 1):
        rows.add(Definition(edition=edition, uid=item["uid"], order=order, term=item["term"], text=item["text"]))
    for item in plain.manifest.get("crosswalk", ()):
        version, other = item.get("version", 0), item.get("was_version", 0)
        rows.add(
            Crosswalk(edition=edition, uid=item["uid"], version=version, other_uid=item["was"], other_version=other)
        )
    if plain.kind == "attributes":
        _attributes(rows, plain, edition)
    else:
        _grid(rows, plain, edition)
    return rows


def _grid(rows: Rows, plain: PlainEdition, edition: Edition) -> None:
    levels = [rows.add(Level(edition=edition, **level)) for level in plain.manifest["levels"]]
    theme_order = 0
    for order, part in enumerate(plain.parts, 1):
        domain = rows.add(
            Domain(
                edition=edition,
                uid=part["uid"],
                code=part["code"],
                order=order,
                name=part["name"],
                purpose=part["purpose"],
                icon=part.get("icon", ""),
            )
        )
        for item in part["themes"]:
            theme_order += 1
            theme = rows.add(
                Theme(
                    edition=edition,
                    domain=domain,
                    uid=item["uid"],
                    code=item["code"],
                    order=theme_order,
                    name=item["name"],
                    short=item["short"],
                )
            )
            for level, cell in zip(levels, item["cells"], strict=True):
                _cell(rows, edition, theme, level, cell)


def _cell(rows: Rows, edition: Edition, theme: Theme, level: Level, item: dict[str, Any]) -> None:
    cell = rows.add(Cell(edition=edition, theme=theme, level=level, uid=item["uid"], code=item["code"]))
    for order, statement in enumerate(item["statements"], 1):
        rows.add(
            Statement(
                edition=edition,
                cell=cell,
                uid=statement["uid"],
                version=statement["version"],
                order=order,
                text_self=statement["i"],
                text_other=statement["they"],
            )
        )
    for order, activity in enumerate(item["activities"], 1):
        rows.add(Activity(edition=edition, cell=cell, order=order, **activity))


def _attributes(rows: Rows, plain: PlainEdition, edition: Edition) -> None:
    place = 0
    groups = [item for part in plain.parts for item in part["groups"]]
    for order, item in enumerate(groups, 1):
        group = rows.add(
            AttributeGroup(
                edition=edition, uid=item["uid"], code=item["code"], order=order, name=item["name"], short=item["short"]
            )
        )
        for attribute in item["attributes"]:
            place += 1
            rows.add(Attribute(edition=edition, group=group, order=place, **attribute))
