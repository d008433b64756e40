"""The booklet as a tagged PDF."""

from pathlib import Path

from trellis.core import pdf
from trellis.exchange.booklet.content import Booklet

_TEMPLATE = Path(__file__).parent / "data" / "booklet.typ"


def as_pdf(content: Booklet) -> bytes:
    """Return the booklet as PDF/UA-1: an outline to jump by, and nothing that a screen reader passes over."""
    return pdf.render(_TEMPLATE, dict(content))
