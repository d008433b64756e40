"""Puts a signed badge into its picture, as Open Badges 3.0 has it, and finds one in a picture from anywhere."""

from typing import Literal

from openbadgeslib.baking import (
    ITXT_KEYWORD_OB3,
    SVG_ELEMENT_OB3,
    SVG_NS_OB3,
    bake_png,
    bake_svg,
    extract_png,
    extract_svg,
)

_PNG = b"\x89PNG\r\n\x1a\n"


class NoBadgeInsideError(ValueError):
    """There is no badge in what was given, or it cannot be read."""


def baked(picture: bytes, document: str, kind: Literal["svg", "png"]) -> bytes:
    """Return the picture with the signed JSON inside."""
    if kind == "png":
        return bytes(bake_png(picture, document, keyword=ITXT_KEYWORD_OB3))
    return bytes(bake_svg(picture, document, element=SVG_ELEMENT_OB3, namespace=SVG_NS_OB3, as_text=True))


def text_in(content: bytes) -> str:
    """Return the badge in a PNG or an SVG, or the text itself when it is neither; told apart by content.

    Raises NoBadgeInsideError.
    """
    try:
        if content.startswith(_PNG):
            found = extract_png(content, keyword=ITXT_KEYWORD_OB3)
        elif content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            found = extract_svg(content, element=SVG_ELEMENT_OB3, text_fallback=True)
        else:
            found = content.decode("utf-8-sig")
    except Exception as error:  # whatever the library's readers make of hostile bytes, no badge was found
        raise NoBadgeInsideError from error
    if not found or not found.strip():
        raise NoBadgeInsideError
    return str(found).strip()
