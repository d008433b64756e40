"""Where in a table something stands, and the one error of a table that cannot be used."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _


def column_letter(column: int) -> str:
    """Return what a spreadsheet program calls a column, counted from 1: A, B ... Z, AA."""
    letters = ""
    while column > 0:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: sheet, row and column (from 1), and what heads the column; 0 or empty where there is none."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: int = 0
    heading: str = ""
    is_event: bool = False  # of a calendar, which has no rows and columns

    def at(self, column: int, heading: str = "") -> "Place":
        """Return the place of one cell of this row."""
        return replace(self, column=column, heading=heading)

    @property
    def cell(self) -> str:
        """The row and column alone: "row 12, column C (Starts)", or "event 12 (Starts)"."""
        if self.is_event:
            event = _("event %(number)d") % {"number": self.row}
            return f"{event} ({self.heading})" if self.heading else event
        parts = []
        if self.row:
            parts.append(_("row %(number)d") % {"number": self.row})
        if self.column and self.heading:
            parts.append(_("column %(letter)s (%(heading)s)") % self._column)
        elif self.column:
            parts.append(_("column %(letter)s") % self._column)
        return ", ".join(parts)

    @property
    def _column(self) -> dict[str, str]:
        return {"letter": column_letter(self.column), "heading": self.heading}

    def __str__(self) -> str:
        sheet = _("sheet “%(name)s”") % {"name": self.sheet} if self.sheet else ""
        return ", ".join(part for part in (self.file, sheet, self.cell) if part)


class TableError(Exception):
    """A table that cannot be used; its text names the file, the row and the column, and says what to do."""

    def __init__(self, reason: str, place: Place) -> None:
        super().__init__(f"{place}: {reason}" if str(place) else reason)
        self.reason = reason
        self.place = place
