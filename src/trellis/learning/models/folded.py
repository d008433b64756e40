"""A column for searching: other columns of the row, folded (see framework.highlight) whenever the row is written."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models

from trellis.framework.highlight import folded

# Django's fields take no types while they run; the type checker asks for them.
if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField


class FoldedField(_Text):
    """Holds the texts of the fields named in `of`, in one, without capitals and accents."""

    def __init__(self, *args: Any, of: Sequence[str] = (), **kwargs: Any) -> None:
        self.of = tuple(of)
        super().__init__(*args, **kwargs | {"blank": True, "editable": False, "default": ""})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Fold what stands in the other fields now; Django asks for rows written in bulk too."""
        text = folded(" ".join(filter(None, (str(getattr(model_instance, name)) for name in self.of))))
        setattr(model_instance, self.attname, text)
        return text

    def deconstruct(self) -> Any:
        """Say how migrations make the field again."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}
