"""Badges as pictures: what is drawn, that it is safe to open anywhere, and that others find the badge inside."""

import json
import re
import struct
import zlib
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from openbadgeslib.baking import ITXT_KEYWORD_OB3, SVG_ELEMENT_OB3, SVG_NS_OB3, bake_png, bake_svg

from tests.cast import Cast
from tests.exchange.badges.badges import document, in_png, in_svg, issued, issued_for_programme
from trellis.exchange.badges.artwork import Kind, Picture, drawn, picture_of, picture_of_cell
from trellis.exchange.badges.baking import NoBadgeInsideError, baked, text_in
from trellis.framework.tree import EditionTree

pytestmark = pytest.mark.usefixtures("framework")
KINDS: tuple[Kind, ...] = ("png", "svg")
PICTURE = Picture("Growth and strength", "Organizing", "users", "Foundational", 1, 3, "Common Ground")


def _size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_the_picture_is_a_square_that_stands_on_any_ground() -> None:
    png = drawn(PICTURE, "png")
    assert _size(png) == (600, 600)
    assert png[25] == 6, "with transparency"


def _pixels(png: bytes) -> dict[tuple[int, int, int, int], int]:
    """Count the colours, by the PNG standard: 8 bits, RGBA, filters undone."""
    data, place = b"", 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            data += png[place + 8 : place + 8 + length]
        place += 12 + length
    raw, counts, above = zlib.decompress(data), {}, bytearray(600 * 4)
    for row in range(600):
        start = row * (600 * 4 + 1)
        how, line = raw[start], bytearray(raw[start + 1 : start + 1 + 600 * 4])
        for i in range(len(line)):
            left, up = (line[i - 4] if i >= 4 else 0), above[i]
            corner = above[i - 4] if i >= 4 else 0
            guess = left + up - corner
            nearest = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
            line[i] = (line[i] + (0, left, up, (left + up) // 2, nearest)[how]) & 255
        above = line
        for x in range(0, len(line), 4):
            colour = (line[x], line[x + 1], line[x + 2], line[x + 3])
            counts[colour] = counts.get(colour, 0) + 1
    return counts


def test_the_ladder_is_filled_up_to_the_level_in_the_colours_of_the_levels() -> None:
    levels = [(0xB9, 0xDD, 0xD8, 255), (0x4C, 0x9F, 0xA3, 255), (0x0B, 0x4F, 0x5E, 255)]
    empty = (0xF3, 0xF1, 0xEB, 255)
    rungs = [_pixels(drawn(replace(PICTURE, level=level), "png")) for level in (1, 2, 3)]
    assert [each.get(empty, 0) > 3000 for each in rungs] == [True, True, False]
    assert rungs[0].get(empty, 0) > 1.8 * rungs[1].get(empty, 0)
    assert rungs[0].get(levels[1], 0) == 0
    assert all(rungs[2].get(colour, 0) > 3000 for colour in levels)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_drawing_needs_nothing_from_elsewhere_and_does_nothing(tree: EditionTree, level: int) -> None:
    for theme in tree.themes[::6]:
        svg = drawn(picture_of_cell(tree, theme, theme.cell(level)), "svg")
        root = ElementTree.fromstring(svg)
        names = {each.tag.rpartition("}")[2] for each in root.iter()}
        assert names <= {"svg", "g", "path", "use", "defs", "symbol", "clipPath", "circle", "rect", "linearGradient"}
        links = [value for each in root.iter() for key, value in each.attrib.items() if key.endswith("href")]
        assert all(link.startswith("#") for link in links)
        assert not re.search(rb"\bon\w+=|<style|javascript:|font-family|http://(?!www\.w3\.org)", svg)
        assert len(svg) < 60_000


def test_the_icon_survives_baking(cast: Cast) -> None:
    badge = issued(cast)
    plain = drawn(picture_of(badge), "svg")
    shapes = len(re.findall(rb"<(path|circle|rect)\b", plain))
    whole = baked(plain, badge.signed.document, "svg")
    assert len(re.findall(rb"<(path|circle|rect)\b", whole)) == shapes


@pytest.mark.parametrize("kind", KINDS)
def test_others_find_the_badge_in_the_picture(cast: Cast, kind: Kind) -> None:
    badge = issued(cast)
    whole = baked(drawn(picture_of(badge), kind), badge.signed.document, kind)
    [inside] = (in_png if kind == "png" else in_svg)(whole)
    assert json.loads(inside) == document(badge)
    assert text_in(whole) == badge.signed.document


def test_a_programme_has_a_picture_too(cast: Cast) -> None:
    picture = picture_of(issued_for_programme(cast))
    assert (picture.title, picture.rungs, picture.rung) == ("Emerging leaders", 0, "Completed")
    assert _size(drawn(picture, "png")) == (600, 600)


def test_long_words_and_marks_that_mean_something_elsewhere_are_only_shown() -> None:
    odd = Picture('A & B <script>alert(1)</script> "#[x] $y$ *z*' * 2, "<b>", "star", "$1 #set page()", 2, 5, "a" * 120)
    assert b"<script" not in drawn(odd, "svg")
    assert _size(drawn(odd, "png")) == (600, 600)


def test_a_badge_of_others_in_a_jwt_is_found_as_well() -> None:
    svg = bake_svg(drawn(PICTURE, "svg"), "a.b.c", element=SVG_ELEMENT_OB3, namespace=SVG_NS_OB3)
    assert text_in(svg) == "a.b.c"
    assert text_in(bake_png(drawn(PICTURE, "png"), "a.b.c", keyword=ITXT_KEYWORD_OB3)) == "a.b.c"


def test_text_is_taken_as_it_is() -> None:
    assert text_in(b'\xef\xbb\xbf {"a": 1}\n') == '{"a": 1}'


BOMB = b"""<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<svg xmlns="http://www.w3.org/2000/svg">&b;</svg>"""


def _zipped(size: int) -> bytes:
    body = b"openbadgecredential\0\1\0\0\0" + zlib.compress(b"a" * size)
    chunk = struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", zlib.crc32(b"iTXt" + body))
    plain = drawn(PICTURE, "png")
    return plain[:33] + chunk + plain[33:]


@pytest.mark.parametrize(
    "content",
    [b"", b" ", b"\xff\xfe\x00", drawn(PICTURE, "png"), drawn(PICTURE, "svg"), b"\x89PNG\r\n\x1a\n", BOMB, b"<a/>"],
)  # fmt: skip
def test_where_there_is_no_badge_it_is_said(content: bytes) -> None:
    with pytest.raises(NoBadgeInsideError):
        text_in(content)


def test_a_small_file_that_would_become_huge_is_refused() -> None:
    assert text_in(_zipped(1000)) == "a" * 1000
    with pytest.raises(NoBadgeInsideError):
        text_in(_zipped(50_000_000))
