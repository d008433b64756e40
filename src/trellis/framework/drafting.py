"""Makes the rows of a draft edition: structure and plain words of its base, official texts of the document."""

from collections import defaultdict
from typing import Any, TypeVar, cast

from trellis.framework.loading import Rows
from trellis.framework.models import (
    Activity,
    Attribute,
    AttributeGroup,
    Cell,
    Definition,
    Domain,
    Edition,
    EditionItem,
    Level,
    Statement,
    Theme,
)
from trellis.framework.naming import short_label
from trellis.framework.outline import BEHAVIOUR, CONSIDERATIONS, PLAIN, PURPOSE, TEXT
from trellis.framework.plan import Plan, Planned

RowT = TypeVar("RowT", bound=EditionItem)


def draft_rows(plan: Plan, base: Edition | None, draft: Edition) -> Rows:
    """Return the unsaved rows of a stored draft. Items of the base keep their uids and statement versions."""
    maker = _Maker(base, draft)
    for order, planned in enumerate(plan.definitions, 1):
        maker.take(Definition, planned, order=order, term=planned.name, official_text=planned.texts.get(TEXT, ""))
    if plan.is_grid:
        maker.grid(plan)
    else:
        maker.attributes(plan)
    return maker.rows


class _Maker:
    def __init__(self, base: Edition | None, draft: Edition) -> None:
        self.base, self.draft = base, draft
        self.rows = Rows()
        self.by_uid: dict[type[EditionItem], dict[str, EditionItem]] = {}
        self.words: dict[int, list[Statement | Activity]] = defaultdict(list)

    def grid(self, plan: Plan) -> None:
        """Add the rows of a grid."""
        for model in (Statement, Activity):
            for row in model._default_manager.filter(edition=self.base) if self.base else ():
                self.words[row.cell_id].append(row)
        levels = [self.take(Level, planned, number=planned.place, name=planned.name) for planned in plan.levels]
        theme_order = 0
        for order, planned in enumerate(plan.tops, 1):
            purpose = planned.texts.get(PURPOSE, "")
            domain = self.take(
                Domain, planned, code=planned.code, order=order, name=planned.name, official_purpose=purpose
            )
            for part in planned.parts:
                theme_order += 1
                self.theme(part, domain, theme_order, levels)

    def theme(self, planned: Planned, domain: Domain, order: int, levels: list[Level]) -> None:
        """Add a theme and its cells, each with the plain words that its base has."""
        theme = self.take(
            Theme, planned, domain=domain, code=planned.code, order=order, name=planned.name, **_short(planned)
        )
        for level, part in zip(levels, planned.parts, strict=True):
            base = self.base_row(Cell, part)
            words = self.words.get(base.pk, ()) if base else ()
            texts = {name: part.texts.get(name, "") for name in (BEHAVIOUR, CONSIDERATIONS)}
            cell = self.take(Cell, part, theme=theme, level=level, code=part.code, **texts)
            for row in words:
                self.renew(row, cell=cell)

    def attributes(self, plan: Plan) -> None:
        """Add the rows of a list of attributes."""
        place = 0
        for order, planned in enumerate(plan.tops, 1):
            group = self.take(
                AttributeGroup, planned, code=planned.code, order=order, name=planned.name, **_short(planned)
            )
            for part in planned.parts:
                place += 1
                words = {"official_text": part.texts.get(TEXT, ""), "text": part.texts[PLAIN]}
                self.take(Attribute, part, group=group, code=part.code, order=place, **words, **_short(part))

    def take(self, model: type[RowT], planned: Planned, **values: Any) -> RowT:
        """The base's row made a row of the draft, or a new one; with these values."""
        row = self.base_row(model, planned)
        if row is not None:
            return self.renew(row, **values)
        return cast(RowT, self.rows.add(model(edition=self.draft, **values)))

    def base_row(self, model: type[RowT], planned: Planned) -> RowT | None:
        """The row that an item has in the base."""
        if planned.base is None:
            return None
        if model not in self.by_uid:
            self.by_uid[model] = {str(row.uid): row for row in model._default_manager.filter(edition=self.base)}
        return cast(RowT, self.by_uid[model][planned.base.uid])

    def renew(self, row: RowT, **values: Any) -> RowT:
        """Turn a base row into an unsaved one of the draft: Django's way to copy a row is to forget its key."""
        row.pk = None
        row._state.adding = True
        for name, value in {"edition": self.draft, **values}.items():
            setattr(row, name, value)
        return cast(RowT, self.rows.add(row))


def _short(planned: Planned) -> dict[str, str]:
    """A short label for what is new; what the base has keeps its own."""
    if planned.base is not None:
        return {}
    return {"short": short_label(planned.name or planned.texts.get(TEXT, ""))}
