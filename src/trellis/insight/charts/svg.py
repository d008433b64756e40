"""Puts an SVG drawing together: for a page, whose style sheet colours its classes, and for paper, which brings its own.

What a drawing shows stands beside it in numbers, so it is hidden from those who listen to the page.
"""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# What classes look like on paper: the tokens of the light theme.
_PAPER = {
    "a0": 'fill="#F3F1EB" stroke="#B9B3A4" stroke-width=".75"',
    "a1": 'fill="#B9DDD8" stroke="#2B7C88" stroke-width=".75"',
    "a2": 'fill="#4C9FA3" stroke="#2B7C88" stroke-width=".75"',
    "a3": 'fill="#0B4F5E" stroke="#0B4F5E" stroke-width=".75"',
    "whole": 'fill="#F3F1EB" stroke="#B9B3A4" stroke-width=".75"',
    "fill": 'fill="#2B7C88"',
    "axis": 'fill="none" stroke="#B9B3A4"',
    "zero": 'fill="none" stroke="#626C76"',
    "reach": 'fill="none" stroke="#2B7C88" stroke-width="3"',
    "dot": 'fill="#0B4F5E" stroke="#FFFFFF"',
    "hint": 'fill="#FFFFFF" stroke="#0B4F5E" stroke-width="1.5"',
    "none": 'fill="#F3F1EB" stroke="#C9C3B4" stroke-width=".75"',
    "edge": 'fill="none" stroke="#FFFFFF" stroke-width="5"',
    "mark": 'fill="none" stroke="#7A4E00" stroke-width="2.5"',
    "hatch": 'fill="none" stroke="#C9C3B4"',
}
Number = int | float


def _tidy(number: Number) -> str:
    return f"{number:.1f}".removesuffix(".0")


def rect(cls: str, x: Number, y: Number, width: Number, height: Number, *, round_by: Number = 0) -> SafeString:
    """Return a box."""
    corner = format_html(' rx="{}"', _tidy(round_by)) if round_by else ""
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"{}/>', cls, *map(_tidy, (x, y, width, height)), corner
    )


def line(cls: str, x1: Number, y1: Number, x2: Number, y2: Number) -> SafeString:
    """Return a straight line."""
    return format_html('<path class="{}" d="M{} {}L{} {}"/>', cls, *map(_tidy, (x1, y1, x2, y2)))


def dot(cls: str, x: Number, y: Number, radius: Number) -> SafeString:
    """Return a dot."""
    return format_html('<circle class="{}" cx="{}" cy="{}" r="{}"/>', cls, *map(_tidy, (x, y, radius)))


def drawing(kind: str, width: Number, height: Number, parts: Iterable[SafeString]) -> SafeString:
    """Return a whole drawing of that size; `kind` is its class, by which a style sheet finds it."""
    return format_html(
        '<svg class="chart {}" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>',
        kind,
        _tidy(width),
        _tidy(height),
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def for_paper(found: str) -> str:
    """Return a drawing as a file of its own, with the colors it has on paper."""
    for cls, paint in _PAPER.items():
        found = found.replace(f'class="{cls}"', paint)
    return found.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
