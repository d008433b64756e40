"""Draws a badge: domain, theme, and the ladder up to the rung that was reached. As SVG, and as PNG of the same."""

import base64
import re
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from django.utils.translation import override

from trellis.core import pdf
from trellis.exchange.badges.achievements import place_of
from trellis.framework.tree import CellNode, EditionTree, ThemeNode
from trellis.growth.models import Credential
from trellis.people.queries import association_name

_TEMPLATE = Path(__file__).parent / "data" / "badge.typ"
_LINE = "#0A5C6B"
Kind = Literal["svg", "png"]
_INNER = re.compile(rb'<image( transform="[^"]*")? xlink:href="data:image/svg\+xml;base64,([^"]+)" ([^>]*)/>')


@dataclass(frozen=True, slots=True)
class Picture:
    """What stands on a badge; without rungs it shows the mark of Trellis in place of a ladder."""

    title: str
    domain: str
    icon: str
    rung: str
    level: int = 3
    rungs: int = 0
    association: str = ""


def picture_of_cell(tree: EditionTree, theme: ThemeNode, cell: CellNode) -> Picture:
    """Return what the badge of a cell shows; one query."""
    domain = tree.domain_by_code[theme.domain_code]
    return Picture(
        title=theme.short,
        domain=domain.name,
        icon=domain.icon or "star",
        rung=cell.level_name,
        level=cell.level,
        rungs=len(tree.levels),
        association=association_name(),
    )


def picture_of_programme(title: str) -> Picture:
    """Return what the badge of a programme shows; one query."""
    with override(settings.LANGUAGE_CODE):
        return Picture(
            title=title,
            domain=_("Program"),
            icon="graduation-cap",
            rung=_("Completed"),
            association=association_name(),
        )


def picture_of(credential: Credential) -> Picture:
    """Return what the badge of a credential shows, in the site's own language; one query."""
    with override(settings.LANGUAGE_CODE):
        place = place_of(credential)
    return picture_of_cell(*place) if place else picture_of_programme(credential.title)


@lru_cache(maxsize=256)
def drawn(picture: Picture, kind: Kind) -> bytes:
    """Return the picture, 600 by 600 pixels as PNG; kept, as a few designs are asked for again and again."""
    data = asdict(picture) | {"icon": _icon(picture.icon), "mark": _static("core/mark.svg"), "lang": "en"}
    found = pdf.draw(_TEMPLATE, data, kind=kind)
    return found if kind == "png" else _INNER.sub(_inside, found)


def _inside(found: re.Match[bytes]) -> bytes:
    """A drawing inside the drawing as shapes: as a picture by address it would be cut out where strangers open it."""
    moved, drawing = found[1] or b"", base64.b64decode(found[2])
    return b"<g%s>%s</g>" % (moved, drawing.replace(b"<svg ", b"<svg " + found[3] + b" ", 1))


@lru_cache(maxsize=64)
def _icon(name: str) -> str:
    symbol = re.search(rf'<symbol id="{re.escape(name)}"([^>]*)>(.*?)</symbol>', _static("core/icons.svg"), re.DOTALL)
    if symbol is None:
        raise LookupError(f"the sprite has no icon {name!r}")
    looks = symbol[1].replace("currentColor", _LINE)
    return f'<svg xmlns="http://www.w3.org/2000/svg"{looks}>{symbol[2]}</svg>'


@lru_cache(maxsize=2)
def _static(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise LookupError(f"{name} is not there")
    return Path(found).read_text(encoding="utf-8")
