"""Keeps what people typed from running in a spreadsheet program, and gives it back unchanged when it is read in again.

A program that opens a table takes text for a formula when it begins with one of a few characters, after white space
too, and the full-width twins of them in some languages. An apostrophe before them makes it text. The same danger stands
behind a semicolon, a tab or a line break inside of a cell, because a program that expects another separator than ours
cuts there; so the apostrophe goes there too.
"""

import re

# What begins a formula: = + - @, and how they are written in full width, small, or as signs of mathematics.
MARKS = "=+-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−"
_BREAKS = "\t\r\n\x0b\x0c\x85\u2028\u2029"
# White space, quotation marks, and what takes no room: none of it keeps a program from finding the formula behind.
_GAP = r"[^\S" + _BREAKS + r"]|[\"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
_LIVE = re.compile(rf"(^|[;{_BREAKS}])('*(?:{_GAP})*[{re.escape(MARKS)}])")
_KEPT = re.compile(rf"(^|[;{_BREAKS}])'('*(?:{_GAP})*[{re.escape(MARKS)}])")
_BREAKS_FIRST = re.compile(rf"'*[{_BREAKS}]")
_KEPT_FIRST = re.compile(rf"'+[{_BREAKS}]")


def neutral(text: str) -> str:
    """Return the text with an apostrophe before whatever would run; `restored` takes it away again."""
    safe = _LIVE.sub(r"\1'\2", text)
    return f"'{safe}" if _BREAKS_FIRST.match(safe) else safe


def restored(text: str) -> str:
    """Return what `neutral` was given; text that it never made loses at most an apostrophe before such a character."""
    plain = text[1:] if _KEPT_FIRST.match(text) else text
    return _KEPT.sub(r"\1\2", plain)
