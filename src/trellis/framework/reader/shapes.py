"""The three shapes of a framework document, and how they are told apart."""

from enum import StrEnum


class Shape(StrEnum):
    """The shape of a document, in words."""

    MARKDOWN = "Markdown tables"
    TABBED = "tab-separated text"
    ATTRIBUTES = "attribute list"
