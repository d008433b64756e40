"""A 360's report as PDF: the same content as the page, for paper."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trellis.assessment.models import ThreeSixty
from trellis.core import pdf
from trellis.growth.feedback import Cell, Column, Feedback, Row
from trellis.growth.feedback_queries import Read
from trellis.growth.feedback_words import not_shown, strength_words
from trellis.measure.ladder import HALF_STEPS_PER_LEVEL, in_halves

_TEMPLATE = Path(__file__).parent / "data" / "feedback.typ"


def feedback_report(three_sixty: ThreeSixty, read: Read, labels: Mapping[str, Any]) -> bytes:
    """Return the report as a tagged PDF; `labels` are how kinds of rater are called."""
    found = read.feedback
    return pdf.render(
        _TEMPLATE,
        {
            "lang": (get_language() or "en")[:2],
            "title": _("How others see %(name)s") % {"name": read.subject.name},
            "name": read.subject.name,
            "closed": date_format(three_sixty.closed_at, "DATE_FORMAT") if three_sixty.closed_at else "",
            "framework": f"{read.tree.framework_name}, {read.tree.name}",
            "levels": [f"{level.number} {level.name}" for level in read.tree.levels],
            "top": read.tree.top,
            "heads": [_head(column, labels) for column in found.columns],
            "domains": [
                {"name": part.domain.name, "rows": [_row(row, labels) for row in part.rows]} for part in found.parts
            ],
            "comments": [{"asked": text, "said": list(said)} for text, said in read.comments],
            "named": [
                {"name": name, "said": [{"asked": asked, "text": text} for asked, text in said]}
                for name, said in read.named_words
            ],
            "not_shown": [str(line) for line in not_shown(found, has_comments=bool(read.comments))],
            "words": _words(found),
        },
    )


def _head(column: Column, labels: Mapping[str, Any]) -> dict[str, str]:
    worth = f"{column.raters} · {strength_words()[column.strength]}"
    return {"label": column.name or str(labels[column.relation]), "worth": worth}


def _row(row: Row, labels: Mapping[str, Any]) -> dict[str, Any]:
    own = in_halves(row.own.levels) if row.own.is_known else "–"
    cells = [{"half": row.own.half_steps or 0, "said": own, "raters": ""}]
    cells += [_cell(cell) for cell in row.cells]
    evidence = ", ".join(map(str, row.evidence)) or "–"
    gaps = [
        (_("higher than: %(who)s") if cell.gap > 0 else _("lower than: %(who)s"))
        % {"who": str(labels[cell.column.relation])}
        for cell in row.gaps
    ]
    return {"name": row.theme.short, "cells": cells, "evidence": evidence, "gaps": "; ".join(gaps)}


def _cell(cell: Cell) -> dict[str, Any]:
    if cell.half_steps is None:
        said = _("not seen") if cell.column.name else _("too few saw this")
        return {"half": 0, "said": said, "raters": ""}
    said = in_halves(cell.half_steps / HALF_STEPS_PER_LEVEL)
    return {"half": cell.half_steps, "said": said, "raters": "" if cell.column.name else str(cell.raters)}


def _words(found: Feedback) -> dict[str, str]:
    return {
        "theme": _("Theme"),
        "own": _("Self"),
        "evidence": _("Evidence"),
        "gaps": _("Self stands"),
        "comments": _("In their own words"),
        "not_shown": _("What the report does not show, and why"),
        "how": " ".join(
            (
                _("Shown is the middle answer of each group, in half-steps."),
                _("Differences are named only where they are larger than chance (provisional)."),
                _("Nobody is ranked."),
            )
        ),
        "none": "" if found.columns else _("Too few people answered to show anything."),
    }
