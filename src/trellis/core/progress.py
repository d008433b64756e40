"""A bar of progress for long commands: drawn over itself on a terminal, and silent where nobody watches."""

from types import TracebackType
from typing import Any

_WIDTH = 30


class Progress:
    """Call it with what is being done, how far it is, and of how much."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._watched = bool(getattr(stream, "isatty", lambda: False)())
        self._drawn = ""

    def __call__(self, what: str, done: int, of: int) -> None:
        """Draw the bar, unless it would look as it does."""
        filled = _WIDTH * done // max(of, 1)
        line = f"{what:<28.28} [{'#' * filled}{'.' * (_WIDTH - filled)}] {100 * done // max(of, 1):3}%"
        if self._watched and line != self._drawn:
            self._stream.write(f"\r{line}", ending="")
            self._stream.flush()
            self._drawn = line

    def end_line(self) -> None:
        """End the line of the bar, so that words can follow it."""
        if self._drawn:
            self._stream.write("")
            self._drawn = ""

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end_line()
