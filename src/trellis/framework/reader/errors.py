"""What stops a document from being read."""


class DocumentError(Exception):
    """A document cannot be read; the line is None when the whole file is at fault."""

    def __init__(self, line: int | None, message: str) -> None:
        super().__init__(line, message)
        self.line = line
        self.message = message

    def __str__(self) -> str:
        return self.message if self.line is None else f"line {self.line}: {self.message}"
