"""A field for a few codes, such as themes or languages: kept in one column that every database can search."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

_BAR = "|"

if TYPE_CHECKING:
    _Text = models.CharField["tuple[str, ...] | Iterable[str]", tuple[str, ...]]
else:
    _Text = models.CharField


class CodesField(_Text):
    """A tuple of codes, stored as `|one|two|`: a list in JSON cannot be searched on SQLite."""

    def from_db_value(self, value: str | None, *args: Any) -> tuple[str, ...]:
        """Return what was stored as a tuple."""
        return tuple((value or "").strip(_BAR).split(_BAR)) if value else ()

    def to_python(self, value: Any) -> Any:
        """Take a list, a tuple, or the stored text."""
        return self.from_db_value(value) if isinstance(value, str) else tuple(value or ())

    def get_prep_value(self, value: Any) -> Any:
        """Return the text to store; a piece to search for stays as it is."""
        if value is None or isinstance(value, str):
            return value
        codes = tuple(value)
        return f"{_BAR}{_BAR.join(codes)}{_BAR}" if codes else ""

    def value_to_string(self, obj: models.Model) -> str:
        """Return the stored text, for fixtures."""
        return str(self.get_prep_value(self.value_from_object(obj)))


def holding(field: str, codes: Iterable[str]) -> Q:
    """Return the condition "holds one of these codes or more"; for no codes it holds for nothing."""
    condition = Q(pk__in=[])
    for code in codes:
        condition |= Q(**{f"{field}__contains": f"{_BAR}{code}{_BAR}"})
    return condition
