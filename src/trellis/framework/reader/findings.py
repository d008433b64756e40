"""Collects the warnings of one reading."""

from trellis.framework.reader.document import DocumentWarning

# Nobody reads more, and a hostile file must not turn every one of its cells into a warning.
MOST_WARNINGS = 1_000


class Findings:
    """The warnings found so far, each said once."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, str], None] = {}
        self._left_out = False

    def warn(self, line: int, message: str) -> None:
        """Keep a warning about this line."""
        if len(self._found) < MOST_WARNINGS:
            self._found[line, message] = None
        else:
            self._left_out = True

    def warnings(self) -> tuple[DocumentWarning, ...]:
        """All warnings in the order of the lines."""
        kept = [DocumentWarning(line, message) for line, message in sorted(self._found, key=lambda found: found[0])]
        if self._left_out:
            kept.append(DocumentWarning(kept[-1].line, f"only the first {MOST_WARNINGS:,} warnings are shown"))
        return tuple(kept)
