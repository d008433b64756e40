"""Puts the rows of a domain together into themes."""

from dataclasses import dataclass

from trellis.framework.reader.cells import has_marker, opens_considerations, parted
from trellis.framework.reader.document import Level, Theme
from trellis.framework.reader.errors import DocumentError
from trellis.framework.reader.findings import Findings
from trellis.framework.reader.headers import Label
from trellis.framework.reader.tables import ThemeRow
from trellis.framework.reader.wording import Wording


@dataclass(slots=True)
class ThemeDraft:
    """A theme whose rows are still being gathered."""

    line: int
    names: list[str]
    texts: list[list[str]]
    labels: tuple[Label, ...]
    has_marker: bool

    @classmethod
    def of(cls, row: ThemeRow) -> "ThemeDraft":
        """Begin a theme with its first row."""
        marked = any(has_marker(text) for text in row.texts)
        return cls(row.line, [row.name], [[text] for text in row.texts], row.labels, marked)

    def goes_on_in(self, row: ThemeRow) -> bool:
        """Whether the row has the considerations for which this theme still waits."""
        return not self.has_marker and all(opens_considerations(text) for text in row.texts)

    def add(self, row: ThemeRow) -> None:
        """Take over the texts of another row."""
        if len(row.texts) != len(self.texts):
            wanted, found = len(self.texts) + 1, len(row.texts) + 1
            raise DocumentError(row.line, f"this table row has {found} cells, but the theme it continues has {wanted}")
        self.names.append(row.name)
        for texts, text in zip(self.texts, row.texts, strict=True):
            texts.append(text)
        self.has_marker = self.has_marker or any(has_marker(text) for text in row.texts)

    def theme(self, wording: Wording, findings: Findings) -> Theme:
        """The finished theme, with warnings about its cells."""
        name = _together(self.names, wording)
        levels = []
        for label, texts in zip(self.labels, self.texts, strict=True):
            parts = parted(_together(texts, wording))
            if trouble := _trouble(parts.behaviour, parts.considerations, parts.markers):
                findings.warn(self.line, f'theme "{name}", level {label.number}: {trouble}')
            levels.append(Level(label.number, label.name, parts.behaviour, parts.considerations))
        return Theme(name, self.line, tuple(levels))


def add_row(drafts: list[ThemeDraft], row: ThemeRow) -> None:
    """Begin a theme with this row, or continue the last one."""
    if drafts and (not row.name or drafts[-1].goes_on_in(row)):
        drafts[-1].add(row)
    elif row.name:
        drafts.append(ThemeDraft.of(row))
    else:
        raise DocumentError(row.line, "this table row continues a theme, but there is no theme before it")


def _together(pieces: list[str], wording: Wording) -> str:
    filled = [piece for piece in pieces if piece]
    # Each piece is repaired already, but a word may be broken between two rows.
    return wording.repaired(" ".join(filled)) if len(filled) > 1 else "".join(filled)


def _trouble(behaviour: str, considerations: str, markers: int) -> str:
    if not behaviour and not considerations:
        return "the cell is empty"
    if markers == 0:
        return 'the words "Learning Considerations" are missing'
    if markers > 1:
        return f'the words "Learning Considerations" stand {markers} times'
    if not behaviour:
        return "there is no behaviour before the considerations"
    return "" if considerations else "there is nothing after the words that open the considerations"
