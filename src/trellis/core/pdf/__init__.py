"""Makes tagged PDF (PDF/UA-1) and pictures from a Typst template and data; no browser, no network, our own fonts."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst

from trellis.core import clock

_FONTS = Path(__file__).parent / "fonts"


def render(template: Path, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of a Typst file, which reads `data` as JSON from `sys.inputs.data`.

    Data never becomes markup: the template shows it as text. Raises typst.TypstError when the template is wrong.
    """
    return bytes(
        typst.compile(
            template,
            root=template.parent,
            font_paths=[_FONTS],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=int(clock.now().timestamp()),
        )
    )


def draw(template: Path, data: Mapping[str, Any], *, kind: Literal["svg", "png"]) -> bytes:
    """Return the one page of a Typst file as a picture, its letters as shapes; 144 pixels an inch as PNG.

    Data is read as `render` has it. Raises typst.TypstError when the template is wrong.
    """
    return bytes(
        typst.compile(
            template,
            root=template.parent,
            font_paths=[_FONTS],
            ignore_system_fonts=True,
            format=kind,
            ppi=144,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
    )
