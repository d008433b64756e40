"""Importing the framework's official document, beside storing the same rows with the ORM and nothing else."""

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.db import transaction

from trellis.framework.actions import discard_draft, store_import
from trellis.framework.bases import prepare
from trellis.framework.loading import Rows
from trellis.framework.models import (
    Activity,
    Cell,
    Definition,
    Domain,
    Edition,
    EditionItem,
    Level,
    Statement,
    Theme,
)
from trellis.framework.reader import read_document

# Beside the repository, and not part of it: the wording is the association's own.
DOCUMENT = Path(__file__).resolve().parents[2] / "shared" / "seeds" / "framework-2020.md"
_MODELS: tuple[type[EditionItem], ...] = (Definition, Level, Domain, Theme, Cell, Statement, Activity)


@dataclass(frozen=True, slots=True)
class Import:
    """Seconds, medians over the repetitions, and how many rows were stored."""

    whole: float
    bare: float
    ratio: float
    rows: int


def measure_import(repetitions: int) -> Import | None:
    """Import the document as a draft again and again, in turn with its bare rows; None where there is no document."""
    if not DOCUMENT.is_file():
        return None
    whole, bare, count = [], [], 0
    for turn in range(repetitions + 1):
        start = time.perf_counter()
        prepared = prepare(read_document(DOCUMENT), DOCUMENT.name)
        draft, _ = store_import(prepared, code=f"bench-{turn}", name="Bench", by=None)
        taken = time.perf_counter() - start
        beside, count = _bare(draft)
        discard_draft(draft, by=None)
        if turn:  # the first one only warms up
            whole.append(taken)
            bare.append(beside)
    ratios = [taken / beside for taken, beside in zip(whole, bare, strict=True)]
    return Import(median(whole), median(bare), median(ratios), count)


def _bare(draft: Edition) -> tuple[float, int]:
    """Store copies of a draft's rows as another draft and take them out again; returns seconds and their number."""
    edition = Edition(framework=draft.framework, code=f"{draft.code}-bare", name="Bench")
    copies: dict[type[EditionItem], dict[int, EditionItem]] = {}
    for model in _MODELS:
        parents = [
            (field, field.related_model) for field in model._meta.concrete_fields if field.related_model in copies
        ]
        copies[model] = {}
        for row in model._default_manager.filter(edition=draft).order_by("pk"):
            copies[model][row.pk] = row
            row.pk, row._state.adding, row.edition = None, True, edition
            for field, parent in parents:
                setattr(row, field.name, copies[parent][getattr(row, field.attname)])
    rows = Rows({model: list(each.values()) for model, each in copies.items()})
    start = time.perf_counter()
    with transaction.atomic():
        edition.save()
        count = rows.store()
    taken = time.perf_counter() - start
    discard_draft(edition, by=None)
    return taken, count
